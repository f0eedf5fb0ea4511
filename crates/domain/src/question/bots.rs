//! How much of the traffic is bots?

/// Events of a period by their senders, bots among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BotShare {
    /// Events of all senders.
    pub events: u64,
    /// Events of bots.
    pub bot_events: u64,
    /// The same by the rule that recognised the bot, most events first.
    pub rules: Vec<BotRule>,
}

/// A rule that recognises bots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotRule {
    /// Such as `ua:headlesschrome`.
    pub rule: String,
    /// Events it covers.
    pub events: u64,
}
