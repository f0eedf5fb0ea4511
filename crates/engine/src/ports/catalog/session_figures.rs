//! How long sessions last, and on which devices and browsers they are.

/// Sessions counted and timed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SessionTotals {
    /// All of them.
    pub sessions: u64,
    /// Sessions that have ended.
    pub ended: u64,
    /// The durations of ended sessions, added up; each is cut to the millisecond.
    pub ended_ms: u64,
}

/// The sessions of one device type or browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionGroup {
    /// Its name; none where it is unknown.
    pub name: Option<String>,
    /// Its sessions.
    pub totals: SessionTotals,
}

/// The sessions of a project's customers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionFigures {
    /// All of them.
    pub total: SessionTotals,
    /// By device type: most sessions first, ties by name, the unknown first among them;
    /// [`MAX_GROUPS`](Self::MAX_GROUPS) at most.
    pub devices: Vec<SessionGroup>,
    /// By browser family, in the same way.
    pub browsers: Vec<SessionGroup>,
}

impl SessionFigures {
    /// Groups of one kind at most: senders may name any.
    pub const MAX_GROUPS: usize = 50;
}

impl SessionTotals {
    /// The mean duration of the sessions that have ended, in milliseconds; none without any.
    #[expect(clippy::cast_precision_loss, reason = "below 2^52 ms, which are 140,000 years")]
    pub fn average_ms(self) -> Option<f64> {
        (self.ended > 0).then(|| self.ended_ms as f64 / self.ended as f64)
    }
}
