//! Customers' sessions: what an event tells about one, and the fold that tells the visits from it.

mod reason;
mod record;
mod sighting;
mod thread;

pub use reason::EndReason;
pub use record::{Profile, Record};
pub use sighting::Sighting;
pub use thread::{BadThread, Ended, Mark, Others, Thread, ThreadParts, Visit};

/// A session without activity for this long has ended at its last activity.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// No session lasts longer.
pub const MAX_AGE_SECONDS: i64 = 24 * 3_600;
/// Name of the event that begins a session.
pub const STARTED: &str = "session.started";
/// Name of the event that ends one; its property `reason` is an [`EndReason`].
pub const ENDED: &str = "session.ended";
