//! Are widgets seen, opened and called?

use crate::id::WidgetId;

/// Events of one widget over a period, and its sessions. A session counts where the widget was loaded in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WidgetActivity {
    /// The widget, which may be deleted by now.
    pub widget_id: WidgetId,
    /// `widget_load` events.
    pub loads: u64,
    /// `widget_open` events.
    pub opens: u64,
    /// `call_start` events.
    pub calls: u64,
    /// Sessions that loaded it.
    pub loaded_sessions: u64,
    /// Of these, sessions that opened it.
    pub opened_sessions: u64,
    /// Of these, sessions that began a call.
    pub called_sessions: u64,
}

impl WidgetActivity {
    /// A widget that nobody has loaded.
    pub const fn none(widget_id: WidgetId) -> Self {
        Self {
            widget_id,
            loads: 0,
            opens: 0,
            calls: 0,
            loaded_sessions: 0,
            opened_sessions: 0,
            called_sessions: 0,
        }
    }

    /// The share of sessions that opened it, 0 to 1; none without a load.
    pub fn open_rate(self) -> Option<f64> {
        self.share(self.opened_sessions)
    }

    /// The share of sessions that began a call, 0 to 1; none without a load.
    pub fn call_rate(self) -> Option<f64> {
        self.share(self.called_sessions)
    }

    fn share(self, sessions: u64) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let share = sessions as f64 / self.loaded_sessions as f64;
        (self.loaded_sessions > 0).then_some(share)
    }
}
