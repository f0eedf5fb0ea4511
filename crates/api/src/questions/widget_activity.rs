//! `GET /api/projects/{project_id}/widget-activity`.

use std::collections::BTreeMap;

use axum::extract::State;
use domain::id::WidgetId;
use domain::question;
use domain::widget::WidgetKind;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::scope::{PeriodQuery, local_period};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Every widget of the project, and deleted ones that were loaded, opened or called in the period. Demo
/// widgets store nothing and are left out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WidgetActivities)]
pub(crate) struct WidgetActivityList {
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
    widgets: Vec<WidgetActivityAnswer>,
}

/// One widget over the period, without bots.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WidgetActivity)]
pub(crate) struct WidgetActivityAnswer {
    widget_id: Uuid,
    /// Null when it was deleted.
    name: Option<String>,
    loads: u64,
    opens: u64,
    /// Calls begun.
    calls: u64,
    /// Sessions in which it was loaded: the whole of both rates.
    sessions: u64,
    /// The share of these sessions in which it was opened, 0 to 1; null without a load, and for inline
    /// widgets, which are not opened.
    open_rate: Option<f64>,
    /// The share of these sessions in which a call began, 0 to 1; null without a load.
    call_rate: Option<f64>,
}

impl WidgetActivityAnswer {
    fn new(activity: question::WidgetActivity, widget: Option<(String, WidgetKind)>) -> Self {
        let (name, kind) = widget.unzip();
        Self {
            widget_id: activity.widget_id.0,
            name,
            loads: activity.loads,
            opens: activity.opens,
            calls: activity.calls,
            sessions: activity.loaded_sessions,
            open_rate: activity.open_rate().filter(|_| kind != Some(WidgetKind::Inline)),
            call_rate: activity.call_rate(),
        }
    }
}

/// Are widgets seen, opened and called?
#[utoipa::path(
    get, path = "/api/projects/{project_id}/widget-activity", tag = "Questions", operation_id = "widget_activity",
    params(("project_id" = Uuid, Path), PeriodQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = WidgetActivityList), Viewer, Unprocessable),
)]
pub(super) async fn widget_activity(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PeriodQuery>,
) -> Result<Json<WidgetActivityList>, Error> {
    let project = allowed.project_id;
    let period = local_period(&query, &app, project).await?;
    let found = app.analytics.permit().await?.widget_activity(project, period).await?;
    let mut found: BTreeMap<WidgetId, question::WidgetActivity> =
        found.into_iter().map(|activity| (activity.widget_id, activity)).collect();
    let mut widgets = Vec::new();
    for widget in app.widgets.list(project).await?.into_iter().filter(|widget| !widget.is_demo) {
        let none = question::WidgetActivity::none(widget.id);
        let activity = found.remove(&widget.id).unwrap_or(none);
        widgets.push(WidgetActivityAnswer::new(activity, Some((widget.name, widget.kind))));
    }
    let deleted = found.into_values().map(|activity| WidgetActivityAnswer::new(activity, None));
    widgets.extend(deleted);
    let (from, to) = (period.from().to_rfc3339(), period.to().to_rfc3339());
    Ok(Json(WidgetActivityList { from, to, widgets }))
}
