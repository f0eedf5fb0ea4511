//! The server's jobs, and running one now.

use axum::extract::{Path, State};
use domain::time::Timestamp;
use engine::jobs::{JobName, JobOutcome, JobRun, JobStatus};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::audit::AuditContext;
use crate::error::Error;
use crate::extract::{Json, ServerOwner};
use crate::state::App;

/// A job and its runs on this server, since it started.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub(super) struct JobAnswer {
    name: JobNameText,
    /// The interval of its automatic runs.
    interval_seconds: u64,
    /// When the current run began; null when it is not running.
    #[schema(format = DateTime)]
    running_since: Option<String>,
    /// When it runs next; null when it does not run automatically.
    #[schema(format = DateTime)]
    next_run_at: Option<String>,
    /// The latest run that ended.
    last_run: Option<JobRunAnswer>,
    /// The latest run that failed.
    last_failure: Option<JobRunAnswer>,
    /// Runs that ended.
    runs: u64,
    /// Runs that failed.
    failures: u64,
}

/// A run of a job that has ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobRun)]
pub(super) struct JobRunAnswer {
    #[schema(format = DateTime)]
    started_at: String,
    duration_ms: f64,
    /// Why it failed; null when it succeeded. The causes are in the server's log only.
    error: Option<String>,
    /// How much work there was, such as `checked` and `completed` calls; empty for jobs that count nothing.
    counts: Vec<JobCountAnswer>,
}

/// Something a run counted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobCount)]
struct JobCountAnswer {
    name: &'static str,
    count: u64,
}

/// The name of a job.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct JobNameText(&'static str);

impl PartialSchema for JobNameText {
    fn schema() -> RefOr<Schema> {
        let names = JobName::ALL.map(JobName::as_str);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for JobNameText {
    fn name() -> std::borrow::Cow<'static, str> {
        "JobName".into()
    }
}

impl From<JobStatus> for JobAnswer {
    fn from(status: JobStatus) -> Self {
        let text = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339);
        Self {
            name: JobNameText(status.name.as_str()),
            interval_seconds: status.interval.as_secs(),
            running_since: text(status.running_since),
            next_run_at: text(status.next_run_at),
            last_run: status.last_run.map(Into::into),
            last_failure: status.last_failure.map(Into::into),
            runs: status.runs,
            failures: status.failures,
        }
    }
}

impl From<JobRun> for JobRunAnswer {
    fn from(JobRun { started_at, took, outcome }: JobRun) -> Self {
        let (counts, error) = match outcome {
            JobOutcome::Completed(counts) => (counts, None),
            JobOutcome::Failed(reason) => (Vec::new(), Some(reason)),
        };
        let counts = counts.into_iter().map(|(name, count)| JobCountAnswer { name, count });
        Self {
            started_at: started_at.to_rfc3339(),
            duration_ms: took.as_secs_f64() * 1_000.0,
            error,
            counts: counts.collect(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct JobPath {
    name: String,
}

/// Runs a job of this server now and answers what it did. A job runs once at a time.
#[utoipa::path(
    post, path = "/api/operations/jobs/{name}/run", tag = "Operations", operation_id = "run_job",
    params(("name" = JobNameText, Path)),
    responses(
        (status = 200, body = JobRunAnswer),
        ServerOwner,
        (status = 404, description = "No job has this name", body = crate::error::Problem),
        (status = 409, description = "The job is already running", body = crate::error::Problem),
        (status = 503, description = "A store is unavailable; see Retry-After", body = crate::error::Problem),
    ),
)]
pub(super) async fn run_job(
    State(app): State<App>,
    _owner: ServerOwner,
    trail: AuditContext,
    Path(path): Path<JobPath>,
) -> Result<Json<JobRunAnswer>, Error> {
    let name = JobName::parse(&path.name).ok_or(engine::Error::NotFound("job"))?;
    trail.set_target(&name.as_str());
    let run = app.jobs.run_now(name).await?;
    Ok(Json(run.into()))
}
