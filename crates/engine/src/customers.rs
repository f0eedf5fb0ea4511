//! Customers' figures for members, and for the customers themselves.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::key;
use domain::random::RandomSource;
use domain::time::Timestamp;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::ports::catalog::{
    CustomerQuery, CustomerRow, CustomerStore, CustomerToken, SessionCursor, SessionFigures,
    SessionRow,
};

/// Prefix of a customer's token.
pub const TOKEN_PREFIX: &str = "ct_";
/// How long a token is valid unless asked otherwise, in seconds.
pub const DEFAULT_TOKEN_SECONDS: i64 = 3_600;
/// The longest a token may be valid, in seconds.
pub const MAX_TOKEN_SECONDS: i64 = 30 * 86_400;
/// Sessions shown with one customer.
pub const MAX_SESSIONS: u32 = 20;

/// A customer, their figures and their latest sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The figures.
    pub row: CustomerRow,
    /// Latest first, 20 at most.
    pub sessions: Vec<SessionRow>,
}

/// A token as it is shown, once.
#[derive(Debug, Clone)]
pub struct ShownToken {
    /// `ct_` and 32 characters.
    pub token: SecretString,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
}

/// The use cases around customers. The caller has authorised the member.
pub struct CustomerService {
    store: Arc<dyn CustomerStore>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl CustomerService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn CustomerStore>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { store, clock, random }
    }

    /// A page of customers, each with so many of the sessions of the same period, 20 at most.
    pub async fn page(
        &self,
        project: ProjectId,
        query: &CustomerQuery,
        sessions: u32,
    ) -> Result<Vec<Customer>, Error> {
        let rows = self.store.page(project, query).await?;
        self.with_sessions(project, rows, query.active_since, sessions).await
    }

    /// One customer; none when there is no such.
    pub async fn one(
        &self,
        project: ProjectId,
        user_id: &str,
        since: Option<Timestamp>,
    ) -> Result<Option<Customer>, Error> {
        let Some(row) = self.store.customer(project, user_id).await? else { return Ok(None) };
        Ok(self.with_sessions(project, vec![row], since, MAX_SESSIONS).await?.pop())
    }

    /// A customer's sessions, latest begun first, those after `after` only.
    pub async fn sessions(
        &self,
        project: ProjectId,
        user_id: &str,
        after: Option<SessionCursor>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, Error> {
        let found = self.store.sessions_of(project, user_id, after, limit).await?;
        if found.is_empty() && self.store.customer(project, user_id).await?.is_none() {
            return Err(Error::NotFound("customer"));
        }
        Ok(found)
    }

    /// The sessions that began since then, or all, counted and timed.
    pub async fn session_figures(
        &self,
        project: ProjectId,
        since: Option<Timestamp>,
    ) -> Result<SessionFigures, Error> {
        Ok(self.store.session_figures(project, since).await?)
    }

    async fn with_sessions(
        &self,
        project: ProjectId,
        rows: Vec<CustomerRow>,
        since: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<Customer>, Error> {
        let since = since.unwrap_or(Timestamp::from_micros(i64::MIN));
        let user_ids: Vec<_> = rows.iter().map(|row| row.user_id.as_str()).collect();
        let mut sessions =
            self.store.sessions(project, &user_ids, since, limit.min(MAX_SESSIONS)).await?;
        let with_sessions = |row: CustomerRow| {
            let sessions = sessions.remove(&row.user_id).unwrap_or_default();
            Customer { row, sessions }
        };
        Ok(rows.into_iter().map(with_sessions).collect())
    }

    /// Makes a token by which a customer reads their own row. The customer need not be known yet.
    pub async fn make_token(
        &self,
        project: ProjectId,
        user_id: &str,
        seconds: i64,
    ) -> Result<ShownToken, Error> {
        if !(1..=MAX_TOKEN_SECONDS).contains(&seconds) {
            return Err(Error::invalid(
                "expires_in_seconds",
                format!("expires_in_seconds must be between 1 and {MAX_TOKEN_SECONDS}"),
            ));
        }
        let token = key::from_random(TOKEN_PREFIX, &self.random.bytes())
            .ok_or_else(|| Error::internal("the random source gives no usable bytes"))?;
        let created_at = self.clock.now();
        let expires_at = created_at.plus_seconds(seconds);
        let stored = CustomerToken {
            token_digest: digest(&token),
            project_id: project,
            user_id: user_id.to_owned(),
            created_at,
            expires_at,
        };
        self.store.add_token(stored).await?;
        Ok(ShownToken { token: token.into(), expires_at })
    }

    /// Whose token this is.
    pub async fn of_token(&self, token: &str) -> Result<(ProjectId, String), Error> {
        let found = self.store.token(&digest(token), self.clock.now()).await?;
        let found = found.ok_or(Error::Unauthenticated("the token is unknown or has expired"))?;
        Ok((found.project_id, found.user_id))
    }
}

impl std::fmt::Debug for CustomerService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CustomerService").finish_non_exhaustive()
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
