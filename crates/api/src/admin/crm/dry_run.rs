//! `POST /api/projects/{project_id}/crm/rules/dry-run`.

use axum::extract::State;
use domain::crm::{DryRunTotals, RuleSet, Task};
use engine::crm::{DryRunExample, RulesDryRun};
use engine::ports::catalog::Contact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contact_answer::ContactAnswer;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json};
use crate::state::App;

/// Days looked back when a request names none.
const DEFAULT_DAYS: u32 = 30;

/// Rules to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesToTry {
    /// As they would be put in force.
    #[schema(value_type = Object)]
    rules: RuleSet,
    /// How far back they are taken to have been in force: 1 to 90 days; 30 by default.
    days: Option<u32>,
}

/// Differences that rules would have made. Another `abandon_after_minutes` makes no abandoned bookings of the past.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesDryRun)]
pub(super) struct RulesDryRunAnswer {
    /// The rules are taken to have been in force since then.
    #[schema(format = DateTime)]
    since: String,
    /// Contacts looked at, those active last first.
    contacts: usize,
    /// Whether these are all that were active since then.
    is_complete: bool,
    /// Contacts that would differ.
    changed_contacts: u64,
    /// Most contacts first.
    statuses: Vec<StatusDifference>,
    /// Tasks that would have been opened, most first.
    tasks_opened: Vec<TaskDifference>,
    /// Tasks that would not have been opened, most first.
    tasks_not_opened: Vec<TaskDifference>,
    /// Contacts that would differ, those active last first, 10 at most.
    examples: Vec<DryRunExampleAnswer>,
}

/// Contacts that would have another status.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StatusDifference {
    /// The status they have.
    from: String,
    /// The status they would have.
    to: String,
    contacts: u64,
}

/// Tasks of one title.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskDifference {
    title: String,
    tasks: u64,
}

/// A contact that would differ.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DryRunExample)]
pub(super) struct DryRunExampleAnswer {
    /// As it is.
    contact: ContactAnswer,
    /// The status it would have; null where that is the same.
    lead_status: Option<String>,
    /// Titles of tasks that would have been opened.
    tasks_opened: Vec<String>,
    /// Titles of tasks that would not have been opened.
    tasks_not_opened: Vec<String>,
}

impl From<RulesDryRun> for RulesDryRunAnswer {
    fn from(run: RulesDryRun) -> Self {
        let DryRunTotals { statuses, opened, not_opened, contacts } = run.totals;
        let mut statuses: Vec<_> = statuses
            .into_iter()
            .map(|((from, to), contacts)| StatusDifference { from, to, contacts })
            .collect();
        statuses.sort_by_key(|difference| std::cmp::Reverse(difference.contacts));
        let tasks = |counts: std::collections::BTreeMap<String, u64>| {
            let counts = counts.into_iter();
            let mut tasks: Vec<_> =
                counts.map(|(title, tasks)| TaskDifference { title, tasks }).collect();
            tasks.sort_by_key(|difference| std::cmp::Reverse(difference.tasks));
            tasks
        };
        Self {
            since: run.since.to_rfc3339(),
            contacts: run.contacts,
            is_complete: run.is_complete,
            changed_contacts: contacts,
            statuses,
            tasks_opened: tasks(opened),
            tasks_not_opened: tasks(not_opened),
            examples: run.examples.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<DryRunExample> for DryRunExampleAnswer {
    fn from(DryRunExample { contact, state, difference }: DryRunExample) -> Self {
        let titles = |tasks: Vec<Task>| tasks.into_iter().map(|task| task.seed.title).collect();
        Self {
            contact: Contact { id: contact, state, lead_score: None }.into(),
            lead_status: difference.status,
            tasks_opened: titles(difference.opened),
            tasks_not_opened: titles(difference.not_opened),
        }
    }
}

/// Says what rules would have changed about contacts that were active lately, had they been in force. Nothing is
/// changed.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/crm/rules/dry-run", tag = "Questions", operation_id = "dry_run_crm_rules",
    params(("project_id" = uuid::Uuid, Path)), request_body = RulesToTry,
    responses((status = 200, body = RulesDryRunAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn dry_run(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Json(tried): Json<RulesToTry>,
) -> Result<Json<RulesDryRunAnswer>, Error> {
    let days = tried.days.unwrap_or(DEFAULT_DAYS);
    Ok(Json(app.crm.dry_run_rules(allowed.project_id, tried.rules, days).await?.into()))
}
