//! Sessions, recordings and erasures: what is kept of people, and how long.

use serde::{Deserialize, Serialize};

/// Customers' sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SessionsConfig {
    /// Days they are kept by projects that set none.
    pub(crate) keep_days: u32,
}

/// Recordings of visits, and pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RecordingsConfig {
    /// Days they are kept by projects that set none.
    pub(crate) keep_days: u32,
    /// Bytes of them a project may send a day; 0: no limit.
    pub(crate) bytes_per_day: u64,
}

/// People who asked to be forgotten.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PrivacyConfig {
    /// Seconds until an erasure looks once more, for requests that were under way when it began.
    pub(crate) second_sweep_seconds: u32,
}

impl Default for SessionsConfig {
    fn default() -> Self {
        Self { keep_days: 90 }
    }
}

impl Default for RecordingsConfig {
    fn default() -> Self {
        Self { keep_days: 30, bytes_per_day: 4 * 1024 * 1024 * 1024 }
    }
}

impl Default for PrivacyConfig {
    fn default() -> Self {
        Self { second_sweep_seconds: 60 }
    }
}
