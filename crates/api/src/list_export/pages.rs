//! A list read page by page, each page through the list's own operation: its filters, its sort, its role
//! and its permits hold for every one.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use url::form_urlencoded;
use uuid::Uuid;

use super::columns::JsonObject;
use super::limits::ExportLimits;
use super::lists::{ListSpec, Order};
use super::{MAX_COUNTED, Wanted};
use crate::error::Error;
use crate::request_id;

/// Rows of a page; an operation that gives fewer at a time does so here, too.
const PAGE: u64 = 1_000;
/// Retries of a page that is rejected temporarily, such as for too many requests at once.
const ATTEMPTS: u32 = 20;
/// The longest wait before a retry, in seconds.
const MAX_WAIT_SECONDS: u64 = 60;

/// The answer of an operation that refuses a page.
pub(super) struct Rejected(Box<Response>);

impl Rejected {
    pub(super) fn status(&self) -> StatusCode {
        self.0.status()
    }
}

impl From<Response> for Rejected {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl From<Error> for Rejected {
    fn from(error: Error) -> Self {
        error.into_response().into()
    }
}

impl IntoResponse for Rejected {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// A list that is being read.
pub(super) struct ListPages {
    spec: &'static ListSpec,
    operation: Next,
    limits: Arc<ExportLimits>,
    /// The request; its query is replaced for each page.
    request: Parts,
    request_id: Uuid,
    /// The parameters that all pages share.
    parameters: Vec<(String, String)>,
    /// The end of its period where the request names none.
    ends_now: Option<String>,
    /// Where the list is read from.
    start: Option<String>,
    /// Where the next page begins.
    cursor: Option<String>,
    /// Rows still wanted.
    missing: u64,
    /// Whether it is read for its rows, of which none may be missing, rather than for their number.
    is_exact: bool,
    state: Reading,
    seen: SeenRows,
    /// The first page, once it has been read.
    opened: Option<Bytes>,
}

/// How far a list has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    First,
    /// The second time, for rows that moved before the cursor during the first.
    Second,
    Done,
}

/// The end of a page, after its rows.
pub(super) struct PageEnd {
    /// Rows that no page before had.
    pub(super) fresh: u64,
    /// How many rows the list has, where its answer says so.
    pub(super) total: Option<u64>,
    /// Where the rest begins, when there is one and no more rows are wanted.
    pub(super) cut_at: Option<String>,
}

impl ListPages {
    /// A list, from `start` on.
    pub(super) fn new(
        (spec, operation, limits): (&'static ListSpec, Next, Arc<ExportLimits>),
        request: Parts,
        (parameters, ends_now): (Vec<(String, String)>, Option<String>),
        start: Option<String>,
        wanted: Wanted,
    ) -> Self {
        Self {
            spec,
            operation,
            limits,
            request,
            request_id: request_id::current(),
            parameters,
            ends_now,
            cursor: start.clone(),
            start,
            missing: match wanted {
                Wanted::Rows(limit) => limit,
                Wanted::Count => MAX_COUNTED,
            },
            is_exact: wanted != Wanted::Count,
            state: Reading::First,
            seen: SeenRows::default(),
            opened: None,
        }
    }

    /// The end of its period, where the request names none: what follows must be asked for with it.
    pub(super) fn ends_now(&self) -> Option<&str> {
        self.ends_now.as_deref()
    }

    /// Reads the first page. Fails with what the operation answers instead of it.
    pub(super) async fn open(&mut self) -> Result<(), Rejected> {
        self.opened = Some(self.page(PAGE.min(self.missing)).await?);
        Ok(())
    }

    /// Reads the next page and hands over the rows that no page before had; none after the last. Fails with
    /// what the operation answers instead of a page.
    pub(super) async fn next(
        &mut self,
        write: impl FnOnce(&[JsonObject<'_>]),
    ) -> Result<Option<PageEnd>, Rejected> {
        if self.state == Reading::Done {
            return Ok(None);
        }
        let body = match self.opened.take() {
            Some(first) => first,
            None => self.page(PAGE.min(self.missing)).await?,
        };
        let answer: JsonObject<'_> = serde_json::from_slice(&body).map_err(internal)?;
        let next_cursor = text(&answer, "next_cursor");
        let total = answer.get("total").and_then(|raw| raw.get().parse().ok());
        let mut rows = rows(&body, self.spec.rows);
        self.retain_fresh(&mut rows);
        if next_cursor.is_some() {
            // An answer without a cursor is a whole that is not cut, as usage by day.
            rows.truncate(usize::try_from(self.missing).unwrap_or(usize::MAX));
        }
        let fresh = rows.len() as u64;
        write(&rows);
        self.missing = self.missing.saturating_sub(fresh);
        // The total is of the whole list.
        let total = total.filter(|_| self.start.is_none());
        let mut end = PageEnd { fresh, total, cut_at: None };
        if self.missing == 0 {
            self.state = Reading::Done;
            end.cut_at = self.rest(next_cursor).await?;
            return Ok(Some(end));
        }
        if next_cursor.is_none() {
            self.state = self.after_last_page();
            self.cursor.clone_from(&self.start);
        } else {
            self.cursor = next_cursor;
        }
        Ok(Some(end))
    }

    /// A list of one page is consistent; one of several is read again if its rows may have moved.
    fn after_last_page(&self) -> Reading {
        let may_move = self.spec.order == Order::Changing && self.cursor != self.start;
        let may_miss_some = may_move && self.is_exact;
        match self.state {
            Reading::First if may_miss_some => Reading::Second,
            _ => Reading::Done,
        }
    }

    /// Keeps the rows that no page had before.
    fn retain_fresh(&mut self, rows: &mut Vec<JsonObject<'_>>) {
        if self.spec.order == Order::Changing {
            rows.retain(|row| self.seen.insert(self.spec, row));
        }
    }

    /// `cursor` when a row follows it.
    async fn rest(&mut self, cursor: Option<String>) -> Result<Option<String>, Rejected> {
        let Some(cursor) = cursor else { return Ok(None) };
        self.cursor = Some(cursor.clone());
        let body = self.page(1).await?;
        Ok(Some(cursor).filter(|_| !rows(&body, self.spec.rows).is_empty()))
    }

    /// The body of the page at the cursor.
    async fn page(&self, limit: u64) -> Result<Bytes, Rejected> {
        for _ in 0..ATTEMPTS {
            let permit = match self.limits.page().await {
                Ok(permit) => permit,
                // It has waited for others; a list that is begun goes on waiting.
                Err(_) if self.is_begun() => continue,
                Err(error) => return Err(error.into()),
            };
            let work = self.operation.clone().run(self.page_request(limit)?);
            let response = request_id::scope(self.request_id, work).await;
            if response.status() == StatusCode::OK {
                return to_bytes(response.into_body(), usize::MAX).await.map_err(internal);
            }
            drop(permit);
            let Some(seconds) = self.wait_seconds(&response) else {
                return Err(response.into());
            };
            tokio::time::sleep(Duration::from_secs(seconds)).await;
        }
        Err(Error::limited("the server is too busy to read the whole list", 60).into())
    }

    fn is_begun(&self) -> bool {
        self.cursor != self.start || self.state == Reading::Second
    }

    /// How long to wait before a rejected page is retried; none when the rejection is permanent, and for
    /// the first page: then the client waits.
    fn wait_seconds(&self, response: &Response) -> Option<u64> {
        let is_for_now = matches!(
            response.status(),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        );
        let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
        (self.is_begun() && is_for_now).then_some(u64::clamp(seconds, 1, MAX_WAIT_SECONDS))
    }

    fn page_request(&self, limit: u64) -> Result<Request, Rejected> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.parameters);
        query.append_pair("limit", &limit.to_string());
        if let Some(cursor) = &self.cursor {
            query.append_pair("cursor", cursor);
        }
        if let Some(parameter) = self.spec.without {
            query.append_pair(parameter, "0");
        }
        let uri = format!("{}?{}", self.request.uri.path(), query.finish());
        let mut parts = self.request.clone();
        parts.uri = uri.parse::<Uri>().map_err(internal)?;
        Ok(Request::from_parts(parts, Body::empty()))
    }
}

/// The keys of rows that were written, by a keyed hash of 64 bits each: of a million rows two share one with a
/// probability of 3 in 100 million.
#[derive(Default)]
struct SeenRows {
    hashes: HashSet<u64>,
    keys: RandomState,
}

impl SeenRows {
    /// Remembers a row; whether it is new.
    fn insert(&mut self, spec: &ListSpec, row: &JsonObject<'_>) -> bool {
        let key: Vec<Option<&str>> =
            spec.key.iter().map(|member| row.get(*member).map(|raw| raw.get())).collect();
        self.hashes.insert(self.keys.hash_one(&key))
    }
}

fn rows<'a>(body: &'a [u8], member: &str) -> Vec<JsonObject<'a>> {
    let members: JsonObject<'a> = serde_json::from_slice(body).unwrap_or_default();
    let rows = members.get(member).map(|raw| serde_json::from_str(raw.get()).unwrap_or_default());
    rows.unwrap_or_default()
}

fn text(members: &JsonObject<'_>, name: &str) -> Option<String> {
    serde_json::from_str::<Option<Cow<'_, str>>>(members.get(name)?.get())
        .ok()?
        .map(Cow::into_owned)
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Rejected {
    Error::from(engine::Error::internal(error)).into()
}
