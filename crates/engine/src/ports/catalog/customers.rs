//! Customers as the dashboard lists them, and the tokens by which they read about themselves.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::money::Money;
use domain::session::EndReason;
use domain::time::Timestamp;

use super::{Error, SessionFigures};

/// By what customers are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// Number of sessions.
    Sessions,
    /// Number of orders.
    Orders,
    /// Number of bookings.
    Bookings,
    /// When they last signed in.
    LastLogin,
    /// When they registered.
    Registered,
}

/// Where a page of customers begins: after this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerCursor {
    /// Its value of the sort key; none when it has none.
    pub key: Option<i64>,
    /// Its id.
    pub user_id: String,
}

/// Which customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerQuery {
    /// The sort key.
    pub sort_by: SortBy,
    /// Largest first.
    pub is_descending: bool,
    /// Only those with an event of theirs since then.
    pub active_since: Option<Timestamp>,
    /// Only those whose id, e-mail or name contains this, case-folded.
    pub search: Option<String>,
    /// Only those after this one.
    pub after: Option<CustomerCursor>,
    /// At most so many.
    pub limit: u32,
}

/// A customer with their figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// The site's id for the person.
    pub user_id: String,
    /// Case-folded.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// Sessions ever.
    pub total_sessions: i64,
    /// Orders ever.
    pub total_orders: i64,
    /// Bookings ever.
    pub total_bookings: i64,
    /// Reviews ever.
    pub total_reviews: i64,
    /// The latest sign-in or start of a session.
    pub last_login_at: Option<Timestamp>,
    /// When they registered, if known.
    pub registered_at: Option<Timestamp>,
    /// When the latest order was placed.
    pub last_order_at: Option<Timestamp>,
    /// What it came to.
    pub last_order: Option<Money>,
    /// When the latest booking was completed.
    pub last_booking_at: Option<Timestamp>,
    /// What was booked.
    pub last_booking_service: Option<String>,
    /// The device type of most sessions.
    pub primary_device_type: Option<String>,
    /// The browser of most sessions.
    pub primary_browser: Option<String>,
    /// The system of most sessions.
    pub primary_os: Option<String>,
    /// The time of the first event.
    pub created_at: Timestamp,
    /// The time of the latest event.
    pub updated_at: Timestamp,
}

/// One session of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id.
    pub session_id: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When something happened last.
    pub last_activity_at: Timestamp,
    /// When it ended; none while it is open.
    pub ended_at: Option<Timestamp>,
    /// Why.
    pub ended_reason: Option<EndReason>,
    /// `desktop`, `mobile` or `tablet`.
    pub device_type: Option<String>,
    /// Family.
    pub browser: Option<String>,
    /// Major and minor.
    pub browser_version: Option<String>,
    /// Family.
    pub os: Option<String>,
    /// Major and minor.
    pub os_version: Option<String>,
    /// By its English name.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Masked.
    pub ip_address: Option<String>,
    /// The page it began on.
    pub entry_page: Option<String>,
}

/// A place in the list of a customer's sessions: the session's start and id.
pub type SessionCursor = (Timestamp, String);

/// What lets a customer read their own row.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomerToken {
    /// SHA-256 of the token; the token itself is never stored.
    pub token_digest: [u8; 32],
    /// The tenant.
    pub project_id: ProjectId,
    /// The customer.
    pub user_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is no longer valid.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for CustomerToken {
    /// Without the digest.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CustomerToken")
            .field("project_id", &self.project_id)
            .field("user_id", &self.user_id)
            .field("created_at", &self.created_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Customers and their tokens. See [`super`] for the contract.
#[async_trait]
pub trait CustomerStore: Send + Sync {
    /// A page of a project's customers: by the sort key, those without one last; equal ones by id in
    /// the order of its bytes, ascending either way.
    async fn page(
        &self,
        project: ProjectId,
        query: &CustomerQuery,
    ) -> Result<Vec<CustomerRow>, Error>;

    /// One customer.
    async fn customer(
        &self,
        project: ProjectId,
        user_id: &str,
    ) -> Result<Option<CustomerRow>, Error>;

    /// The latest sessions of these customers in which something happened since then: `limit` of each at
    /// most, a customer's latest first. A customer without any is left out.
    async fn sessions(
        &self,
        project: ProjectId,
        user_ids: &[&str],
        since: Timestamp,
        limit: u32,
    ) -> Result<HashMap<String, Vec<SessionRow>>, Error>;

    /// A customer's sessions after this one in their order: latest begun first, equal ones by id.
    async fn sessions_of(
        &self,
        project: ProjectId,
        user_id: &str,
        after: Option<SessionCursor>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, Error>;

    /// The sessions of customers, counted and timed: those that began since then, or all.
    async fn session_figures(
        &self,
        project: ProjectId,
        since: Option<Timestamp>,
    ) -> Result<SessionFigures, Error>;

    /// Stores a token and removes those that have expired by its `created_at`.
    async fn add_token(&self, token: CustomerToken) -> Result<(), Error>;

    /// The token with this digest, if it is valid at `now`.
    async fn token(
        &self,
        token_digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<CustomerToken>, Error>;
}
