//! How much of the traffic is bots, and who are they?
//!
//! An event is a bot's where ingest has found a rule for its sender ([`SenderKind`](crate::sender_kind::SenderKind)). A
//! bot is known by the browser that its user agent names, which for crawlers is their own name.

use crate::time::Timestamp;

/// Bots of an answer, at most: senders choose what they call themselves.
pub const MAX_BOTS: usize = 100;

/// Events of a period by their senders, bots among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BotShare {
    /// Events of all senders.
    pub events: u64,
    /// Events of bots.
    pub bot_events: u64,
    /// The same by the rule that recognised the bot, most events first.
    pub rules: Vec<BotRule>,
    /// The bots by their names, most events first; [`MAX_BOTS`] of them at most.
    pub bots: Vec<Bot>,
    /// One entry for every bucket of the period, also for empty ones, in order.
    pub series: Vec<BotBucket>,
}

/// A rule that recognises bots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotRule {
    /// Such as `ua:headlesschrome`.
    pub rule: String,
    /// Events it covers.
    pub events: u64,
}

/// A bot, by the name and the rule that its events have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bot {
    /// The browser that its user agent names, such as `Googlebot`.
    pub name: Option<String>,
    /// The rule that recognised it.
    pub rule: String,
    /// Its events.
    pub events: u64,
    /// Its `pageview` events.
    pub page_views: u64,
    /// Its distinct sessions.
    pub sessions: u64,
    /// Its last event of the period.
    pub last_seen: Timestamp,
}

/// Events of one bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BotBucket {
    /// Its beginning.
    pub at: Timestamp,
    /// Events of all senders.
    pub events: u64,
    /// Events of bots.
    pub bot_events: u64,
}
