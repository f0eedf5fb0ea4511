//! Limits and intervals of the live feed.

use std::time::Duration;

/// How many watchers there may be at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveLimits {
    /// Of one member, or with one secret key, in all projects together.
    pub per_member: usize,
    /// Of one project.
    pub per_project: usize,
    /// Of this server.
    pub total: usize,
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self { per_member: 50, per_project: 500, total: 2_000 }
    }
}

/// How often what is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveIntervals {
    /// The visitors of a watched project are counted.
    pub count: Duration,
    /// What watchers may do is checked, beside the checks on changes of this server.
    pub check: Duration,
    /// Watchers are asked for a sign of life. They are given up after two periods without one.
    pub ping: Duration,
}

impl Default for LiveIntervals {
    fn default() -> Self {
        Self {
            count: Duration::from_secs(5),
            check: Duration::from_secs(3),
            ping: Duration::from_secs(25),
        }
    }
}

/// Why nobody more can watch now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LiveLimitExceeded {
    /// One member, or one secret key, has as many as one may.
    #[error("you have {0} live connections open, the most a member can have; close some of them")]
    Member(usize),
    /// The project has as many as one may.
    #[error("{0} live connections to this project are open, the most a project can have")]
    Project(usize),
    /// The server has as many as it may.
    #[error("this server has {0} live connections open, the most it can have")]
    Server(usize),
}
