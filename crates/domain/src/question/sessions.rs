//! Visits: which there were, and what happened in each.

use crate::friction::Kind;
use crate::time::Timestamp;

/// Which visits, in addition to the scope's filters on their events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionFilters {
    /// The customer of an event.
    pub user_id: Option<String>,
    /// The browser of an event.
    pub visitor_id: Option<String>,
    /// The visit itself.
    pub session_id: Option<String>,
    /// It lasted this long or longer.
    pub min_seconds: Option<u32>,
    /// It lasted this long or less.
    pub max_seconds: Option<u32>,
    /// It has friction that counts.
    pub has_friction: bool,
    /// It has a script error.
    pub has_error: bool,
    /// It is one of these; none admits all.
    pub session_ids: Option<Vec<String>>,
}

/// The order of visits; of equal ones those begun last come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SessionSort {
    /// Begun last first.
    #[default]
    Latest,
    /// Longest first.
    Longest,
    /// Most friction first.
    Friction,
    /// Most page views first.
    Pages,
}

/// A visit, as far as its events lie in the period that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionSummary {
    /// The visit's id.
    pub session_id: String,
    /// The browser.
    pub visitor_id: Option<String>,
    /// The customer: the last that an event names.
    pub user_id: Option<String>,
    /// When its first event happened.
    pub started_at: Timestamp,
    /// When its last event happened.
    pub last_event_at: Timestamp,
    /// Events of any kind.
    pub events: u64,
    /// Page views.
    pub page_views: u64,
    /// The path of the first event on a page.
    pub entry_path: Option<String>,
    /// The path of the last event on a page.
    pub exit_path: Option<String>,
    /// The first [`SessionSummary::MAX_PATHS`] page views in order; a page that is seen again at once counts once.
    pub paths: Vec<String>,
    /// The host that led to the first page.
    pub referrer_host: Option<String>,
    /// `utm_source` of the first event that has one.
    pub utm_source: Option<String>,
    /// `utm_medium` of the first event that has one.
    pub utm_medium: Option<String>,
    /// `utm_campaign` of the first event that has one.
    pub utm_campaign: Option<String>,
    /// Friction that counts.
    pub friction: u64,
    /// Its kinds, heaviest first.
    pub friction_kinds: Vec<Kind>,
    /// Script errors, also those that count as friction.
    pub errors: u64,
    /// Browser family.
    pub browser: Option<String>,
    /// Operating system family.
    pub os: Option<String>,
    /// Device type.
    pub device: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// The rule that took the sender for a bot.
    pub bot: Option<String>,
}

impl SessionSummary {
    /// Paths of a summary at most.
    pub const MAX_PATHS: usize = 12;

    /// From the first to the last event, in seconds.
    #[expect(clippy::cast_precision_loss, reason = "25 months of microseconds fit in 2^52")]
    pub fn duration_seconds(&self) -> f64 {
        self.last_event_at.micros_since(self.started_at) as f64 / 1e6
    }
}

/// Visits in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionPage {
    /// The rows asked for.
    pub sessions: Vec<SessionSummary>,
    /// How many there are in all.
    pub total: u64,
}
