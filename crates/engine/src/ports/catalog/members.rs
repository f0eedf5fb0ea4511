//! People who sign in.

use async_trait::async_trait;
use domain::id::MemberId;
use domain::time::Timestamp;

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
    /// PHC string of their password.
    pub password_hash: String,
    /// When they were made.
    pub created_at: Timestamp,
}

/// A member to make.
pub type NewMember = Member;

/// Members. See [`super`] for the contract.
#[async_trait]
pub trait Members: Send + Sync {
    /// Makes the first member, who owns the server, and their project, once for ever: `false`, and nothing done, when set-up
    /// has been completed before, also when all members have been removed since. Of many concurrent
    /// calls exactly one is `true`.
    async fn set_up(&self, member: NewMember, project: NewProject) -> Result<bool, Error>;

    /// Whether [`Members::set_up`] has been completed.
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
        expected: &str,
        password_hash: &str,
        kept: &[u8; 32],
    ) -> Result<bool, Error>;
}
