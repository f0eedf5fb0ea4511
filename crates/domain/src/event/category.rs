//! The parts of the product that events belong to.

/// The part of the product an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// What a visitor looked at or searched for (contract 1).
    Behavior,
    /// A call widget's life (contract 2).
    Widget,
    /// Something went wrong for the visitor (contract 3).
    Friction,
    /// A click, move or scroll with its place on the page, and page views (contract 3).
    Heatmap,
    /// Web vitals and load times (contract 3).
    Performance,
    /// A customer's business event (contract 4).
    Customer,
    /// A session's start or end (contract 5).
    Session,
    /// Something Footfall itself records.
    System,
    /// How far a visitor came in a form (contract 3).
    Form,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 9] = [
        Self::Behavior,
        Self::Widget,
        Self::Friction,
        Self::Heatmap,
        Self::Performance,
        Self::Customer,
        Self::Session,
        Self::System,
        Self::Form,
    ];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Behavior => "behavior",
            Self::Widget => "widget",
            Self::Friction => "friction",
            Self::Heatmap => "heatmap",
            Self::Performance => "performance",
            Self::Customer => "customer",
            Self::Session => "session",
            Self::System => "system",
            Self::Form => "form",
        }
    }
}
