//! Share links: how a page of the dashboard is shown to people who are no members.

use std::net::IpAddr;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use domain::clock::Clock;
use domain::id::{IdSource, ProjectId, ShareLinkId};
use domain::key;
use domain::random::RandomSource;
use domain::rate_limit::RateLimitExceeded;
use domain::share_link::{
    MAX_SEARCH_BYTES, MAX_SHARE_LINKS, MIN_PASSWORD_CHARACTERS, ShareAccess, SharedPage, board_of,
};
use domain::time::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::auth::AuthService;
use crate::boards;
use crate::ports::catalog::{BoardStore, PasswordHash, ShareLink, ShareLinkStore};
use crate::rate_limiter::RateLimiter;
use crate::secret_keys::digest;
use crate::{Error, validate};

/// Requests a minute by one link: some dozens of people who look at the same time.
const REQUESTS_PER_MINUTE: u32 = 2_000;
/// Use is noted once in this many seconds.
const RECORD_EVERY_SECONDS: i64 = 60;

/// The settings of a new link.
#[derive(Debug, Clone)]
pub struct NewShareLink {
    /// Its name.
    pub name: String,
    /// The page it shows.
    pub page: SharedPage,
    /// The page's search parameters, without `?`.
    pub search: String,
    /// Needed to open it; none: the link is enough.
    pub password: Option<SecretString>,
    /// From when on it shows nothing; none: until it is revoked.
    pub expires_at: Option<Timestamp>,
    /// Whether other sites may show it in a frame.
    pub can_embed: bool,
}

/// A link that was opened.
#[derive(Debug)]
pub struct OpenedLink {
    /// The link.
    pub link: ShareLink,
    /// The credential of each request from now on; see [`ShareAccess`].
    pub access: SecretString,
}

/// The use cases around share links.
pub struct ShareLinkService {
    store: Arc<dyn ShareLinkStore>,
    boards: Arc<dyn BoardStore>,
    auth: Arc<AuthService>,
    usages: RateLimiter<ShareLinkId>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    random: Arc<dyn RandomSource>,
}

impl ShareLinkService {
    /// Puts the parts together. Passwords are hashed and tried by `auth`.
    pub fn new(
        store: Arc<dyn ShareLinkStore>,
        boards: Arc<dyn BoardStore>,
        auth: Arc<AuthService>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { store, boards, auth, usages: RateLimiter::default(), clock, ids, random }
    }

    /// A project's links, latest first.
    pub async fn list(&self, project: ProjectId) -> Result<Vec<ShareLink>, Error> {
        Ok(self.store.share_links(project).await?)
    }

    /// Makes a link and returns its token, which is shown once and never stored.
    pub async fn create(
        &self,
        project: ProjectId,
        new: NewShareLink,
    ) -> Result<(ShareLink, SecretString), Error> {
        let now = self.clock.now();
        let name = validate::name("name", &new.name)?;
        let search = validate::line("search", &new.search, MAX_SEARCH_BYTES)?;
        if new.page == SharedPage::Board {
            self.check_board(project, &search).await?;
        }
        if new.expires_at.is_some_and(|expires_at| expires_at <= now) {
            return Err(Error::invalid("expires_at", "expires_at must be in the future"));
        }
        let password_hash = match new.password {
            Some(password) => {
                Some(self.auth.hash_password(password, MIN_PASSWORD_CHARACTERS).await?)
            }
            None => None,
        };
        let token = key::from_random(key::SHARE_PREFIX, &self.random.bytes())
            .ok_or_else(|| Error::internal("the random source gives no usable bytes"))?;
        let link = ShareLink {
            id: ShareLinkId(self.ids.next(now)),
            project_id: project,
            name,
            digest: digest(&token),
            page: new.page,
            search,
            password_hash,
            can_embed: new.can_embed,
            created_at: now,
            expires_at: new.expires_at,
            last_used_at: None,
        };
        if !self.store.add_share_link(&link, MAX_SHARE_LINKS).await? {
            let detail = format!("the project has {MAX_SHARE_LINKS} share links; revoke one");
            return Err(Error::invalid("name", detail));
        }
        Ok((link, token.into()))
    }

