//! Floors: the instants before which rows of a kind stay removed.

use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, RetentionRun};
use sqlx::{AnyConnection, AnyPool};

use crate::error::sql;
use crate::row_ext::RowExt;

/// The floor of a project's kind; none before its first run.
pub(crate) async fn floor(
    connection: &mut AnyConnection,
    project: ProjectId,
    kind: RetentionKind,
) -> Result<Option<Timestamp>, Error> {
    let row = sqlx::query(
        "SELECT removed_before FROM retention_floors WHERE project_id = $1 AND kind = $2",
    )
    .bind(project.to_string())
    .bind(kind.as_str())
    .fetch_optional(connection)
    .await
    .map_err(sql)?;
    row.map(|row| row.time("removed_before")).transpose()
}

/// The floors of a kind.
pub(super) async fn all(
    reads: &AnyPool,
    kind: RetentionKind,
) -> Result<Vec<(ProjectId, Timestamp)>, Error> {
    let rows =
        sqlx::query("SELECT project_id, removed_before FROM retention_floors WHERE kind = $1")
            .bind(kind.as_str())
            .fetch_all(reads)
            .await
            .map_err(sql)?;
    rows.iter()
        .map(|row| Ok((ProjectId(row.id("project_id")?), row.time("removed_before")?)))
        .collect()
}

/// Makes the instant before which a run removes rows the floor.
pub(super) async fn set(connection: &mut AnyConnection, run: &RetentionRun) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO retention_floors (project_id, kind, removed_before) VALUES ($1, $2, $3)
         ON CONFLICT (project_id, kind) DO UPDATE SET removed_before = excluded.removed_before",
    )
    .bind(run.key.project_id.to_string())
    .bind(run.key.kind.as_str())
    .bind(run.removes_before.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// Moves a floor back to `before`, if it is later.
pub(super) async fn lower(
    connection: &mut AnyConnection,
    project: ProjectId,
    kind: RetentionKind,
    before: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE retention_floors SET removed_before = $3
         WHERE project_id = $1 AND kind = $2 AND removed_before > $3",
    )
    .bind(project.to_string())
    .bind(kind.as_str())
    .bind(before.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}
