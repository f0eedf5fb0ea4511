//! Which customers a request asks for.

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::customers::MAX_SESSIONS;
use engine::ports::catalog::{CustomerCursor, CustomerQuery, SortBy};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::cursor;
use crate::error::Error;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;
const DAY_SECONDS: i64 = 86_400;

const INTERVALS: [(&str, Option<i64>); 4] =
    [("all", None), ("daily", Some(1)), ("weekly", Some(7)), ("monthly", Some(30))];
const SORTS: [(&str, SortBy); 5] = [
    ("sessions", SortBy::Sessions),
    ("orders", SortBy::Orders),
    ("bookings", SortBy::Bookings),
    ("last_login", SortBy::LastLogin),
    ("registered", SortBy::Registered),
];
const ORDERS: [(&str, bool); 2] = [("asc", false), ("desc", true)];

/// Which customers, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MetricsQuery {
    /// The project; not needed with a secret key, by a member of exactly one, nor in the project's own path.
    pub(super) project_id: Option<String>,
    /// Customers and sessions active in the last 24 h (`daily`), 7 d (`weekly`), 30 d (`monthly`) or
    /// ever (`all`, the default). The figures are of all time.
    interval: Option<String>,
    /// `sessions` (the default), `orders`, `bookings`, `last_login`, `registered`.
    #[serde(rename = "sortBy")]
    sort_by: Option<String>,
    /// `asc` or `desc` (the default). Customers without a value come last either way.
    #[serde(rename = "sortOrder")]
    sort_order: Option<String>,
    /// Part of an id, e-mail or name.
    search: Option<String>,
    /// Sessions with each customer: 0 to 20, the default.
    sessions: Option<u32>,
    /// 1 to 200; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A request, read.
#[derive(Debug)]
pub(super) struct MetricsRequest {
    /// The interval's name.
    pub(super) interval: &'static str,
    /// The list and its order, named in cursors.
    pub(super) list: String,
    /// What to ask the catalog.
    pub(super) query: CustomerQuery,
    /// Sessions with each customer.
    pub(super) sessions: u32,
}

impl MetricsQuery {
    /// The request as the catalog is asked.
    pub(super) fn read(&self, now: Timestamp) -> Result<MetricsRequest, Error> {
        let (interval, active_since) = read_interval(self.interval.as_deref(), now)?;
        let (by, sort_by) = one_of("sortBy", self.sort_by.as_deref(), "sessions", &SORTS)?;
        let (order, is_descending) =
            one_of("sortOrder", self.sort_order.as_deref(), "desc", &ORDERS)?;
        let list = format!("customers by {by} {order}");
        let after = cursor::read(&list, self.cursor.as_deref())?;
        let search = self.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let query = CustomerQuery {
            sort_by,
            is_descending,
            active_since,
            search: search.map(str::to_owned),
            after: after.map(|(key, user_id)| CustomerCursor { key, user_id }),
            limit: self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT),
        };
        let sessions = self.sessions.unwrap_or(MAX_SESSIONS);
        Ok(MetricsRequest { interval, list, query, sessions })
    }

    /// The project named, if one is.
    pub(super) fn project(&self) -> Result<Option<ProjectId>, Error> {
        let named = self.project_id.as_deref().filter(|text| !text.is_empty());
        let read =
            |text: &str| text.parse().map_err(|_| Error::from(engine::Error::NotFound("project")));
        named.map(read).transpose()
    }
}

/// The name of an interval and its beginning; none for all time.
pub(super) fn read_interval(
    param: Option<&str>,
    now: Timestamp,
) -> Result<(&'static str, Option<Timestamp>), Error> {
    let (interval, days) = one_of("interval", param, "all", &INTERVALS)?;
    Ok((interval, days.map(|days| now.plus_seconds(-days * DAY_SECONDS))))
}

/// The value of a parameter that has a closed set of them.
fn one_of<T: Copy>(
    field: &'static str,
    param: Option<&str>,
    default: &'static str,
    allowed: &'static [(&'static str, T)],
) -> Result<(&'static str, T), Error> {
    let param = param.unwrap_or(default);
    let found = allowed.iter().find(|(name, _)| *name == param).copied();
    found.ok_or_else(|| Error::not_allowed(field, allowed.iter().map(|(name, _)| *name).collect()))
}
