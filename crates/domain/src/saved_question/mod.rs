//! Saved questions: statements of SQL that members keep, with their parameters and chart.
//!
//! A question is its author's alone or the project's. Whoever may run SQL reads and runs what the project
//! shares; an author changes their own, an administrator what is shared.

mod chart;
mod parameter;
mod schedule;

pub use chart::{Chart, ChartShape, MAX_CHART_COLUMNS, MAX_COLUMN_CHARACTERS};
pub use parameter::{
    InvalidParameter, MAX_PARAMETER_CHARACTERS, MAX_PARAMETERS, Parameter, ParameterName,
    ParameterType, ParameterValue,
};

pub use schedule::{DayOfMonth, Schedule, TimeOfDay, Weekday};

/// A longer statement cannot be run, in bytes.
pub const MAX_STATEMENT_BYTES: usize = 64 << 10;

/// The parameters, the chart and the schedule of a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QuestionDetails {
    /// The values it needs, in the order of their fields on the screen.
    pub parameters: Vec<Parameter>,
    /// How its answer is drawn; none: as a table.
    pub chart: Option<Chart>,
    /// When it is asked by itself; none: only by hand.
    pub schedule: Option<Schedule>,
}
