//! Announces changes of who may do what, so that holders of an authorisation, such as an open
//! WebSocket, checks it again at once.
//!
//! The use cases announce a change after it is stored: who checks on hearing of it sees it. Changes
//! made by other servers on the same catalog are not heard of here.

use domain::id::{MemberId, SecretKeyId};
use tokio::sync::broadcast;

/// Announcements kept for a slow listener; one that misses some checks everything.
const CAPACITY: usize = 256;

/// Whose authorisation may have changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationChange {
    /// The session whose token has this digest has ended.
    Session([u8; 32]),
    /// A member's sessions, or their role in some project.
    Member(MemberId),
    /// A secret key.
    SecretKey(SecretKeyId),
}

/// Where changes are announced. Clones share the listeners.
#[derive(Debug, Clone)]
pub struct AuthorizationChangeBus(broadcast::Sender<AuthorizationChange>);

impl AuthorizationChangeBus {
    /// Every change announced from now on.
    pub fn listen(&self) -> broadcast::Receiver<AuthorizationChange> {
        self.0.subscribe()
    }

    /// Announces a change that has been stored.
    pub(crate) fn announce(&self, change: AuthorizationChange) {
        // Fails only when nobody listens.
        let _ = self.0.send(change);
    }
}

impl Default for AuthorizationChangeBus {
    fn default() -> Self {
        Self(broadcast::Sender::new(CAPACITY))
    }
}

impl std::fmt::Debug for AuthorizationChange {
    /// Without the digest.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Session(_) => formatter.write_str("Session"),
            Self::Member(id) => formatter.debug_tuple("Member").field(id).finish(),
            Self::SecretKey(id) => formatter.debug_tuple("SecretKey").field(id).finish(),
        }
    }
}
