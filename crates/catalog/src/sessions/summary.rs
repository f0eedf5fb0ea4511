//! A customer's summary.

use domain::id::EventId;
use domain::time::Timestamp;

/// A text with the event that set it; the latest event wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LatestText {
    pub(super) text: Option<String>,
    pub(super) by: Option<(Timestamp, EventId)>,
}

/// A customer's figures and the facts they derive from.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    pub(super) total_sessions: i64,
    pub(super) total_orders: i64,
    pub(super) total_bookings: i64,
    pub(super) total_reviews: i64,
    /// Time of the latest sign-in event.
    pub(super) login_event_at: Option<Timestamp>,
    pub(super) registered_at: Option<Timestamp>,
    pub(super) email: LatestText,
    pub(super) name: LatestText,
    /// First and latest event.
    pub(super) event_range: Option<(Timestamp, Timestamp)>,
    /// Whether its sessions have changed in more than their last activity and end.
    pub(super) needs_recount: bool,
    pub(super) derived: DerivedFigures,
}

/// Figures recomputed from other tables when those change.
#[derive(Debug, Clone, Default)]
pub(super) struct DerivedFigures {
    pub(super) last_session_at: Option<Timestamp>,
    pub(super) last_order_at: Option<Timestamp>,
    pub(super) last_order_amount: Option<i64>,
    pub(super) last_order_currency: Option<String>,
    pub(super) last_booking_at: Option<Timestamp>,
    pub(super) last_booking_service: Option<String>,
    pub(super) primary_device_type: Option<String>,
    pub(super) primary_browser: Option<String>,
    pub(super) primary_os: Option<String>,
}

impl LatestText {
    /// Sets the text if this event is later.
    pub(super) fn update(&mut self, text: Option<&String>, at: Timestamp, event: EventId) {
        if text.is_some() && Some((at, event)) > self.by {
            self.text = text.cloned();
            self.by = Some((at, event));
        }
    }
}

impl Summary {
    /// Notes the time of an event.
    pub(super) fn extend(&mut self, at: Timestamp) {
        let (first, latest) = self.event_range.unwrap_or((at, at));
        self.event_range = Some((first.min(at), latest.max(at)));
    }

    /// The latest sign-in or start of a session.
    pub(super) fn last_login_at(&self) -> Option<Timestamp> {
        self.login_event_at.max(self.derived.last_session_at)
    }

    /// Text that search matches against, in lower case.
    pub(super) fn search_text(&self, user_id: &str) -> String {
        let texts = [Some(user_id), self.email.text.as_deref(), self.name.text.as_deref()];
        texts.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase()
    }
}
