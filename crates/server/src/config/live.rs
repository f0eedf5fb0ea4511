//! The live feed's settings.

use engine::live::LiveLimits;
use serde::{Deserialize, Serialize};

/// How many may watch the live feed at once.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LiveConfig {
    /// One member, or one secret key.
    pub(crate) connections_per_member: usize,
    /// One project.
    pub(crate) connections_per_project: usize,
    /// This server.
    pub(crate) connections: usize,
}

impl Default for LiveConfig {
    fn default() -> Self {
        let LiveLimits { per_member, per_project, total } = LiveLimits::default();
        Self {
            connections_per_member: per_member,
            connections_per_project: per_project,
            connections: total,
        }
    }
}

impl LiveConfig {
    /// The limits as the feed takes them.
    pub(crate) fn limits(self) -> LiveLimits {
        LiveLimits {
            per_member: self.connections_per_member,
            per_project: self.connections_per_project,
            total: self.connections,
        }
    }
}
