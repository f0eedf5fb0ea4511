//! `GET /api/billing/usage`: calls and what they cost, by session, day or month.

use axum::extract::State;
use domain::id::{ProjectId, WidgetId};
use domain::question::Period;
use domain::role::Role;
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::billing::UsageGrouping;
use engine::ports::catalog::CallFilter;
use serde::Deserialize;
use utoipa::IntoParams;

use super::usage_answer::UsageAnswer;
use crate::audit::AuditContext;
use crate::cursor;
use crate::error::{Error, Problem};
use crate::extract::{Analyst, Caller, Json, Query};
use crate::state::App;

/// Named in cursors; only sessions come in pages.
const LIST: &str = "usage";
/// The period when none is given: the last 30 days, in seconds.
const DEFAULT_PERIOD_SECONDS: i64 = 30 * 86_400;
/// Sessions of one answer, unless asked otherwise.
const DEFAULT_SESSIONS: u32 = 100;
const MAX_SESSIONS: u32 = 1_000;

/// Which usage.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UsageQuery {
    /// The first instant: RFC 3339, milliseconds, or a date of the project's time zone; 30 days before `to` by
    /// default.
    from: Option<String>,
    /// The first instant after the period; now by default.
    to: Option<String>,
    /// One widget only.
    widget_id: Option<String>,
    /// `session`, `day` or `month`; `day` by default.
    group: Option<String>,
    /// By session: only those whose span is not their talk time, each with the reasons.
    differing: Option<bool>,
    /// Sessions of one answer: 1 to 1,000, 100 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Whose usage.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ProjectQuery {
    /// The project; not needed with a secret key, or by a member of exactly one.
    project_id: Option<String>,
}

/// The usage of a project's calls.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/billing/usage", tag = "Billing", operation_id = "project_usage",
    params(("project_id" = Uuid, Path), UsageQuery),
    responses((status = 200, body = UsageAnswer), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn project_usage(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<UsageQuery>,
) -> Result<Json<UsageAnswer>, Error> {
    answer(&app, allowed.project_id, &query).await
}

/// The same of a secret key's project, of the project that a member names, or of their only one.
#[utoipa::path(
    get, path = "/api/billing/usage", tag = "Billing", operation_id = "usage",
    params(ProjectQuery, UsageQuery),
    responses(
        (status = 200, body = UsageAnswer), Analyst,
        (status = 400, body = Problem, description = "A value is invalid, or the project is ambiguous"),
    ),
)]
pub(super) async fn usage(
    State(app): State<App>,
    caller: Caller,
    trail: AuditContext,
    Query(which): Query<ProjectQuery>,
    Query(query): Query<UsageQuery>,
) -> Result<Json<UsageAnswer>, Error> {
    let named = which.project_id.as_deref().filter(|text| !text.is_empty());
    let named = named.map(str::parse).transpose();
    let named = named.map_err(|_| engine::Error::NotFound("project"))?;
    let allowed = caller.allowed_in(&app, named, Role::Analyst).await?;
    trail.set_project(allowed.project_id);
    answer(&app, allowed.project_id, &query).await
}

async fn answer(
    app: &App,
    project: ProjectId,
    query: &UsageQuery,
) -> Result<Json<UsageAnswer>, Error> {
    let zone = app.project_settings.time_zone(project).await?;
    let filter = filter(query, app.clock.now(), zone)?;
    let group = group(query.group.as_deref())?;
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_SESSIONS).clamp(1, MAX_SESSIONS);
    let report = app.billing.usage(project, filter, group, (after, limit)).await?;
    let next = report.next.map(|session| cursor::write(LIST, &session)).transpose()?;
    let first_call_at = app.billing.first_call_at(project).await?;
    Ok(Json(UsageAnswer::new(filter.period, report, first_call_at, next)))
}

fn filter(query: &UsageQuery, now: Timestamp, zone: Zone) -> Result<CallFilter, Error> {
    let read = |field, text: &Option<String>| {
        text.as_deref().map(|text| instant(field, text, zone)).transpose()
    };
    let to = read("to", &query.to)?.unwrap_or(now);
    let from = read("from", &query.from)?;
    let from = from.unwrap_or_else(|| to.plus_seconds(-DEFAULT_PERIOD_SECONDS));
    let period =
        Period::new(from, to).map_err(|error| Error::invalid("from", error.to_string()))?;
    let period = period.in_zone(zone);
    let widget_id = query.widget_id.as_deref().filter(|text| !text.is_empty());
    let widget_id = widget_id.map(str::parse::<WidgetId>).transpose();
    let widget_id =
        widget_id.map_err(|_| Error::invalid("widget_id", "widget_id must be a UUID"))?;
    let differing_only = query.differing.unwrap_or(false);
    if differing_only && query.group.as_deref() != Some("session") {
        let detail = "differing requires group=session";
        return Err(Error::invalid("differing", detail));
    }
    Ok(CallFilter { period, widget_id, differing_only })
}

/// An instant; a date stands for its beginning.
fn instant(field: &'static str, text: &str, zone: Zone) -> Result<Timestamp, Error> {
    let is_date = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    let read = if is_date { zone.parse_date(text) } else { Timestamp::parse(text) };
    read.map_err(|error| Error::invalid(field, format!("{field} is {error}")))
}

fn group(text: Option<&str>) -> Result<UsageGrouping, Error> {
    match text {
        None | Some("" | "day") => Ok(UsageGrouping::Day),
        Some("session") => Ok(UsageGrouping::Session),
        Some("month") => Ok(UsageGrouping::Month),
        Some(_) => Err(Error::not_allowed("group", vec!["session", "day", "month"])),
    }
}
