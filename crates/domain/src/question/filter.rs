//! Filters: which events count in a question, and of which sessions.
//!
//! # Definitions
//!
//! A filter is a [`FilterDimension`], a [`FilterOperator`] and some values. All filters of a question hold at once. `is` and
//! `contains` hold where one of the values fits, `is_not` and `does_not_contain` where none does: an event or a session without
//! a value meets them, too. `is` compares exactly, `contains` without regard to letters' case.
//!
//! A dimension has a [`FilterLevel`], which says what its filters look at:
//!
//! - **Event.** Questions about events count those that fit. Questions about sessions (the list of sessions, acquisition,
//!   journeys) take a session with an event that meets all `is` and `contains` filters of this level and of friction, and no
//!   event that an `is_not` or `does_not_contain` filter of this level excludes.
//! - **Session.** Only events of sessions that fit count, whatever the question; events without a session do not. A session
//!   counts as far as its events lie in the period: its part in the period before is judged by itself. Values are defined by
//!   [`acquisition`](super::acquisition), what sessions did is defined by [`SessionBehavior`]. The empty text stands for
//!   sessions without a value.
//! - **Friction.** Friction narrows to what fits; other events count as before.
//!
//! # Text
//!
//! `filters = filter *(";" filter)`, `filter = dimension operator value *("," value)`, with the operators `=`, `!=`, `~` and `!~`.
//! In a value `\` stands before each `,`, `;` and `\`. For example `browser!=Chrome,Safari;path~checkout;session=rage_click`.

mod behavior;
mod dimension;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

pub use behavior::SessionBehavior;
pub use dimension::{FilterDimension, FilterLevel};
pub use text::{MAX_FILTERS_BYTES, parse_filters, write_filters};

/// Filters of a question, at most.
pub const MAX_FILTERS: usize = 20;
/// Values of a filter, at most.
pub const MAX_FILTER_VALUES: usize = 100;
/// Length of a value, at most, in bytes.
pub const MAX_FILTER_VALUE_BYTES: usize = 2_048;

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterOperator {
    /// One of the values.
    Is,
    /// None of the values.
    IsNot,
    /// One of the values is in it.
    Contains,
    /// None of the values is in it.
    DoesNotContain,
}

impl FilterOperator {
    /// All operators; those with a longer sign before those whose sign it ends in.
    pub const ALL: [Self; 4] = [Self::IsNot, Self::DoesNotContain, Self::Is, Self::Contains];

    /// Its sign in texts.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Is => "=",
            Self::IsNot => "!=",
            Self::Contains => "~",
            Self::DoesNotContain => "!~",
        }
    }

    /// Whether it holds where no value fits.
    pub const fn is_negated(self) -> bool {
        matches!(self, Self::IsNot | Self::DoesNotContain)
    }

    /// Whether it looks for a part of the value.
    pub const fn is_partial(self) -> bool {
        matches!(self, Self::Contains | Self::DoesNotContain)
    }
}

/// One condition: see the module.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FilterCondition {
    dimension: FilterDimension,
    operator: FilterOperator,
    values: Vec<String>,
}

/// Why something is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFilter {
    /// The text is too long.
    #[error("they are longer than {MAX_FILTERS_BYTES} bytes")]
    TooLong,
    /// There are too many filters.
    #[error("there are more than {MAX_FILTERS}")]
    TooMany,
    /// A filter's text has no operator.
    #[error("filter {0} has no operator: write =, !=, ~ or !~ after its dimension")]
    NoOperator(usize),
    /// A backslash stands before something else than `,`, `;` or `\`.
    #[error("filter {0} has a \\ that stands before none of , ; \\")]
    Escape(usize),
    /// No dimension has this name.
    #[error("\"{0}\" is no dimension")]
    Dimension(String),
    /// The dimension has a few known values, of which parts mean nothing.
    #[error("{0} takes = and != only")]
    Operator(FilterDimension),
    /// There is none, or one is empty where it may not be.
    #[error("a value of {0} is empty")]
    EmptyValue(FilterDimension),
    /// There are too many values.
    #[error("{0} has more than {MAX_FILTER_VALUES} values")]
    TooManyValues(FilterDimension),
    /// A value is too long.
    #[error("a value of {0} is longer than {MAX_FILTER_VALUE_BYTES} bytes")]
    ValueTooLong(FilterDimension),
    /// The dimension has a few known values, and this is none.
    #[error("\"{1}\" is no value of {0}")]
    Value(FilterDimension, String),
}

