//! Customers' sessions: observations from events, and the fold from observations to sessions.

mod observation;
mod reason;
mod state;
mod timeline;

pub use observation::SessionObservation;
pub use reason::EndReason;
pub use state::{SessionProfile, SessionState};
pub use timeline::{
    ConcurrentSessions, InvalidTimeline, ObservationKind, Session, SessionEnd, SessionTimeline,
    TimelineParts,
};

/// A session without activity for this long has ended at its last activity.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// No session lasts longer.
pub const MAX_AGE_SECONDS: i64 = 24 * 3_600;
/// Name of the event that begins a session.
pub const STARTED: &str = "session.started";
/// Name of the event that ends one; its property `reason` is an [`EndReason`].
pub const ENDED: &str = "session.ended";
