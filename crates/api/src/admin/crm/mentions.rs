//! `/api/projects/{project_id}/mentions`: comments that mention the signed-in member.

use axum::extract::State;
use axum::http::StatusCode;
use domain::crm::ActivityId;
use domain::time::Timestamp;
use engine::ports::catalog::{Mention, MentionQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::comments::CommentAnswer;
use super::params::DEFAULT_LIMIT;
use super::task_answer::ContactSummaryAnswer;
use crate::cursor;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, AskingMember, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "mentions";

/// Which mentions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MentionsQuery {
    /// Only those that are new.
    unread: Option<bool>,
    /// 1 to 200; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of mentions, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MentionList {
    mentions: Vec<MentionAnswer>,
    /// How many are new altogether.
    unread: u64,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// A comment that mentions the member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mention)]
pub(super) struct MentionAnswer {
    /// The comment's id.
    id: String,
    comment: CommentAnswer,
    task_id: String,
    task_title: String,
    /// Whom the task is about.
    contact: ContactSummaryAnswer,
    /// When the member has seen it; null while it is new.
    #[schema(format = DateTime)]
    read_at: Option<String>,
}

/// Mentions that the member has seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MentionsRead {
    /// Ids of comments, 1,000 at most; left out: all of them.
    ids: Option<Vec<String>>,
}

impl From<Mention> for MentionAnswer {
    fn from(Mention { comment, contact, read_at }: Mention) -> Self {
        let seed = comment.comment.seed.clone();
        Self {
            id: comment.id.to_string(),
            comment: comment.into(),
            task_id: seed.id.to_string(),
            task_title: seed.title,
            contact: contact.into(),
            read_at: read_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// Comments on tasks that mention the signed-in member.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/mentions", tag = "CRM", operation_id = "mentions",
    params(("project_id" = uuid::Uuid, Path), MentionsQuery),
    responses((status = 200, body = MentionList), Analyst),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(member): AskingMember,
    Query(query): Query<MentionsQuery>,
) -> Result<Json<MentionList>, Error> {
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 200);
    let page = MentionQuery {
        unread_only: query.unread.unwrap_or(false),
        after: after.map(|(at, id)| (at, ActivityId(id))),
        limit,
    };
    let (found, unread) = app.crm.mentions(allowed.project_id, member, &page).await?;
    let next_cursor =
        cursor::next(LIST, &found, limit, |last| (last.comment.at, last.comment.id.0))?;
    Ok(Json(MentionList {
        mentions: found.into_iter().map(Into::into).collect(),
        unread,
        next_cursor,
    }))
}

/// Marks mentions as seen by the signed-in member.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/mentions/read", tag = "CRM", operation_id = "mark_mentions_read",
    params(("project_id" = uuid::Uuid, Path)), request_body = MentionsRead,
    responses((status = 204), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn mark_read(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(member): AskingMember,
    Json(read): Json<MentionsRead>,
) -> Result<StatusCode, Error> {
    let parse = |id: &String| {
        id.parse().map_err(|error| Error::invalid("ids", format!("ids holds what is {error}")))
    };
    let ids = read.ids.map(|ids| ids.iter().map(parse).collect::<Result<Vec<ActivityId>, _>>());
    let ids = ids.transpose()?;
    app.crm.mark_mentions_read(allowed.project_id, member, ids.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
