//! Customers' figures for members, and for the customers themselves.

use std::sync::Arc;

use domain::chance::Chance;
use domain::clock::Clock;
use domain::id::ProjectId;
use domain::key;
use domain::time::Timestamp;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::ports::catalog::{
    CustomerQuery, CustomerRow, CustomerToken, Customers as Store, SessionRow,
};

/// Prefix of a customer's token.
pub const TOKEN_PREFIX: &str = "ct_";
/// How long a token is valid unless asked otherwise, in seconds.
pub const DEFAULT_TOKEN_SECONDS: i64 = 3_600;
/// The longest a token may be valid, in seconds.
pub const MAX_TOKEN_SECONDS: i64 = 30 * 86_400;
/// Sessions shown of one customer.
const MAX_SESSIONS: u32 = 20;

/// A customer, their figures and their latest sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The figures.
    pub row: CustomerRow,
    /// Latest first, 20 at most.
    pub sessions: Vec<SessionRow>,
}

/// A token as it is shown, once.
#[derive(Clone)]
pub struct ShownToken {
    /// `ct_` and 32 characters.
    pub token: String,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
}

/// The use cases around customers. The caller has authorised the member.
pub struct Customers {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
}

impl Customers {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Self {
        Self { store, clock, chance }
    }

    /// A page of customers, each with the sessions of the same period.
    pub async fn page(
        &self,
        project: ProjectId,
        query: &CustomerQuery,
    ) -> Result<Vec<Customer>, Error> {
        let rows = self.store.page(project, query).await?;
        let since = query.active_since.unwrap_or(Timestamp::from_micros(i64::MIN));
        let mut customers = Vec::with_capacity(rows.len());
        for row in rows {
            customers.push(self.with_sessions(project, row, since).await?);
        }
        Ok(customers)
    }

    /// One customer; none when there is no such.
    pub async fn one(
        &self,
        project: ProjectId,
        user_id: &str,
        since: Option<Timestamp>,
    ) -> Result<Option<Customer>, Error> {
        let Some(row) = self.store.customer(project, user_id).await? else { return Ok(None) };
        let since = since.unwrap_or(Timestamp::from_micros(i64::MIN));
        Ok(Some(self.with_sessions(project, row, since).await?))
    }

    async fn with_sessions(
        &self,
        project: ProjectId,
        row: CustomerRow,
        since: Timestamp,
    ) -> Result<Customer, Error> {
        let sessions = self.store.sessions(project, &row.user_id, since, MAX_SESSIONS).await?;
        Ok(Customer { row, sessions })
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
                format!("expires_in_seconds must lie between 1 and {MAX_TOKEN_SECONDS}"),
            ));
        }
        let token = key::from_random(TOKEN_PREFIX, &self.chance.bytes())
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
        Ok(ShownToken { token, expires_at })
    }

    /// Whose token this is.
    pub async fn of_token(&self, token: &str) -> Result<(ProjectId, String), Error> {
        let found = self.store.token(&digest(token), self.clock.now()).await?;
        let found = found.ok_or(Error::Unauthenticated("the token is unknown or has expired"))?;
        Ok((found.project_id, found.user_id))
    }
}

impl std::fmt::Debug for Customers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Customers").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ShownToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ShownToken").finish_non_exhaustive()
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
