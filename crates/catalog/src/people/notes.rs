//! Members' notes on people.

use std::collections::BTreeSet;

use domain::id::{MemberId, NoteId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Note, PersonKeys};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::bulk;
use crate::crm;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::subjects::for_each;

/// All notes on a person, by whichever of their names, in no order.
pub(super) async fn of_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: &PersonKeys,
) -> Result<Vec<Note>, Error> {
    let mut names = crm::ids_of(connection, project, keys.contact.as_slice()).await?;
    names.extend(keys.names.iter().map(ToString::to_string));
    let names: Vec<_> = names.into_iter().map(|name| [name.into()]).collect();
    let rows = bulk::select(
        connection,
        "SELECT id, person_id, author_id, text, created_at, edited_at FROM person_notes
         WHERE project_id = $1 AND person_id IN (KEYS)",
        project,
        &names,
    )
    .await?;
    rows.iter().map(note).collect()
}

pub(super) async fn insert(
    connection: &mut AnyConnection,
    project: ProjectId,
    note: &Note,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO person_notes (project_id, id, person_id, author_id, text, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(project.to_string())
    .bind(note.id.to_string())
    .bind(note.person.to_string())
    .bind(note.author.to_string())
    .bind(note.text.clone())
    .bind(note.created_at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

pub(super) async fn edit(
    connection: &mut AnyConnection,
    project: ProjectId,
    (id, author): (NoteId, MemberId),
    text: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE person_notes SET text = $4, edited_at = $5
         WHERE project_id = $1 AND id = $2 AND author_id = $3",
    )
    .bind(project.to_string())
    .bind(id.to_string())
    .bind(author.to_string())
    .bind(text.to_owned())
    .bind(now.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn remove(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: NoteId,
    author: MemberId,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "DELETE FROM person_notes WHERE project_id = $1 AND id = $2 AND author_id = $3",
    )
    .bind(project.to_string())
    .bind(id.to_string())
    .bind(author.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(done.rows_affected() == 1)
}

/// Removes the notes on a person who is known by these contact ids.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    names: &BTreeSet<String>,
) -> Result<u64, Error> {
    let statement = "DELETE FROM person_notes WHERE project_id = $1 AND person_id = $2";
    for_each(connection, project, statement, names.iter()).await
}

fn note(row: &AnyRow) -> Result<Note, Error> {
    Ok(Note {
        id: NoteId(row.id("id")?),
        person: row.text("person_id")?.parse().map_err(|_| malformed("person_id"))?,
        author: MemberId(row.id("author_id")?),
        text: row.text("text")?,
        created_at: row.time("created_at")?,
        edited_at: row.maybe_time("edited_at")?,
    })
}
