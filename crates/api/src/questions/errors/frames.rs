//! The calls of a stack as answers show them, and `POST /api/projects/{project_id}/stack-frames`.

use axum::extract::State;
use domain::limits::MAX_STACK_BYTES;
use domain::role::Role;
use domain::source_map::{ResolvedFrame, SourceContext};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json};
use crate::state::App;

/// One call of a stack, by the source map of its script where one is uploaded.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResolvedFrame)]
pub(crate) struct ResolvedFrameAnswer {
    /// Empty at the top level of a file.
    function: String,
    /// The source as its map names it; of a call that is not resolved, the script without folders and content hash.
    file: String,
    /// From 1.
    line: Option<u32>,
    /// From 1.
    column: Option<u32>,
    /// Whether it is the site's own code.
    is_in_app: bool,
    /// The script's address, for which a source map can be uploaded; null outside the site's scripts.
    script: Option<String>,
    /// Whether the script has a source map.
    has_source_map: bool,
    /// Whether file, line and column are of the source.
    is_resolved: bool,
    /// Null for viewers, and where the source map holds no sources.
    source_context: Option<SourceContextAnswer>,
}

/// The lines of a source around a call.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SourceContext)]
pub(crate) struct SourceContextAnswer {
    /// Up to 4 lines.
    before: Vec<String>,
    line: String,
    /// Up to 4 lines.
    after: Vec<String>,
}

/// A stack to resolve.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StackRequest {
    /// As an event has it, up to 8 KiB.
    stack: String,
    /// When it was met, RFC 3339 or milliseconds: the source maps of that time count.
    occurred_at: String,
}

/// The calls of a stack, in its order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolvedStack {
    frames: Vec<ResolvedFrameAnswer>,
}

impl From<SourceContext> for SourceContextAnswer {
    fn from(SourceContext { before, line, after }: SourceContext) -> Self {
        Self { before, line, after }
    }
}

/// Calls as a caller of this role may see them: the source is confidential.
pub(super) fn shown_to(role: Role, frames: Vec<ResolvedFrame>) -> Vec<ResolvedFrameAnswer> {
    let has_source = role.includes(Role::Analyst);
    let answer = |frame: ResolvedFrame| ResolvedFrameAnswer {
        function: frame.function,
        file: frame.file,
        line: frame.line,
        column: frame.column,
        is_in_app: frame.is_in_app,
        script: frame.script,
        has_source_map: frame.has_source_map,
        is_resolved: frame.is_resolved,
        source_context: frame.source_context.filter(|_| has_source).map(Into::into),
    };
    frames.into_iter().map(answer).collect()
}

/// Resolves the stack of an event by the project's source maps.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/stack-frames", tag = "Questions", operation_id = "stack_frames",
    params(("project_id" = Uuid, Path)), request_body = StackRequest,
    responses((status = 200, body = ResolvedStack), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn stack_frames(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Json(request): Json<StackRequest>,
) -> Result<Json<ResolvedStack>, Error> {
    if request.stack.len() > MAX_STACK_BYTES {
        return Err(engine::Error::invalid("stack", "stack must have at most 8 KiB").into());
    }
    let invalid = |error| Error::invalid("occurred_at", format!("occurred_at is {error}"));
    let at = Timestamp::parse(&request.occurred_at).map_err(invalid)?;
    let frames = app.source_maps.resolve(allowed.project_id, &request.stack, at).await?;
    Ok(Json(ResolvedStack { frames: shown_to(allowed.role, frames) }))
}
