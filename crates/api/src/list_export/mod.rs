//! Whole lists as CSV, for every operation that answers a list page by page.
//!
//! Asked for with `format=csv` or `Accept: text/csv`, such an operation answers all rows of its filters in
//! its sort, written as they are read: the operation itself is run for each page, so that whatever it
//! demands of a caller holds for every page, and only one page is in memory. `format=count` answers how many
//! rows there are. [`lists`] names the lists, [`columns`] makes their columns of the OpenAPI document.

mod columns;
mod document;
mod format;
mod lists;
mod pages;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts as _, MatchedPath, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use domain::time::Timestamp;
use futures::stream;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;

use self::columns::{Column, JsonObject, Value};
use self::format::ListFormat;
use self::lists::ListSpec;
use self::pages::{ListPages, Rejected};
use crate::csv::{Cell, Csv};
use crate::error::Error;
use crate::extract::Json;
use crate::state::App;

pub(crate) use document::complete;

/// Rows of one file, at most.
const MAX_ROWS: u64 = 1_000_000;
/// Rows that are counted one by one; of more it is said that they are more.
const MAX_COUNTED: u64 = 100_000;
/// Lists that are read at once.
const MAX_AT_ONCE: usize = 8;
/// Seconds after which to try again when more are asked for.
const TRY_AGAIN_SECONDS: u32 = 10;
/// Says how many rows a file has at most.
const ROW_LIMIT: HeaderName = HeaderName::from_static("x-row-limit");
/// Parameters that choose a page, and those that the layer reads.
const PAGE_PARAMETERS: [&str; 3] = ["format", "limit", "cursor"];

/// How many rows a list has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowCount {
    rows: u64,
    /// Whether there are more: rows are counted up to 100,000 where the list does not know its length.
    is_more: bool,
    /// Rows of a file, at most; one that is cut says so in its last line.
    row_limit: u64,
}

/// The lists of a document, by the path of their operation.
#[derive(Debug, Clone)]
pub(crate) struct ListExports {
    lists: Arc<HashMap<String, ExportedList>>,
    permits: Arc<Semaphore>,
}

#[derive(Debug)]
struct ExportedList {
    spec: &'static ListSpec,
    columns: Vec<Column>,
    /// Whether it has a period, whose end is the same for all pages.
    has_period: bool,
}

impl ListExports {
    pub(crate) fn from_document(document: &OpenApi) -> Self {
        let permits = Arc::new(Semaphore::new(MAX_AT_ONCE));
        Self { lists: Arc::new(document::lists(document)), permits }
    }

    fn of(&self, request: &Request) -> Option<&ExportedList> {
        if request.method() != Method::GET {
            return None;
        }
        self.lists.get(request.extensions().get::<MatchedPath>()?.as_str())
    }

    fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        Arc::clone(&self.permits).try_acquire_owned().map_err(|_| {
            Error::limited("as many lists are read as can be at once", TRY_AGAIN_SECONDS)
        })
    }
}

/// Answers a request for a whole list; every other one as its operation does.
pub(crate) async fn answer(
    State((app, exports)): State<(App, ListExports)>,
    request: Request,
    next: Next,
) -> Response {
    let Some(list) = exports.of(&request) else { return next.run(request).await };
    let query = request.uri().query().unwrap_or_default();
    let answered = match ListFormat::of(query, request.headers()) {
        Ok(ListFormat::Json) => return next.run(request).await,
        Ok(ListFormat::Csv) => file(&app, (&exports, list), request.into_parts().0, next).await,
        Ok(ListFormat::Count) => count(&app, (&exports, list), request.into_parts().0, next).await,
        // Whoever may not read the list learns that first.
        Err(error) => match next.run(request).await {
            page if page.status() == StatusCode::OK => Err(error.into()),
            unread => Ok(unread),
        },
    };
    answered.unwrap_or_else(Rejected::into_response)
}

/// A file that is being written.
struct ListFile {
    pages: ListPages,
    columns: Vec<Column>,
    row_limit: u64,
    is_begun: bool,
    _permit: OwnedSemaphorePermit,
}

