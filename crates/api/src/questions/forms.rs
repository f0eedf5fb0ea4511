//! `GET /api/projects/{project_id}/forms`: forms by field, and the visits that gave up in one.

use axum::extract::State;
use domain::question::forms::{FieldFigures, FormAbandonment, FormChoice, FormFigures};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::scope::{PeriodAnswer, ScopeQuery, non_empty};
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query, Viewer};
use crate::state::App;

const DEFAULT_FORMS: u32 = 50;
const DEFAULT_ABANDONMENTS: u32 = 20;
const MAX_ROWS: u32 = 200;

/// How many rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormsQuery {
    /// 1 to 200 forms; 50 by default.
    limit: Option<u32>,
}

/// Which starts. They are not called as in `PeriodAndFilters`: a filter narrows, these choose.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AbandonmentsQuery {
    /// The path of the form's page.
    form_path: String,
    /// The form's name.
    form: String,
    /// The field that was touched last; any by default.
    field: Option<String>,
    /// 1 to 200 starts; 20 by default.
    limit: Option<u32>,
}

/// Forms that visitors began, by field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormList)]
pub(crate) struct FormsAnswer {
    period: PeriodAnswer,
    /// Most starts first.
    forms: Vec<FormAnswer>,
    /// Forms with starts, those beyond the limit among them.
    total: u64,
    /// Starts of forms beyond the first 500 that were met; they are not counted above.
    other_starts: u64,
}

/// A form on a page. A start is a visit of the form that reached a field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormFigures)]
pub(crate) struct FormAnswer {
    path: String,
    /// Its name, id, label or selector.
    form: String,
    starts: u64,
    /// Starts that were submitted, without a refused or changed field afterwards.
    submissions: u64,
    /// Starts of the period before.
    previous_starts: u64,
    previous_submissions: u64,
    /// Median from the first field to the submission, in seconds.
    median_seconds: Option<f64>,
    /// In the order of the form.
    fields: Vec<FieldAnswer>,
}

/// A field of a form.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldFigures)]
pub(crate) struct FieldAnswer {
    /// Its name, id or selector.
    field: String,
    /// Its control, such as `email` or `select`.
    kind: String,
    /// Starts in which it was focused, clicked or changed.
    reached: u64,
    /// Starts that were not submitted and touched it last.
    abandoned: u64,
    /// Median of the time in it, in seconds.
    median_seconds: Option<f64>,
    /// Starts that went back to change it.
    corrected: u64,
    /// Starts in which it was refused.
    refused: u64,
    /// Starts that reached it and left it empty.
    left_empty: u64,
}

/// Starts of a form that were not submitted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormAbandonmentList)]
pub(crate) struct AbandonmentsAnswer {
    period: PeriodAnswer,
    /// Latest first.
    abandonments: Vec<AbandonmentAnswer>,
    /// All of them, those beyond the limit among them.
    total: u64,
}

/// A start that was not submitted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormAbandonment)]
pub(crate) struct AbandonmentAnswer {
    session_id: Option<String>,
    user_id: Option<String>,
    #[schema(format = DateTime)]
    started_at: String,
    /// The field touched last.
    last_field: Option<String>,
    /// Until the last thing done.
    duration_ms: u32,
}

impl From<FormFigures> for FormAnswer {
    fn from(form: FormFigures) -> Self {
        Self {
            path: form.path,
            form: form.form,
            starts: form.starts,
            submissions: form.submissions,
            previous_starts: form.previous_starts,
            previous_submissions: form.previous_submissions,
            median_seconds: form.median_seconds,
            fields: form.fields.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<FieldFigures> for FieldAnswer {
    fn from(field: FieldFigures) -> Self {
        Self {
            field: field.field,
            kind: field.kind,
            reached: field.reached,
            abandoned: field.abandoned,
            median_seconds: field.median_seconds,
            corrected: field.corrected,
            refused: field.refused,
            left_empty: field.left_empty,
        }
    }
}

impl From<FormAbandonment> for AbandonmentAnswer {
    fn from(start: FormAbandonment) -> Self {
        Self {
            session_id: start.session_id,
            user_id: start.user_id,
            started_at: start.started_at.to_rfc3339(),
            last_field: start.last_field,
            duration_ms: start.duration_ms,
        }
    }
}

/// Forms by field: which ones visitors reach, take long for, correct, are refused at and abandon.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/forms", tag = "Questions", operation_id = "forms",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, FormsQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = FormsAnswer), Viewer, Unprocessable),
)]
pub(super) async fn forms(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(rows): Query<FormsQuery>,
) -> Result<Json<FormsAnswer>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let limit = rows.limit.unwrap_or(DEFAULT_FORMS).clamp(1, MAX_ROWS) as usize;
    let answer = app.analytics.permit().await?.forms(&scope, limit).await?;
    Ok(Json(FormsAnswer {
        period: scope.period.into(),
        forms: answer.forms.into_iter().map(Into::into).collect(),
        total: answer.total,
        other_starts: answer.other_starts,
    }))
}

/// The visits that gave up in a form, or at one of its fields.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/forms/abandonments", tag = "Questions",
    operation_id = "form_abandonments",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, AbandonmentsQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = AbandonmentsAnswer), Analyst, Unprocessable),
)]
pub(super) async fn abandonments(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<ScopeQuery>,
    Query(wanted): Query<AbandonmentsQuery>,
) -> Result<Json<AbandonmentsAnswer>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let limit = wanted.limit.unwrap_or(DEFAULT_ABANDONMENTS).clamp(1, MAX_ROWS) as usize;
    let choice =
        FormChoice { path: wanted.form_path, form: wanted.form, field: non_empty(wanted.field) };
    let permit = app.analytics.permit().await?;
    let found = permit.form_abandonments(&scope, &choice, limit).await?;
    Ok(Json(AbandonmentsAnswer {
        period: scope.period.into(),
        abandonments: found.abandonments.into_iter().map(Into::into).collect(),
        total: found.total,
    }))
}
