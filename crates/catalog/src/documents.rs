//! Versioned JSON documents, one per project; a replacement must name the current version.

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::stored::{Document, decode, encode};

/// A table of documents: `project_id`, `version`, the document, `updated_at`.
pub(crate) struct DocumentTable {
    pub(crate) table: &'static str,
    /// The column that holds the document.
    pub(crate) column: &'static str,
}

impl DocumentTable {
    /// A project's document and its version, 1 and up; none when it has set none.
    pub(crate) async fn load<D: Document>(
        &self,
        connection: &mut AnyConnection,
        project: ProjectId,
    ) -> Result<Option<(u64, D)>, Error> {
        let Self { table, column } = *self;
        let statement = format!("SELECT version, {column} FROM {table} WHERE project_id = $1");
        let row = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .fetch_optional(connection)
            .await
            .map_err(sql)?;
        let read = |row: AnyRow| -> Result<_, Error> {
            Ok((row.number("version")?, decode(&row.text(column)?)?))
        };
        row.map(read).transpose()
    }

    /// Stores a document in place of the one of version `expected`, 0 when there is none. False, and
    /// nothing done, when there is another version by now, or no such project.
    pub(crate) async fn replace(
        &self,
        connection: &mut AnyConnection,
        project: ProjectId,
        document: &(impl Document + Sync),
        expected: u64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Self { table, column } = *self;
        let Ok(version) = i64::try_from(expected.saturating_add(1)) else { return Ok(false) };
        let statement = format!(
            "INSERT INTO {table} (project_id, version, {column}, updated_at)
             SELECT id, $2, $3, $4 FROM projects WHERE id = $1
                 AND ($2 = 1 OR EXISTS (SELECT 1 FROM {table} WHERE project_id = $1))
             ON CONFLICT (project_id) DO UPDATE SET version = excluded.version,
                 {column} = excluded.{column}, updated_at = excluded.updated_at
             WHERE {table}.version = excluded.version - 1"
        );
        let changed = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(version)
            .bind(encode(document)?)
            .bind(now.micros())
            .execute(connection)
            .await
            .map_err(sql)?;
        Ok(changed.rows_affected() == 1)
    }
}
