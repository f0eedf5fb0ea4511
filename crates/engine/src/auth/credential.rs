//! Credentials in a form that can be checked again and reveals no secret.

use domain::id::{MemberId, SecretKeyId};

use super::AuthorizationChange;
use crate::secret_keys;

/// A session or a secret key, by the digest of its secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A member's session.
    Session {
        /// Who is signed in.
        member: MemberId,
        /// SHA-256 of the session's token.
        token_digest: [u8; 32],
    },
    /// A secret key.
    SecretKey {
        /// The key's row.
        id: SecretKeyId,
        /// SHA-256 of the key's text.
        digest: [u8; 32],
    },
}

impl Credential {
    /// The session with this token, which belongs to `member`.
    pub fn session(member: MemberId, token: &str) -> Self {
        Self::Session { member, token_digest: super::digest(token) }
    }

    /// The secret key with this text.
    pub fn secret_key(id: SecretKeyId, text: &str) -> Self {
        Self::SecretKey { id, digest: secret_keys::digest(text) }
    }

    /// Whether `change` may have ended it or changed what it allows.
    pub(crate) fn is_affected_by(&self, change: AuthorizationChange) -> bool {
        match (*self, change) {
            (Self::Session { token_digest, .. }, AuthorizationChange::Session(changed)) => {
                token_digest == changed
            }
            (Self::Session { member, .. }, AuthorizationChange::Member(changed)) => {
                member == changed
            }
            (Self::SecretKey { id, .. }, AuthorizationChange::SecretKey(changed)) => id == changed,
            _ => false,
        }
    }
}

impl std::fmt::Debug for Credential {
    /// Without the digests.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Session { member, .. } => formatter.debug_tuple("Session").field(member).finish(),
            Self::SecretKey { id, .. } => formatter.debug_tuple("SecretKey").field(id).finish(),
        }
    }
}
