//! A list's file: its rows as CSV, written as its pages are read. Instants carry the offset of the project's
//! time zone, the audit log names who took the file.

use std::io;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use domain::id::ProjectId;
use domain::time::Timestamp;
use domain::zone::Zone;
use futures::stream;
use url::form_urlencoded;

use super::columns::{Column, JsonObject, Value};
use super::limits::CountedFile;
use super::lists::ListSpec;
use super::pages::{ListPages, Rejected};
use super::{ExportedList, ListExports, MAX_ROWS, Wanted, pages};
use crate::audit::{self, AuditContext};
use crate::csv::{Cell, Csv};
use crate::error::Error;
use crate::state::App;

/// Says how many rows a file has at most.
const ROW_LIMIT: HeaderName = HeaderName::from_static("x-row-limit");

/// A file that is being written.
struct ListFile {
    pages: ListPages,
    columns: Vec<Column>,
    has_variants: bool,
    /// Of its instants.
    zone: Zone,
    row_limit: u64,
    is_begun: bool,
    _counted: CountedFile,
}

pub(super) async fn answer(
    app: &App,
    (exports, list): (&ListExports, &ExportedList),
    mut request: Parts,
    next: Next,
) -> Result<Response, Rejected> {
    let now = app.clock.now();
    let Some(row_limit) = limit(&request) else {
        return Ok(next.run(Request::from_parts(request, Body::empty())).await);
    };
    let trail = AuditContext::attach(&mut request);
    let mut pages = pages((exports, list), request.clone(), next, Wanted::Rows(row_limit), now);
    // The first page comes before the answer's status: what the operation refuses is answered as it is.
    let opened = pages.open().await;
    let counted = opened.and_then(|()| Ok(exports.limits.file(trail.actor_id())?));
    let status = counted.as_ref().map_or_else(Rejected::status, |_| StatusCode::OK);
    let operation = format!("export_{}", list.spec.operation_id);
    audit::write(app, &trail, operation, &mut request, status).await;
    let counted = counted?;
    let project = trail.project();
    let zone = match project {
        Some(project) => app.project_settings.time_zone(project).await.map_err(Error::from)?,
        None => Zone::UTC,
    };
    let name = file_name(app, list.spec, project, zone.day(now)).await;
    let columns = list.columns.clone();
    let has_variants = list.spec.has_variants;
    let file = ListFile {
        has_variants,
        pages,
        columns,
        zone,
        row_limit,
        is_begun: false,
        _counted: counted,
    };
    let parts = stream::try_unfold(file, async |mut file| {
        let part = file.part().await.map_err(|rejected| {
            tracing::warn!(status = %rejected.status(), "a list was exported incompletely");
            io::Error::other("the list cannot be read completely")
        })?;
        Ok::<_, io::Error>(part.map(|part| (part, file)))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (ROW_LIMIT, row_limit.to_string()),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

impl ListFile {
    /// The rows of the next page; none after the last.
    async fn part(&mut self) -> Result<Option<Bytes>, Rejected> {
        let mut csv = Csv::default();
        let (columns, is_begun, zone) = (&mut self.columns, &mut self.is_begun, self.zone);
        let has_variants = self.has_variants;
        let end = self.pages.next(|rows| {
            if !std::mem::replace(is_begun, true) {
                if has_variants {
                    columns.retain(|column| {
                        rows.is_empty() || rows.iter().any(|row| column.is_in(row))
                    });
                }
                csv.row(columns.iter().map(|column| Cell::Text(&column.name)));
            }
            for row in rows {
                push_row(&mut csv, columns, row, zone);
            }
        });
        let Some(end) = end.await? else { return Ok(None) };
        if let Some(cursor) = end.cut_at {
            let limit = self.row_limit;
            let until = self.pages.ends_now().map_or_else(String::new, |to| format!("&to={to}"));
            let note = format!("Cut after {limit} rows. Continue with cursor={cursor}{until}");
            csv.row([Cell::Text(&note)]);
        }
        Ok(Some(Bytes::from(csv.finish())))
    }
}

fn push_row(csv: &mut Csv, columns: &[Column], row: &JsonObject<'_>, zone: Zone) {
    let values: Vec<Value> = columns.iter().map(|column| column.value(row, zone)).collect();
    csv.row(values.iter().map(|value| match value {
        Value::Null => Cell::Null,
        Value::Plain(text) => Cell::Number(text),
        Value::Text(text) => Cell::Text(text),
    }));
}

/// Rows that a file may have: the request's `limit`, within what is allowed. None when that is no
/// number, which the operation itself answers.
fn limit(request: &Parts) -> Option<u64> {
    let query = request.uri.query().unwrap_or_default();
    let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "limit");
    let limit = found.map_or(Some(MAX_ROWS), |(_, text)| text.parse().ok())?;
    Some(limit.clamp(1, MAX_ROWS))
}

/// `shop-customers-2026-11-21.csv`; without the project where the request is of none.
async fn file_name(app: &App, spec: &ListSpec, project: Option<ProjectId>, day: i32) -> String {
    let day = Timestamp::date_of_day(day);
    let rows = spec.file;
    match project_name(app, project).await {
        Some(project) => format!("{project}-{rows}-{day}.csv"),
        None => format!("{rows}-{day}.csv"),
    }
}

/// The name of a project, in letters that every file system knows.
async fn project_name(app: &App, project: Option<ProjectId>) -> Option<String> {
    const MAX_CHARACTERS: usize = 40;
    let name = app.auth.project(project?).await.ok()?.name.to_lowercase();
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(MAX_CHARACTERS).collect();
    Some(name.trim_matches('-').to_owned()).filter(|name| !name.is_empty())
}
