//! Authentication of members: set-up, sign-in and sign-in sessions.
//!
//! Passwords are kept as Argon2id hashes; a session's token is 256 random bits of which only the
//! SHA-256 is stored. Wrong address and wrong password look and take the same.

mod attempts;
mod authorization_changes;
mod credential;
mod device;
mod invitations;
mod members;
mod password;
mod password_attempt;
mod profile;
mod request;
mod role;
mod secret;
mod validate;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use domain::clock::Clock;
use domain::id::{IdSource, MemberId, ProjectId};
use domain::project_creation::CreationRule;
use domain::random::RandomSource;
use domain::role::Role;
use domain::zone::Zone;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq;

use crate::Error;
use crate::ports::catalog::{
    InvitationStore, Member, MemberStore, Membership, MembershipStore, NewMember, NewProject,
    Project, ProjectStore, SignIn, SignInStore,
};

/// How long a sign-in lasts.
const SIGN_IN_SECONDS: i64 = 30 * 86_400;
/// Days a new project keeps its events: 25 months.
const DEFAULT_RETENTION_DAYS: u32 = 761;

/// How long a browser is known after a sign-in, in seconds.
pub const DEVICE_SECONDS: i64 = device::DEVICE_SECONDS;

pub use authorization_changes::{AuthorizationChange, AuthorizationChangeBus};
pub use credential::Credential;
pub use request::{SetUp, SignedIn};
pub use role::allow;
pub use secret::is_same_secret;
pub use validate::MIN_PASSWORD_CHARACTERS;

use attempts::AttemptLimiter;
use password::Passwords;
use secret::digest;

/// What [`AuthService`] reads and writes.
pub trait AuthStore:
    MemberStore + ProjectStore + SignInStore + MembershipStore + InvitationStore
{
}

impl<T: MemberStore + ProjectStore + SignInStore + MembershipStore + InvitationStore> AuthStore
    for T
{
}

/// What [`AuthService`] works with.
pub struct Dependencies {
    /// Members, their sign-ins and projects.
    pub store: Arc<dyn AuthStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of members and projects.
    pub ids: Arc<dyn IdSource>,
    /// Tokens and salts.
    pub random: Arc<dyn RandomSource>,
    /// Who may create projects.
    pub creation: CreationRule,
    /// Where sessions that end and roles that change are announced.
    pub changes: AuthorizationChangeBus,
}

/// The use cases around members.
pub struct AuthService {
    store: Arc<dyn AuthStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    random: Arc<dyn RandomSource>,
    creation: CreationRule,
    set_up_digest: Mutex<Option<[u8; 32]>>,
    attempts: AttemptLimiter,
    passwords: Passwords,
    changes: AuthorizationChangeBus,
}

impl AuthService {
    /// Puts the parts together and starts the threads that hash passwords.
    pub fn new(parts: Dependencies) -> std::io::Result<Self> {
        let Dependencies { store, clock, ids, random, creation, changes } = parts;
        Ok(Self {
            store,
            clock,
            ids,
            random,
            creation,
            set_up_digest: Mutex::default(),
            attempts: AttemptLimiter::default(),
            passwords: Passwords::start()?,
            changes,
        })
    }

    /// A fresh set-up token, replacing any earlier one; none when set-up has been completed.
    pub async fn offer_set_up(&self) -> Result<Option<SecretString>, Error> {
        if self.store.is_set_up().await? {
            return Ok(None);
        }
        let token = self.token();
        *self.set_up_digest.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(digest(token.expose_secret()));
        Ok(Some(token))
    }

    /// Whether set-up has been completed.
    pub async fn is_set_up(&self) -> Result<bool, Error> {
        Ok(self.store.is_set_up().await?)
    }

    /// Makes the first member, the owner of the first project, and signs them in.
    pub async fn set_up(&self, request: SetUp, address: IpAddr) -> Result<SignedIn, Error> {
        self.count_attempt(address)?;
        if self.store.is_set_up().await? {
            return Err(Error::Conflict("set-up has been completed; sign in instead".to_owned()));
        }
        let expected = *self.set_up_digest.lock().unwrap_or_else(PoisonError::into_inner);
        let token = digest(request.token.expose_secret());
        if !expected.is_some_and(|expected| bool::from(expected.ct_eq(&token))) {
            return Err(Error::Forbidden(
                "the set-up link is not valid; use the one the server printed when it last started",
            ));
        }
        self.set_up_trusted(request).await
    }