    /// Revokes a link. It shows nothing from now on.
    pub async fn revoke(&self, project: ProjectId, id: ShareLinkId) -> Result<(), Error> {
        let was_there = self.store.remove_share_link(project, id).await?;
        was_there.then_some(()).ok_or(Error::NotFound("share link"))
    }

    /// Opens a link.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no valid link has this token; [`Error::Invalid`] with the field `password` when
    /// the link needs one, [`Error::Forbidden`] when it is another one, [`Error::Limited`] after too many attempts.
    pub async fn open(
        &self,
        token: &str,
        password: Option<SecretString>,
        address: IpAddr,
    ) -> Result<OpenedLink, Error> {
        let Some(link) = self.valid(token).await? else {
            self.auth.count_token_attempt(address)?;
            return Err(Error::NotFound("share link"));
        };
        let Some(hash) = &link.password_hash else {
            return Ok(OpenedLink { link, access: token.into() });
        };
        let password = password
            .ok_or_else(|| Error::invalid("password", "this link is opened with its password"))?;
        let account = format!("share link {}", link.id);
        if !self.auth.is_password(&account, hash, password, address).await? {
            return Err(Error::Forbidden("wrong password"));
        }
        let access = format!("{token}.{}", proof(token, hash)).into();
        Ok(OpenedLink { link, access })
    }

    /// The link that `access` opens; none when it is unknown, revoked or expired, or the proof of its password is
    /// missing or of an earlier one.
    ///
    /// # Errors
    /// [`Error::Limited`] when the link's requests for this minute are used up.
    pub async fn authenticate(&self, access: &str) -> Result<Option<ShareLink>, Error> {
        let Some(ShareAccess { token, proof: presented }) = ShareAccess::parse(access) else {
            return Ok(None);
        };
        let Some(link) = self.valid(token).await? else { return Ok(None) };
        let is_proven = match &link.password_hash {
            Some(hash) => presented.is_some_and(|presented| {
                bool::from(presented.as_bytes().ct_eq(proof(token, hash).as_bytes()))
            }),
            None => true,
        };
        if !is_proven {
            return Ok(None);
        }
        let now = self.clock.now();
        self.usages.try_acquire(&link.id, REQUESTS_PER_MINUTE, now).map_err(
            |RateLimitExceeded { retry_after_seconds }| Error::Limited { retry_after_seconds },
        )?;
        self.record_use(&link, now).await;
        Ok(Some(link))
    }

    /// Whether other sites may show the link with this token in a frame.
    pub async fn can_embed(&self, token: &str) -> Result<bool, Error> {
        Ok(self.valid(token).await?.is_some_and(|link| link.can_embed))
    }

    async fn check_board(&self, project: ProjectId, search: &str) -> Result<(), Error> {
        let Some(board) = board_of(search) else {
            return Err(Error::invalid("search", "search must name the board: board=<its id>"));
        };
        let is_shared = boards::is_shared(&*self.boards, project, board).await?;
        let detail = "search must name a board that the project's members share";
        is_shared.then_some(()).ok_or_else(|| Error::invalid("search", detail))
    }

    async fn valid(&self, token: &str) -> Result<Option<ShareLink>, Error> {
        if !key::is_share_token(token) {
            return Ok(None);
        }
        let now = self.clock.now();
        let found = self.store.share_link(&digest(token)).await?;
        Ok(found.filter(|link| link.expires_at.is_none_or(|expires_at| now < expires_at)))
    }

    /// Notes the use at most once a minute. Reading goes on when the note cannot be stored.
    async fn record_use(&self, link: &ShareLink, now: Timestamp) {
        let minute = now.floor_to_seconds(RECORD_EVERY_SECONDS);
        if link.last_used_at.is_some_and(|noted| noted >= minute) {
            return;
        }
        if let Err(error) = self.store.touch_share_link(link.id, now).await {
            tracing::warn!(error = %crate::error_chain(&error), "when a share link was last used could not be stored");
        }
    }
}

impl std::fmt::Debug for ShareLinkService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ShareLinkService").finish_non_exhaustive()
    }
}

/// Shows that the password was known: only who has the hash, which is shown nowhere, can compute it.
fn proof(token: &str, hash: &PasswordHash) -> String {
    let mut digest = Sha256::new();
    for part in [hash.expose_secret(), token] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    HEXLOWER.encode(&digest.finalize())
}
