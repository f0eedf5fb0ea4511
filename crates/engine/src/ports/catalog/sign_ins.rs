//! Members' sign-in sessions.

use async_trait::async_trait;
use domain::id::MemberId;
use domain::time::Timestamp;

use super::Error;

/// A signed-in browser.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// SHA-256 of the cookie's token; the token itself is never stored.
    pub token_digest: [u8; 32],
    /// Who signed in.
    pub member: MemberId,
    /// When.
    pub created_at: Timestamp,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for SignIn {
    /// Without the digest.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SignIn")
            .field("member", &self.member)
            .field("created_at", &self.created_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Sign-ins. See [`super`] for the contract.
#[async_trait]
pub trait SignInStore: Send + Sync {
    /// Stores a sign-in and removes those that have expired by its `created_at`.
    async fn add(&self, sign_in: SignIn) -> Result<(), Error>;

    /// The sign-in with this digest, if it is valid at `now`.
    async fn find(&self, token_digest: &[u8; 32], now: Timestamp) -> Result<Option<SignIn>, Error>;

    /// Ends a sign-in; ending an unknown one changes nothing.
    async fn remove(&self, token_digest: &[u8; 32]) -> Result<(), Error>;

    /// Ends all sign-ins of a member.
    async fn remove_all(&self, member: MemberId) -> Result<(), Error>;
}
