//! How an answer is drawn: which of its columns go along the axes.

/// Columns that one chart draws, at most.
pub const MAX_CHART_COLUMNS: usize = 6;
/// Characters of a column's name, at most.
pub const MAX_COLUMN_CHARACTERS: usize = 200;

/// The shape of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartShape {
    /// Lines.
    Line,
    /// Bars.
    Bar,
}

impl ChartShape {
    /// All shapes.
    pub const ALL: [Self; 2] = [Self::Line, Self::Bar];

    /// The stored and requested name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Bar => "bar",
        }
    }

    /// The shape of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.as_str() == text)
    }
}

/// A chart of an answer, by the names of its columns. A column that an answer lacks draws nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its shape.
    pub shape: ChartShape,
    /// The column along the horizontal axis.
    pub x: String,
    /// The columns whose numbers are drawn, 1 to [`MAX_CHART_COLUMNS`].
    pub y: Vec<String>,
    /// The column whose values each make a series of their own.
    pub series: Option<String>,
}
