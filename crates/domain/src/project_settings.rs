//! Settings of a project, for ingest and reports.

use crate::money::Currency;
use crate::zone::Zone;

/// A project's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectSettings {
    /// Programs that hold a key (curl, a server's HTTP client) count as bots, whose events are left out of
    /// answers. Otherwise they are senders like browsers, and crawlers, monitors and automated browsers
    /// alone are bots.
    pub programs_are_bots: bool,
    /// The zone of its days, months and hours.
    pub time_zone: Zone,
    /// Of amounts that name no currency; none for the server's.
    pub default_currency: Option<Currency>,
    /// How long it keeps its data.
    pub retention: Retention,
}

/// How long a project keeps its data, in days by kind. None: the server's default. See
/// [`crate::retention`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// Events.
    pub event_days: Option<u32>,
    /// Sessions.
    pub session_days: Option<u32>,
    /// Recordings and screenshots.
    pub recording_days: Option<u32>,
    /// Activities of contacts.
    pub activity_days: Option<u32>,
}
