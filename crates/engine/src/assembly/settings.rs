//! The settings of the use cases.

use domain::project_creation::CreationRule;

use crate::live::{LiveIntervals, LiveLimits};

/// Limits, intervals and how long what is kept.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Ingest requests of one address a minute; 0: no limit.
    pub address_limit_per_minute: u32,
    /// Bodies of failed events that a project may keep a day, in bytes.
    pub failed_bytes_per_day: usize,
    /// How long failed events are kept, in seconds.
    pub failed_keep_seconds: i64,
    /// How long a journal block is kept after every projection has passed it, in seconds.
    pub journal_keep_seconds: i64,
    /// How long sessions are kept where a project says nothing else, in days.
    pub session_keep_days: u32,
    /// How long recordings are kept where a project says nothing else, in days.
    pub recording_keep_days: u32,
    /// Bytes of recordings that a project may send a day.
    pub recorded_bytes_per_day: u64,
    /// How long after an erasure the stores are searched once more, in seconds.
    pub second_sweep_seconds: i64,
    /// Who may create projects.
    pub creation: CreationRule,
    /// How many may watch the live feed.
    pub live_limits: LiveLimits,
    /// How often the live feed looks at what.
    pub live_intervals: LiveIntervals,
    /// Questions to the lake that run at once.
    pub concurrent_questions: usize,
    /// Statements of SQL that run at once.
    pub concurrent_statements: usize,
}