    /// [`AuthService::set_up`] for a caller that runs on the server itself and needs no token.
    pub async fn set_up_trusted(&self, request: SetUp) -> Result<SignedIn, Error> {
        let now = self.clock.now();
        let member = NewMember {
            id: MemberId(self.ids.next(now)),
            email: validate::email(&request.email)?,
            name: validate::name("name", &request.name)?,
            password_hash: self
                .passwords
                .hash(validate::password(request.password)?, self.random.bytes())
                .await?,
            created_at: now,
        };
        let project = NewProject {
            id: ProjectId(self.ids.next(now)),
            name: validate::name("project_name", &request.project_name)?,
            retention_days: DEFAULT_RETENTION_DAYS,
            time_zone: request.time_zone,
            owner: member.id,
            created_at: now,
        };
        if !self.store.set_up(member.clone(), project).await? {
            return Err(Error::Conflict("set-up has been completed; sign in instead".to_owned()));
        }
        *self.set_up_digest.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.start_session(member).await
    }

    /// Signs a member in. `device` is the token an earlier sign-in gave this browser; see
    /// [`SignedIn::device`].
    pub async fn sign_in(
        &self,
        email: &str,
        password: SecretString,
        device: Option<&str>,
        address: IpAddr,
    ) -> Result<SignedIn, Error> {
        self.count_attempt(address)?;
        let now = self.clock.now();
        let email = domain::email::folded(email);
        let member = self.store.by_email(&email).await?;
        let device = device::known(device, member.as_ref(), now)?;
        let attempt = self.attempts.sign_in(&email, device, address, now)?;
        let hash = member.as_ref().map(|member| member.password_hash.clone());
        let matches = self.judge(attempt, password, hash).await?;
        let member = member.filter(|_| matches);
        let member = member.ok_or(Error::Unauthenticated("wrong e-mail address or password"))?;
        self.start_session(member).await
    }

    /// The member a token belongs to.
    pub async fn authenticate(&self, token: &str) -> Result<Member, Error> {
        const NOT_SIGNED_IN: Error = Error::Unauthenticated("sign in first");
        let sign_in =
            self.store.find(&digest(token), self.clock.now()).await?.ok_or(NOT_SIGNED_IN)?;
        self.store.member(sign_in.member).await?.ok_or(NOT_SIGNED_IN)
    }

    /// Ends the session of a token.
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        let digest = digest(token);
        self.store.remove(&digest).await?;
        self.changes.announce(AuthorizationChange::Session(digest));
        Ok(())
    }

    /// Whether the session whose token has this digest is one of `member`'s and has not ended.
    pub async fn is_signed_in(
        &self,
        member: MemberId,
        token_digest: &[u8; 32],
    ) -> Result<bool, Error> {
        let sign_in = self.store.find(token_digest, self.clock.now()).await?;
        Ok(sign_in.is_some_and(|sign_in| sign_in.member == member))
    }

    /// The projects of a member.
    pub async fn projects(&self, member: MemberId) -> Result<Vec<Membership>, Error> {
        Ok(self.store.of_member(member).await?)
    }

    /// Whether a member may create a project now.
    pub async fn may_create_projects(&self, member: MemberId) -> Result<bool, Error> {
        Ok(self.creation.check(self.store.standing(member).await?).is_ok())
    }

    /// Makes a project owned by `member`, if they may.
    pub async fn create_project(
        &self,
        member: MemberId,
        name: &str,
        time_zone: Zone,
    ) -> Result<Project, Error> {
        let now = self.clock.now();
        let project = NewProject {
            id: ProjectId(self.ids.next(now)),
            name: validate::name("name", name)?,
            retention_days: DEFAULT_RETENTION_DAYS,
            time_zone,
            owner: member,
            created_at: now,
        };
        let created = self.store.create(project, self.creation).await?;
        created.map_err(|error| Error::Forbidden(error.reason()))
    }

    /// A project, for a caller that has been authorised for it.
    pub async fn project(&self, project: ProjectId) -> Result<Project, Error> {
        self.store.project(project).await?.ok_or(Error::NotFound("project"))
    }

    /// What a member may do in a project; none when they do not belong to it or it does not exist.
    pub async fn role(&self, member: MemberId, project: ProjectId) -> Result<Option<Role>, Error> {
        Ok(self.store.role(member, project).await?)
    }

    async fn start_session(&self, member: Member) -> Result<SignedIn, Error> {
        let now = self.clock.now();
        let token = self.token();
        let device = device::token(&member, &self.random.bytes(), now)?;
        let expires_at = now.plus_seconds(SIGN_IN_SECONDS);
        let token_digest = digest(token.expose_secret());
        let sign_in = SignIn { token_digest, member: member.id, created_at: now, expires_at };
        self.store.add(sign_in).await?;
        Ok(SignedIn { member, token, expires_at, device })
    }

    fn token(&self) -> SecretString {
        HEXLOWER.encode(&self.random.bytes()[..32]).into()
    }

    fn count_attempt(&self, address: IpAddr) -> Result<(), Error> {
        self.attempts.count(address, self.clock.now())
    }
}

impl std::fmt::Debug for AuthService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AuthService").finish_non_exhaustive()
    }
}