impl FilterCondition {
    /// A filter. Values that repeat others are left out.
    ///
    /// # Errors
    ///
    /// When operator or values do not go with the dimension, or are too many or too long.
    pub fn new(
        dimension: FilterDimension,
        operator: FilterOperator,
        values: Vec<String>,
    ) -> Result<Self, InvalidFilter> {
        let known = dimension.known_values();
        if operator.is_partial() && known.is_some() {
            return Err(InvalidFilter::Operator(dimension));
        }
        if values.is_empty() {
            return Err(InvalidFilter::EmptyValue(dimension));
        }
        if values.len() > MAX_FILTER_VALUES {
            return Err(InvalidFilter::TooManyValues(dimension));
        }
        let may_be_empty = dimension.has_sessions_without() && !operator.is_partial();
        let mut distinct: Vec<String> = Vec::with_capacity(values.len());
        for value in values {
            if value.is_empty() && !may_be_empty {
                return Err(InvalidFilter::EmptyValue(dimension));
            }
            if value.len() > MAX_FILTER_VALUE_BYTES {
                return Err(InvalidFilter::ValueTooLong(dimension));
            }
            let is_known = known.as_ref().is_none_or(|known| known.contains(&value.as_str()));
            if !is_known && !value.is_empty() {
                return Err(InvalidFilter::Value(dimension, value));
            }
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        Ok(Self { dimension, operator, values: distinct })
    }

    /// The value that it looks at.
    pub const fn dimension(&self) -> FilterDimension {
        self.dimension
    }

    /// How it compares.
    pub const fn operator(&self) -> FilterOperator {
        self.operator
    }

    /// With what it compares: one value or more, each once.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The behaviours that a filter on [`FilterDimension::Session`] names.
    pub fn behaviors(&self) -> impl Iterator<Item = SessionBehavior> {
        let is_behavior = self.dimension == FilterDimension::Session;
        self.values.iter().filter(move |_| is_behavior).filter_map(|it| SessionBehavior::parse(it))
    }
}

/// A value that a filter may have, and how many sessions of the scope have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterValue {
    /// The value; empty stands for sessions without one.
    pub value: String,
    /// Sessions with it.
    pub sessions: u64,
}

/// Chooses the events of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    /// All of these hold.
    pub list: Vec<FilterCondition>,
    /// Also count events whose sender was taken for a bot.
    pub include_bots: bool,
    /// Also count rage clicks that were answered; see [`crate::friction::is_answered`].
    pub include_answered: bool,
    /// The sessions that [`SessionBehavior::Recorded`] means, which only the catalog knows: a caller fills them in.
    pub recorded_sessions: Option<Arc<[String]>>,
}

impl Filters {
    /// The filter that a dimension has this value.
    pub fn of(dimension: FilterDimension, value: &str) -> Self {
        Self::default().with(dimension, value)
    }

    /// The same, and that a dimension has this value.
    #[must_use]
    pub fn with(mut self, dimension: FilterDimension, value: &str) -> Self {
        let values = vec![value.to_owned()];
        self.list.push(FilterCondition { dimension, operator: FilterOperator::Is, values });
        self
    }

    /// The same without the filters of a dimension.
    #[must_use]
    pub fn without(&self, dimension: FilterDimension) -> Self {
        let mut others = self.clone();
        others.list.retain(|filter| filter.dimension != dimension);
        others
    }

    /// The same without any filter.
    #[must_use]
    pub fn nothing_filtered(&self) -> Self {
        Self { list: Vec::new(), recorded_sessions: None, ..self.clone() }
    }

    /// The filters of a level.
    pub fn at(&self, level: FilterLevel) -> impl Iterator<Item = &FilterCondition> {
        self.list.iter().filter(move |filter| filter.dimension.level() == level)
    }

    /// The value that a dimension is to have, where a filter names one value for it.
    pub fn single_value(&self, dimension: FilterDimension) -> Option<&str> {
        let is_single = |filter: &&FilterCondition| {
            filter.dimension == dimension
                && filter.operator == FilterOperator::Is
                && filter.values.len() == 1
        };
        self.list.iter().find(is_single)?.values.first().map(String::as_str)
    }

    /// Whether they name a behaviour for which `is_such`.
    pub fn has_behavior(&self, is_such: impl Fn(SessionBehavior) -> bool) -> bool {
        self.list.iter().flat_map(FilterCondition::behaviors).any(is_such)
    }
}
