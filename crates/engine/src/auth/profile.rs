//! One member: whether they own the server, and changing their own name and password.

use std::net::IpAddr;

use domain::id::MemberId;
use secrecy::SecretString;

use super::{AuthService, AuthorizationChange, device, digest, validate};
use crate::Error;
use crate::ports::catalog::Member;

impl AuthService {
    /// Whether a member owns the server: set-up created their account.
    pub async fn is_server_owner(&self, member: MemberId) -> Result<bool, Error> {
        Ok(self.store.standing(member).await?.is_server_owner)
    }

    /// Gives a member another name.
    pub async fn rename(&self, member: MemberId, name: &str) -> Result<Member, Error> {
        let renamed = self.store.rename(member, &validate::name("name", name)?).await?;
        renamed.ok_or(Error::NotFound("member"))
    }

    /// Replaces a member's password, if `old` is the present one, and ends all their sessions but
    /// the one of `token`. Counts as an attempt to sign in. Returns what makes this browser known from
    /// now on; see [`super::SignedIn::device`].
    pub async fn change_password(
        &self,
        member: Member,
        token: &str,
        old: SecretString,
        new: SecretString,
        address: IpAddr,
    ) -> Result<SecretString, Error> {
        self.count_attempt(address)?;
        let new = validate::password(new)?;
        let hash = member.password_hash.clone();
        let kept = digest(token);
        let attempt = self.attempts.within_session(&kept, self.clock.now())?;
        if !self.judge(attempt, old, Some(hash.clone())).await? {
            let detail = "old_password is not your current password";
            return Err(Error::invalid("old_password", detail));
        }
        let new = self.passwords.hash(new, self.random.bytes()).await?;
        if !self.store.replace_password(member.id, &hash, &new, &kept).await? {
            return Err(Error::Conflict(
                "another request changed the password at the same time".to_owned(),
            ));
        }
        self.changes.announce(AuthorizationChange::Member(member.id));
        let member = Member { password_hash: new, ..member };
        device::token(&member, &self.random.bytes(), self.clock.now())
    }

    /// Ends all sessions of a member.
    pub async fn sign_out_everywhere(&self, member: MemberId) -> Result<(), Error> {
        self.store.remove_all(member).await?;
        self.changes.announce(AuthorizationChange::Member(member));
        Ok(())
    }
}
