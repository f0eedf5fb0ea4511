//! `[metrics]`: who may see the server's figures.

use serde::{Deserialize, Serialize};

/// The server's figures.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Metrics {
    /// What `/metrics` asks for; none: it answers programs on this machine only.
    #[serde(skip_serializing)]
    token: Option<String>,
}

impl Metrics {
    /// The token, if one is set.
    pub(crate) fn token(&self) -> Option<String> {
        self.token.clone().filter(|token| !token.is_empty())
    }
}

impl std::fmt::Debug for Metrics {
    /// Without the token.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Metrics").field("has_token", &self.token.is_some()).finish()
    }
}
