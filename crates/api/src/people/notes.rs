//! `/api/projects/{project_id}/people/{person_id}/notes`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::NoteId;
use domain::time::Timestamp;
use engine::ports::catalog::Note;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PersonPath;
use crate::audit::AuditContext;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, AskingMember, Json};
use crate::state::App;

/// A note on a person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Note)]
pub(super) struct NoteAnswer {
    id: Uuid,
    /// The member or secret key that wrote it.
    author_id: Uuid,
    text: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// When its text was last changed.
    #[schema(format = DateTime)]
    edited_at: Option<String>,
}

/// The text of a note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewNote {
    /// 1 to 4,000 characters; line breaks are kept.
    text: String,
}

/// The ids of a note's path.
#[derive(Debug, Deserialize)]
pub(super) struct NotePath {
    person_id: String,
    note_id: String,
}

impl NotePath {
    fn id(&self) -> Result<NoteId, Error> {
        self.note_id.parse().map_err(|_| engine::Error::NotFound("note").into())
    }
}

impl From<Note> for NoteAnswer {
    fn from(note: Note) -> Self {
        Self {
            id: note.id.0,
            author_id: note.author.0,
            text: note.text,
            created_at: note.created_at.to_rfc3339(),
            edited_at: note.edited_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// Writes a note on a person. Notes are in the person's timeline, and in their export; an erasure deletes them.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/people/{person_id}/notes", tag = "People",
    operation_id = "add_person_note",
    params(("project_id" = Uuid, Path), ("person_id" = String, Path, description = "A contact's id or a user id")),
    request_body = NewNote,
    responses((status = 201, body = NoteAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn add(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    trail: AuditContext,
    Path(path): Path<PersonPath>,
    Json(new): Json<NewNote>,
) -> Result<(StatusCode, Json<NoteAnswer>), Error> {
    let note = app.people.add_note(allowed.project_id, &path.person_id, author, &new.text).await?;
    trail.set_target(&note.id);
    Ok((StatusCode::CREATED, Json(note.into())))
}

/// Replaces the text of a note; its author alone may do so.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/people/{person_id}/notes/{note_id}", tag = "People",
    operation_id = "edit_person_note",
    params(
        ("project_id" = Uuid, Path),
        ("person_id" = String, Path, description = "A contact's id or a user id"),
        ("note_id" = Uuid, Path),
    ),
    request_body = NewNote,
    responses((status = 200, body = NoteAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn edit(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<NotePath>,
    Json(new): Json<NewNote>,
) -> Result<Json<NoteAnswer>, Error> {
    let id = path.id()?;
    let note =
        app.people.edit_note(allowed.project_id, &path.person_id, id, author, &new.text).await?;
    Ok(Json(note.into()))
}

/// Deletes a note; its author alone may do so.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/people/{person_id}/notes/{note_id}", tag = "People",
    operation_id = "delete_person_note",
    params(
        ("project_id" = Uuid, Path),
        ("person_id" = String, Path, description = "A contact's id or a user id"),
        ("note_id" = Uuid, Path),
    ),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn remove(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<NotePath>,
) -> Result<StatusCode, Error> {
    let id = path.id()?;
    app.people.remove_note(allowed.project_id, &path.person_id, id, author).await?;
    Ok(StatusCode::NO_CONTENT)
}
