//! Where do visits come from, and which of them are worth something?
//!
//! # Definitions
//!
//! - A *session* counts as far as its events lie in the period: of one that crosses the period's edge the part inside.
//! - Its *value* is that of its first event that has one, by instant, then `seq`, then the value; of exit pages its last. The referrer is
//!   that of its first page view. Channels: see [`TrafficChannel`](super::TrafficChannel). The viewport is the width of its
//!   first page view that has one, in CSS pixels.
//! - A session is *engaged* when it lasts ten seconds or longer, has two page views or more, or a conversion
//!   (<https://support.google.com/analytics/answer/12195621>). It lasts from its first to its last event.
//! - A session has one *visitor*: one that its events name, always the same should they name several.
//! - Conversions: see [`Conversion`](super::Conversion). Amounts are added up by currency, in whole minor units.
//! - The median duration is interpolated as by PostgreSQL's `percentile_cont`.

mod tally;
#[cfg(test)]
mod tests;

pub(super) use tally::is_engaged;
pub use tally::{
    AcquiredSession, AcquisitionTally, ENGAGED_MICROS, ENGAGED_PAGE_VIEWS, TooManySessions,
};

use super::FilterDimension;
use super::heatmap::WIDTH_CLASSES;
use crate::money::Money;

/// By which value visits are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AcquisitionBy {
    /// The traffic channel.
    #[default]
    Channel,
    /// The host that led to the first page.
    Referrer,
    /// `utm_source`.
    UtmSource,
    /// `utm_medium`.
    UtmMedium,
    /// `utm_campaign`.
    UtmCampaign,
    /// The path of the first page.
    EntryPath,
    /// The path of the last page.
    ExitPath,
    /// ISO 3166-1 alpha-2.
    Country,
    /// City.
    City,
    /// Device type.
    Device,
    /// Browser family.
    Browser,
    /// Operating system family.
    Os,
    /// Class of the viewport's width.
    Viewport,
}

impl AcquisitionBy {
    /// All values.
    pub const ALL: [Self; 13] = [
        Self::Channel,
        Self::Referrer,
        Self::UtmSource,
        Self::UtmMedium,
        Self::UtmCampaign,
        Self::EntryPath,
        Self::ExitPath,
        Self::Country,
        Self::City,
        Self::Device,
        Self::Browser,
        Self::Os,
        Self::Viewport,
    ];

    /// The dimension that filters by it.
    pub const fn dimension(self) -> FilterDimension {
        match self {
            Self::Channel => FilterDimension::Channel,
            Self::Referrer => FilterDimension::Referrer,
            Self::UtmSource => FilterDimension::UtmSource,
            Self::UtmMedium => FilterDimension::UtmMedium,
            Self::UtmCampaign => FilterDimension::UtmCampaign,
            Self::EntryPath => FilterDimension::EntryPath,
            Self::ExitPath => FilterDimension::ExitPath,
            Self::Country => FilterDimension::Country,
            Self::City => FilterDimension::City,
            Self::Device => FilterDimension::Device,
            Self::Browser => FilterDimension::Browser,
            Self::Os => FilterDimension::Os,
            Self::Viewport => FilterDimension::Viewport,
        }
    }

    /// The name in requests.
    pub const fn as_str(self) -> &'static str {
        self.dimension().as_str()
    }

    /// The value of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == text)
    }
}

/// Names of [`WIDTH_CLASSES`], in their order.
pub(super) const WIDTH_CLASS_NAMES: [&str; WIDTH_CLASSES.len()] =
    ["0-479", "480-767", "768-1023", "1024-1439", "1440+"];

/// The name of the class of a viewport's width, such as `480-767`.
pub fn width_class(width: i64) -> &'static str {
    let classes = WIDTH_CLASSES.iter().zip(WIDTH_CLASS_NAMES).rev();
    let mut reached = classes.filter(|(least, _)| width >= i64::from(**least));
    reached.next().map_or(WIDTH_CLASS_NAMES[0], |(_, name)| name)
}

/// Figures of some sessions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AcquisitionFigures {
    /// Sessions.
    pub sessions: u64,
    /// Distinct visitors.
    pub visitors: u64,
    /// Page views.
    pub page_views: u64,
    /// Engaged sessions.
    pub engaged_sessions: u64,
    /// Sessions with friction that counts.
    pub friction_sessions: u64,
    /// Orders and bookings.
    pub conversions: u64,
    /// Sessions with an order or booking.
    pub converting_sessions: u64,
    /// Their amounts, one for each currency, by its code.
    pub revenue: Vec<Money>,
    /// Median duration of the sessions; none without any.
    pub median_seconds: Option<f64>,
}

/// Sessions with one value.
#[derive(Debug, Clone, PartialEq)]
pub struct AcquisitionRow {
    /// The value; none of sessions without one.
    pub value: Option<String>,
    /// Sessions with it in the period before.
    pub previous_sessions: u64,
    /// Of the period.
    pub figures: AcquisitionFigures,
}

/// Where visits came from.
#[derive(Debug, Clone, PartialEq)]
pub struct AcquisitionAnswer {
    /// All sessions of the period.
    pub totals: AcquisitionFigures,
    /// All sessions of the period before.
    pub previous_totals: AcquisitionFigures,
    /// Orders and bookings of the period that name no session.
    pub unattributed_conversions: u64,
    /// The rows that were requested: most sessions first, ties by value, without a value last.
    pub rows: Vec<AcquisitionRow>,
    /// How many rows there are.
    pub total: u64,
}
