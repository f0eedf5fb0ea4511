//! A customer as JSON.

use domain::money::Money;
use domain::session::EndReason;
use domain::time::Timestamp;
use engine::customers::Customer;
use engine::ports::catalog::{CustomerRow, SessionRow};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of customers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerMetrics {
    /// `all`, `daily`, `weekly` or `monthly`.
    pub(super) interval: &'static str,
    pub(super) customers: Vec<CustomerAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    pub(super) next_cursor: Option<String>,
}

/// A customer with their figures, which are of all time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Customer)]
pub(crate) struct CustomerAnswer {
    /// The site's id for the person.
    id: String,
    email: Option<String>,
    name: Option<String>,
    total_sessions: i64,
    total_orders: i64,
    total_bookings: i64,
    total_reviews: i64,
    /// The latest sign-in or start of a session.
    #[schema(format = DateTime)]
    last_login_at: Option<String>,
    /// Null when unknown.
    #[schema(format = DateTime)]
    registered_at: Option<String>,
    #[schema(format = DateTime)]
    last_order_at: Option<String>,
    /// In major units.
    last_order_amount: Option<f64>,
    /// ISO 4217.
    last_order_currency: Option<String>,
    /// For people: `TZS 150,000`.
    last_order_text: Option<String>,
    #[schema(format = DateTime)]
    last_booking_at: Option<String>,
    last_booking_service: Option<String>,
    /// Of most sessions.
    primary_device_type: Option<String>,
    /// Of most sessions.
    primary_browser: Option<String>,
    /// Of most sessions.
    primary_os: Option<String>,
    /// The first event's time.
    #[schema(format = DateTime)]
    created_at: String,
    /// The latest event's time.
    #[schema(format = DateTime)]
    updated_at: String,
    /// Sessions active in the interval, latest first, 20 at most.
    sessions: Vec<SessionAnswer>,
}

/// A customer's session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerSession)]
pub(super) struct SessionAnswer {
    session_id: String,
    #[schema(format = DateTime)]
    started_at: String,
    #[schema(format = DateTime)]
    last_activity_at: String,
    /// Null while it is active.
    #[schema(format = DateTime)]
    ended_at: Option<String>,
    /// `active` or `ended`.
    status: &'static str,
    /// `sign_out`, `user_switch`, `page_unload`, `idle`, `max_age` or `explicit`; null while active.
    ended_reason: Option<&'static str>,
    /// To the hundredth; null while it is active.
    duration_minutes: Option<f64>,
    /// `desktop`, `mobile` or `tablet`.
    device: Option<String>,
    /// With version.
    browser: Option<String>,
    /// With version.
    os: Option<String>,
    /// City and country.
    location: Option<String>,
    /// Masked.
    ip_address: Option<String>,
    /// The page it began on.
    entry_page: Option<String>,
}

impl CustomerAnswer {
    /// A customer alone.
    pub(crate) fn without_sessions(row: CustomerRow) -> Self {
        Customer { row, sessions: Vec::new() }.into()
    }
}

impl From<Customer> for CustomerAnswer {
    fn from(Customer { row, sessions }: Customer) -> Self {
        let time = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339);
        let money = row.last_order.as_ref();
        Self {
            id: row.user_id,
            email: row.email,
            name: row.name,
            total_sessions: row.total_sessions,
            total_orders: row.total_orders,
            total_bookings: row.total_bookings,
            total_reviews: row.total_reviews,
            last_login_at: time(row.last_login_at),
            registered_at: time(row.registered_at),
            last_order_at: time(row.last_order_at),
            last_order_amount: money.and_then(|money| money.to_decimal().parse().ok()),
            last_order_currency: money.map(|money| money.currency.as_str().to_owned()),
            last_order_text: money.map(Money::to_string),
            last_booking_at: time(row.last_booking_at),
            last_booking_service: row.last_booking_service,
            primary_device_type: row.primary_device_type,
            primary_browser: row.primary_browser,
            primary_os: row.primary_os,
            created_at: row.created_at.to_rfc3339(),
            updated_at: row.updated_at.to_rfc3339(),
            sessions: sessions.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<SessionRow> for SessionAnswer {
    fn from(row: SessionRow) -> Self {
        Self {
            session_id: row.session_id,
            started_at: row.started_at.to_rfc3339(),
            last_activity_at: row.last_activity_at.to_rfc3339(),
            ended_at: row.ended_at.map(Timestamp::to_rfc3339),
            status: if row.ended_at.is_some() { "ended" } else { "active" },
            ended_reason: row.ended_reason.map(EndReason::as_str),
            duration_minutes: row.ended_at.map(|ended_at| minutes(row.started_at, ended_at)),
            device: row.device_type,
            browser: joined(row.browser, row.browser_version, " "),
            os: joined(row.os, row.os_version, " "),
            location: joined(row.city, None, "").map_or_else(
                || row.country.clone(),
                |city| joined(Some(city), row.country.clone(), ", "),
            ),
            ip_address: row.ip_address,
            entry_page: row.entry_page,
        }
    }
}

/// Minutes from one instant to another, to the hundredth.
#[expect(clippy::cast_precision_loss, reason = "a session lasts a day at most")]
fn minutes(from: Timestamp, to: Timestamp) -> f64 {
    ((to.micros() - from.micros()) as f64 / 600_000.0).round() / 100.0
}

/// Two parts in one text; none without the first.
fn joined(first: Option<String>, second: Option<String>, between: &str) -> Option<String> {
    let first = first?;
    Some(second.map_or(first.clone(), |second| format!("{first}{between}{second}")))
}
