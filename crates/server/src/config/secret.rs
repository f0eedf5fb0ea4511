//! A setting that nothing shows.

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

/// A secret.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct SecretSetting(SecretString);

impl SecretSetting {
    /// Whether it is the empty text, which means that there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.expose_secret().is_empty()
    }

    /// The secret, to hand on.
    pub(crate) fn to_secret_string(&self) -> SecretString {
        self.0.clone()
    }
}

impl From<String> for SecretSetting {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl PartialEq for SecretSetting {
    fn eq(&self, other: &Self) -> bool {
        engine::auth::is_same_secret(self.0.expose_secret(), other.0.expose_secret())
    }
}

impl Eq for SecretSetting {}
