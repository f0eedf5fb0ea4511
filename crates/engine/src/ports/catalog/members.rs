//! People who sign in.

use async_trait::async_trait;
use domain::id::MemberId;
use domain::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq as _;

use super::{Error, NewProject};

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: MemberId,
    /// Their e-mail address, case-folded; unique.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Of their password.
    pub password_hash: PasswordHash,
    /// When they were made.
    pub created_at: Timestamp,
}

/// The PHC string of a password's hash. Shown nowhere.
#[derive(Debug, Clone)]
pub struct PasswordHash(SecretString);

impl From<String> for PasswordHash {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for PasswordHash {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl ExposeSecret<str> for PasswordHash {
    fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for PasswordHash {
    fn eq(&self, other: &Self) -> bool {
        self.expose_secret().as_bytes().ct_eq(other.expose_secret().as_bytes()).into()
    }
}

impl Eq for PasswordHash {}

/// A member to make.
pub type NewMember = Member;

/// Members. See [`super`] for the contract.
#[async_trait]
pub trait MemberStore: Send + Sync {
    /// Makes the first member, who owns the server, and their project, once for ever: `false`, and nothing
    /// done, when set-up has been completed before, also when all members have been removed since. Of many
    /// concurrent calls exactly one is `true`.
    async fn set_up(&self, member: NewMember, project: NewProject) -> Result<bool, Error>;

    /// Whether [`MemberStore::set_up`] has been completed.
    async fn is_set_up(&self) -> Result<bool, Error>;

    /// The member with this id.
    async fn member(&self, id: MemberId) -> Result<Option<Member>, Error>;

    /// The member with this address, whatever its case.
    async fn by_email(&self, email: &str) -> Result<Option<Member>, Error>;

    /// Gives a member another name and returns them; none when there is no such member.
    async fn rename(&self, id: MemberId, name: &str) -> Result<Option<Member>, Error>;

    /// Replaces a member's password hash and ends all their sign-ins but the one of digest `kept`.
    /// `false`, and nothing done, when their hash is not `expected`.
    async fn replace_password(
        &self,
        id: MemberId,
        expected: &PasswordHash,
        password_hash: &PasswordHash,
        kept: &[u8; 32],
    ) -> Result<bool, Error>;
}
