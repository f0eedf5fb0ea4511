//! Inviting people to a project, and accepting.
//!
//! An invitation is a link with 256 random bits, for one address, for seven days, to be used once.
//! Making, listing and looking at one says nothing about whether the address is a member's; only who
//! holds the link learns it, when they accept.

use std::net::IpAddr;

use domain::id::{InvitationId, MemberId, ProjectId};
use domain::role::{Role, may_grant};
use secrecy::{ExposeSecret as _, SecretString};

use super::members::refused;
use super::{AuthService, AuthorizationChange, SignedIn, digest, validate};
use crate::Error;
use crate::ports::catalog::{Actor, Invitation, InvitationAccepter, Member};

/// How long an invitation is valid: seven days.
const INVITATION_SECONDS: i64 = 7 * 86_400;
const NO_INVITATION: Error = Error::NotFound("invitation");

impl AuthService {
    /// Invites an address, in place of an earlier invitation of it, and returns the link's token: 64
    /// hexadecimal digits, shown once. `by` is who invites, and `by_role` their role.
    pub async fn invite(
        &self,
        project: ProjectId,
        by: &Actor,
        by_role: Role,
        email: &str,
        role: Role,
    ) -> Result<(Invitation, SecretString), Error> {
        may_grant(by_role, role).map_err(refused)?;
        let now = self.clock.now();
        let token = self.token();
        let invitation = Invitation {
            id: InvitationId(self.ids.next(now)),
            project_id: project,
            email: validate::email(email)?,
            role,
            token_digest: digest(token.expose_secret()),
            invited_by: by.id,
            inviter_name: by.label.clone(),
            created_at: now,
            expires_at: now.plus_seconds(INVITATION_SECONDS),
        };
        self.store.invite(invitation.clone()).await?;
        Ok((invitation, token))
    }

    /// A project's open invitations, latest first.
    pub async fn invitations(&self, project: ProjectId) -> Result<Vec<Invitation>, Error> {
        Ok(self.store.invitations_of(project, self.clock.now()).await?)
    }

    /// Ends an invitation.
    pub async fn revoke_invitation(
        &self,
        project: ProjectId,
        id: InvitationId,
    ) -> Result<(), Error> {
        let was_there = self.store.revoke_invitation(project, id).await?;
        was_there.then_some(()).ok_or(NO_INVITATION)
    }

    /// The invitation of a link and the name of its project. Counts as an attempt to sign in.
    pub async fn invitation(
        &self,
        token: &str,
        address: IpAddr,
    ) -> Result<(Invitation, String), Error> {
        self.count_attempt(address)?;
        let invitation = self.valid_invitation(token).await?;
        let project = self.store.project(invitation.project_id).await?.ok_or(NO_INVITATION)?;
        Ok((invitation, project.name))
    }

    /// Accepts an invitation for a person who is no member yet: makes them one and signs them in.
    pub async fn accept_as_new(
        &self,
        token: &str,
        name: &str,
        password: SecretString,
        address: IpAddr,
    ) -> Result<(SignedIn, Invitation), Error> {
        self.count_attempt(address)?;
        let (name, password) = (validate::name("name", name)?, validate::password(password)?);
        let invitation = self.valid_invitation(token).await?;
        if self.store.by_email(&invitation.email).await?.is_some() {
            return Err(Error::Conflict(
                "sign in with the invited address, then open the link again".to_owned(),
            ));
        }
        let now = self.clock.now();
        let member = Member {
            id: MemberId(self.ids.next(now)),
            email: invitation.email,
            name,
            password_hash: self.passwords.hash(password, self.random.bytes()).await?,
            created_at: now,
        };
        let accepted =
            self.accept(token, InvitationAccepter::New(Box::new(member.clone()))).await?;
        Ok((self.start_session(member).await?, accepted))
    }

    /// Accepts an invitation for a signed-in member, whose address must be the invited one.
    pub async fn accept_as(
        &self,
        token: &str,
        member: &Member,
        address: IpAddr,
    ) -> Result<Invitation, Error> {
        self.count_attempt(address)?;
        let invitation = self.valid_invitation(token).await?;
        if invitation.email != member.email {
            return Err(Error::Forbidden(
                "the invitation is for another address; sign out, then open the link again",
            ));
        }
        let accepted = self.accept(token, InvitationAccepter::Known(member.id)).await?;
        self.changes.announce(AuthorizationChange::Member(member.id));
        Ok(accepted)
    }

    async fn valid_invitation(&self, token: &str) -> Result<Invitation, Error> {
        let found = self.store.invitation(&digest(token), self.clock.now()).await?;
        found.ok_or(NO_INVITATION)
    }

    async fn accept(&self, token: &str, guest: InvitationAccepter) -> Result<Invitation, Error> {
        let now = self.clock.now();
        let accepted = self.store.accept_invitation(&digest(token), guest, now).await?;
        accepted.ok_or(NO_INVITATION)
    }
}
