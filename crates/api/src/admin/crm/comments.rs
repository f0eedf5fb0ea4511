//! `/api/projects/{project_id}/tasks/{task_id}/comments`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::crm::{ActivityId, TaskId};
use domain::id::MemberId;
use engine::ports::catalog::StoredComment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::tasks::task_id;
use crate::audit::AuditContext;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, AskingMember, Json};
use crate::state::App;

/// The comments on a task.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentList {
    /// Earliest first, 200 at most.
    comments: Vec<CommentAnswer>,
}

/// A comment on a task.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaskComment)]
pub(super) struct CommentAnswer {
    /// `activity_…`: an entry of the contact's timeline, too.
    pub(super) id: String,
    /// The member or secret key that wrote it.
    pub(super) author_id: Uuid,
    pub(super) text: String,
    /// Members it mentions.
    pub(super) mentions: Vec<Uuid>,
    #[schema(format = DateTime)]
    pub(super) at: String,
}

/// A comment to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewComment {
    /// 1 to 4,000 characters; line breaks are kept.
    text: String,
    /// Ids of members of the project, 20 at most: each finds the comment among their mentions.
    #[serde(default)]
    mentions: Vec<Uuid>,
}

/// The ids of a comment's path.
#[derive(Debug, Deserialize)]
pub(super) struct CommentPath {
    task_id: String,
    comment_id: Option<String>,
}

impl CommentPath {
    fn task(&self) -> Result<TaskId, Error> {
        task_id(&self.task_id)
    }

    fn comment(&self) -> Result<ActivityId, Error> {
        let id = self.comment_id.as_deref().unwrap_or_default().parse();
        id.map_err(|_| engine::Error::NotFound("comment").into())
    }
}

impl From<StoredComment> for CommentAnswer {
    fn from(StoredComment { id, at, comment }: StoredComment) -> Self {
        Self {
            id: id.to_string(),
            author_id: comment.member.0,
            text: comment.text,
            mentions: comment.mentions.into_iter().map(|member| member.0).collect(),
            at: at.to_rfc3339(),
        }
    }
}

/// The comments on a task, as long as the project keeps activities.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/tasks/{task_id}/comments", tag = "CRM", operation_id = "task_comments",
    params(("project_id" = Uuid, Path), ("task_id" = String, Path)),
    responses((status = 200, body = CommentList), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<CommentPath>,
) -> Result<Json<CommentList>, Error> {
    let found = app.crm.comments(allowed.project_id, path.task()?).await?;
    Ok(Json(CommentList { comments: found.into_iter().map(Into::into).collect() }))
}

/// Comments on a task.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/tasks/{task_id}/comments", tag = "CRM", operation_id = "comment_on_task",
    params(("project_id" = Uuid, Path), ("task_id" = String, Path)), request_body = NewComment,
    responses((status = 201, body = CommentAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn add(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    trail: AuditContext,
    Path(path): Path<CommentPath>,
    Json(new): Json<NewComment>,
) -> Result<(StatusCode, Json<CommentAnswer>), Error> {
    let id = path.task()?;
    let mentions: Vec<_> = new.mentions.into_iter().map(MemberId).collect();
    let made = app.crm.comment(allowed.project_id, id, author, &new.text, &mentions).await?;
    trail.set_target(&made.id);
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Deletes a comment; its author alone may do so.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/tasks/{task_id}/comments/{comment_id}", tag = "CRM",
    operation_id = "delete_task_comment",
    params(("project_id" = Uuid, Path), ("task_id" = String, Path), ("comment_id" = String, Path)),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn remove(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<CommentPath>,
) -> Result<StatusCode, Error> {
    let (task, comment) = (path.task()?, path.comment()?);
    app.crm.delete_comment(allowed.project_id, task, comment, author).await?;
    Ok(StatusCode::NO_CONTENT)
}
