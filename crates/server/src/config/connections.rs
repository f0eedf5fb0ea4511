//! `[connections]`: how many clients there may be, and how long each may take.

use std::time::Duration;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use crate::http::Timeouts;

/// Clients' connections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ConnectionsConfig {
    /// Connections at once; fewer where open files do not suffice.
    pub(crate) max: usize,
    /// Connections of one address at once.
    pub(crate) max_per_address: usize,
    /// Seconds until something must have come in.
    pub(crate) first_byte_seconds: u64,
    /// Seconds for a request's head.
    pub(crate) head_seconds: u64,
    /// Seconds for a request's body.
    pub(crate) body_seconds: u64,
    /// Seconds within which a client must take a part of its answer.
    pub(crate) write_seconds: u64,
    /// Seconds between two requests.
    pub(crate) idle_seconds: u64,
}

impl Default for ConnectionsConfig {
    fn default() -> Self {
        Self {
            max: 4_096,
            max_per_address: 1_024,
            first_byte_seconds: 15,
            head_seconds: 15,
            body_seconds: 30,
            write_seconds: 30,
            // Longer than the minute that load balancers keep idle connections for: a server that
            // closes first answers some of their requests with a reset.
            idle_seconds: 75,
        }
    }
}

impl ConnectionsConfig {
    /// How long clients may take.
    pub(crate) fn timeouts(&self) -> Timeouts {
        Timeouts {
            first_byte: Duration::from_secs(self.first_byte_seconds),
            head: Duration::from_secs(self.head_seconds),
            body: Duration::from_secs(self.body_seconds),
            write: Duration::from_secs(self.write_seconds),
            idle: Duration::from_secs(self.idle_seconds),
        }
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        if self.max == 0 || self.max_per_address == 0 {
            bail!("connections.max and connections.max_per_address must be at least 1");
        }
        let seconds = [
            ("first_byte_seconds", self.first_byte_seconds),
            ("head_seconds", self.head_seconds),
            ("body_seconds", self.body_seconds),
            ("write_seconds", self.write_seconds),
            ("idle_seconds", self.idle_seconds),
        ];
        for (name, seconds) in seconds {
            if !(1..=3_600).contains(&seconds) {
                bail!("connections.{name} must be between 1 and 3600");
            }
        }
        Ok(())
    }
}
