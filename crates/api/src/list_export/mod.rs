//! Whole lists as CSV, for every operation that answers a list page by page.
//!
//! Asked for with `format=csv` or `Accept: text/csv`, such an operation answers all rows of its filters in
//! its sort, written as they are read: the operation itself is run for each page, so that whatever it
//! demands of a caller holds for every page. One page is in memory, and a hash of each row of a list whose
//! rows may move. `format=count` answers how many rows there are. [`lists`] names the lists, [`columns`] makes
//! their columns of the OpenAPI document, [`file`] writes them, within [`limits`].

mod columns;
mod document;
mod file;
mod format;
mod limits;
mod lists;
mod pages;

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::time::Timestamp;
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;

use self::columns::Column;
use self::format::ListFormat;
use self::limits::ExportLimits;
use self::lists::ListSpec;
use self::pages::{ListPages, Rejected};
use crate::extract::Json;
use crate::state::App;

pub(crate) use document::complete;

/// Rows of one file, at most.
const MAX_ROWS: u64 = 1_000_000;
/// Rows that are counted one by one; a count that ends there has `is_more`.
const MAX_COUNTED: u64 = 10_000;
/// Parameters that choose a page, and those that the layer reads.
const PAGE_PARAMETERS: [&str; 3] = ["format", "limit", "cursor"];

/// How many rows a list has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowCount {
    rows: u64,
    /// Whether there are more: rows are counted up to 10,000 where the list does not know its length.
    is_more: bool,
    /// The maximum number of rows of a file; a file that is cut says so in its last line.
    row_limit: u64,
}

/// The lists of a document, by the path of their operation.
#[derive(Debug, Clone)]
pub(crate) struct ListExports {
    lists: Arc<HashMap<String, ExportedList>>,
    limits: Arc<ExportLimits>,
}

#[derive(Debug)]
struct ExportedList {
    spec: &'static ListSpec,
    columns: Vec<Column>,
    /// Whether it has a period; all pages share its end.
    has_period: bool,
}

impl ListExports {
    pub(crate) fn from_document(document: &OpenApi) -> Self {
        Self { lists: Arc::new(document::lists(document)), limits: Arc::default() }
    }

    fn of(&self, request: &Request) -> Option<&ExportedList> {
        if request.method() != Method::GET {
            return None;
        }
        self.lists.get(request.extensions().get::<MatchedPath>()?.as_str())
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
        Ok(ListFormat::Csv) => {
            file::answer(&app, (&exports, list), request.into_parts().0, next).await
        }
        Ok(ListFormat::Count) => count(&app, (&exports, list), request.into_parts().0, next).await,
        // Missing permission is reported before an invalid `format`.
        Err(error) => match next.run(request).await {
            page if page.status() == StatusCode::OK => Err(error.into()),
            unread => Ok(unread),
        },
    };
    answered.unwrap_or_else(Rejected::into_response)
}

async fn count(
    app: &App,
    (exports, list): (&ListExports, &ExportedList),
    request: Parts,
    next: Next,
) -> Result<Response, Rejected> {
    let mut pages = pages((exports, list), request, next, Wanted::Count, app.clock.now());
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

/// The purpose a list is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Its rows, so many at most.
    Rows(u64),
    /// How many there are.
    Count,
}

/// The pages of a request's list. A period without an end ends now, for all of them.
fn pages(
    (exports, list): (&ListExports, &ExportedList),
    request: Parts,
    next: Next,
    wanted: Wanted,
    now: Timestamp,
) -> ListPages {
    let query = form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes());
    let (own, mut shared): (Vec<(String, String)>, _) =
        query.into_owned().partition(|(name, _)| PAGE_PARAMETERS.contains(&name.as_str()));
    shared.retain(|(name, _)| Some(name.as_str()) != list.spec.without);
    let is_open = list.has_period && !shared.iter().any(|(name, _)| name == "to");
    let ends_now = is_open.then(|| now.to_rfc3339());
    shared.extend(ends_now.clone().map(|to| ("to".to_owned(), to)));
    let start = own.into_iter().find(|(name, _)| name == "cursor").map(|(_, cursor)| cursor);
    if let (Wanted::Count, None, Some(parameter)) = (wanted, &start, list.spec.total_by) {
        shared.push((parameter.to_owned(), true.to_string()));
    }
    let reading = (list.spec, next, Arc::clone(&exports.limits));
    ListPages::new(reading, request, (shared, ends_now), start, wanted)
}
