//! Where the current time comes from: a parameter, never a global.

use crate::time::Timestamp;

/// A source of the current time. Production reads the system clock; tests set it.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The current instant.
    fn now(&self) -> Timestamp;
}
