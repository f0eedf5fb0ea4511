//! Invitations to a project.

use async_trait::async_trait;
use domain::id::{InvitationId, MemberId, ProjectId};
use domain::role::Role;
use domain::time::Timestamp;
use uuid::Uuid;

use super::{Error, Member};

/// Somebody is asked to join a project.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its row.
    pub id: InvitationId,
    /// To which project.
    pub project_id: ProjectId,
    /// Whose address, case-folded.
    pub email: String,
    /// What they will be allowed to do.
    pub role: Role,
    /// SHA-256 of the link's token; the token itself is never stored.
    pub token_digest: [u8; 32],
    /// The id of the member or of the secret key that invites.
    pub invited_by: Uuid,
    /// Their name.
    pub inviter_name: String,
    /// When.
    pub created_at: Timestamp,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Invitation {
    /// Without the digest.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Invitation")
            .field("id", &self.id)
            .field("project_id", &self.project_id)
            .field("email", &self.email)
            .field("role", &self.role)
            .field("invited_by", &self.invited_by)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Who accepts an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationAccepter {
    /// A member with the invited address.
    Known(MemberId),
    /// A person to be made a member.
    New(Box<Member>),
}

/// Invitations. See [`super`] for the contract.
#[async_trait]
pub trait InvitationStore: Send + Sync {
    /// Stores an invitation in place of an earlier one of the same project and address, and removes
    /// all that have expired by its `created_at`.
    async fn invite(&self, invitation: Invitation) -> Result<(), Error>;

    /// A project's invitations that are valid at `now`, latest first.
    async fn invitations_of(
        &self,
        project: ProjectId,
        now: Timestamp,
    ) -> Result<Vec<Invitation>, Error>;

    /// The invitation with this digest, if it is valid at `now`.
    async fn invitation(
        &self,
        token_digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Invitation>, Error>;

    /// Ends an invitation; `false` when the project has no such one.
    async fn revoke_invitation(&self, project: ProjectId, id: InvitationId) -> Result<bool, Error>;

    /// Uses an invitation up: makes the guest a member if they are new, and a member of the project
    /// with its role if they are none yet; a role they have already stays. None, and nothing done,
    /// when it is not valid at `now`; of many concurrent calls one succeeds. A new guest whose
    /// address is taken is refused as [`Error::AlreadyExists`] and leaves the invitation valid.
    async fn accept_invitation(
        &self,
        token_digest: &[u8; 32],
        guest: InvitationAccepter,
        now: Timestamp,
    ) -> Result<Option<Invitation>, Error>;
}