async fn file(
    app: &App,
    (exports, list): (&ListExports, &ExportedList),
    request: Parts,
    next: Next,
) -> Result<Response, Rejected> {
    let now = app.clock.now();
    let Some(row_limit) = limit(&request) else {
        return Ok(next.run(Request::from_parts(request, Body::empty())).await);
    };
    let permit = exports.permit()?;
    let name = file_name(app, list.spec, &request, now);
    let pages = pages(list, request.clone(), next, row_limit, now);
    let columns = list.columns.clone();
    let mut file = ListFile { pages, columns, row_limit, is_begun: false, _permit: permit };
    // The first page comes before the answer's status: what the operation refuses is answered as it is.
    let head = file.part().await?.unwrap_or_default();
    let rest = stream::try_unfold(file, async |mut file| {
        let part = file.part().await.map_err(|rejected| {
            let status = rejected.into_response().status();
            tracing::warn!(%status, "a list was not exported to its end");
            io::Error::other("the list cannot be read to its end")
        })?;
        Ok::<_, io::Error>(part.map(|part| (part, file)))
    });
    let parts = futures::StreamExt::chain(stream::iter([Ok(head)]), rest);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", name.await)),
        (ROW_LIMIT, row_limit.to_string()),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

impl ListFile {
    /// The rows of the next page; none after the last.
    async fn part(&mut self) -> Result<Option<Bytes>, Rejected> {
        let mut csv = Csv::default();
        let (columns, is_begun) = (&mut self.columns, &mut self.is_begun);
        let end = self.pages.next(|rows| {
            if !std::mem::replace(is_begun, true) {
                // JsonObject that such rows never have, as a day has no session.
                columns
                    .retain(|column| rows.is_empty() || rows.iter().any(|row| column.is_in(row)));
                csv.row(columns.iter().map(|column| Cell::Text(&column.name)));
            }
            for row in rows {
                push_row(&mut csv, columns, row);
            }
        });
        let Some(end) = end.await? else { return Ok(None) };
        if let Some(cursor) = end.cut_at {
            let limit = self.row_limit;
            let note = format!("Cut after {limit} rows. The rest begins with cursor={cursor}");
            csv.row([Cell::Text(&note)]);
        }
        Ok(Some(Bytes::from(csv.finish())))
    }
}

fn push_row(csv: &mut Csv, columns: &[Column], row: &JsonObject<'_>) {
    let values: Vec<Value> = columns.iter().map(|column| column.value(row)).collect();
    csv.row(values.iter().map(|value| match value {
        Value::Null => Cell::Null,
        Value::Plain(text) => Cell::Number(text),
        Value::Text(text) => Cell::Text(text),
    }));
}

async fn count(
    app: &App,
    (exports, list): (&ListExports, &ExportedList),
    request: Parts,
    next: Next,
) -> Result<Response, Rejected> {
    let _permit = exports.permit()?;
    let mut pages = pages(list, request, next, MAX_COUNTED, app.clock.now());
    let mut count = RowCount { rows: 0, is_more: false, row_limit: MAX_ROWS };
    while let Some(end) = pages.next(|_| ()).await? {
        count.rows += end.fresh;
        count.is_more = end.cut_at.is_some();
        if let Some(total) = end.total {
            count = RowCount { rows: total, is_more: false, ..count };
            break;
        }
    }
    let media_type = [(header::CONTENT_TYPE, document::COUNT)];
    Ok((media_type, Json(count)).into_response())
}

/// The pages of a request's list. A period without an end ends now, for all of them.
fn pages(
    list: &ExportedList,
    request: Parts,
    next: Next,
    wanted: u64,
    now: Timestamp,
) -> ListPages {
    let query = form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes());
    let (own, mut shared): (Vec<(String, String)>, _) =
        query.into_owned().partition(|(name, _)| PAGE_PARAMETERS.contains(&name.as_str()));
    shared.retain(|(name, _)| Some(name.as_str()) != list.spec.without);
    if list.has_period && !shared.iter().any(|(name, _)| name == "to") {
        shared.push(("to".to_owned(), now.to_rfc3339()));
    }
    let start = own.into_iter().find(|(name, _)| name == "cursor").map(|(_, cursor)| cursor);
    ListPages::new((list.spec, next), request, shared, start, wanted)
}

/// Rows that a file may have: the request's `limit`, within what is allowed. None when that is no
/// number, which the operation itself answers.
fn limit(request: &Parts) -> Option<u64> {
    let query = request.uri.query().unwrap_or_default();
    let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "limit");
    let limit = found.map_or(Some(MAX_ROWS), |(_, text)| text.parse().ok())?;
    Some(limit.clamp(1, MAX_ROWS))
}

/// `shop-customers-2026-11-21.csv`; without the project where the path names none.
async fn file_name(app: &App, spec: &ListSpec, request: &Parts, now: Timestamp) -> String {
    let day: String = now.to_rfc3339().chars().take(10).collect();
    let rows = spec.file;
    match project_name(app, request.clone()).await {
        Some(project) => format!("{project}-{rows}-{day}.csv"),
        None => format!("{rows}-{day}.csv"),
    }
}

/// The name of the project in the path, in letters that every file system knows.
async fn project_name(app: &App, mut request: Parts) -> Option<String> {
    const MAX_CHARACTERS: usize = 40;
    let path = RawPathParams::from_request_parts(&mut request, &()).await.ok()?;
    let id = path.iter().find(|(name, _)| *name == "project_id")?.1.parse().ok()?;
    let name = app.auth.project(id).await.ok()?.name.to_lowercase();
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(MAX_CHARACTERS).collect();
    Some(name.trim_matches('-').to_owned()).filter(|name| !name.is_empty())
}
