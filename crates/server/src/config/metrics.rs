//! `[metrics]`: who may see the server's figures.

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::SecretSetting;

/// The server's figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MetricsConfig {
    /// The bearer token that `/metrics` requires; none: it answers programs on this machine only.
    #[serde(skip_serializing)]
    token: Option<SecretSetting>,
}

impl MetricsConfig {
    /// The token, if one is set.
    pub(crate) fn token(&self) -> Option<SecretString> {
        let token = self.token.as_ref().map(SecretSetting::to_secret_string);
        token.filter(|token| !token.expose_secret().is_empty())
    }
}
