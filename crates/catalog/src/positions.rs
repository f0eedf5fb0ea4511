//! How far each projection into the catalog has followed the journal.
//!
//! A projection's rows and its position change in one transaction, so what was applied once is never
//! applied again, whoever repeats it.

use engine::ports::catalog::Error;
use engine::ports::journal::Position;
use sqlx::AnyConnection;

use crate::Catalog;
use crate::columns::Columns;
use crate::error::{malformed, sql};

impl Catalog {
    /// The position after the last record the projection of this name has applied; 0 at first.
    pub(crate) async fn projection_position(&self, name: &'static str) -> Result<Position, Error> {
        let row = sqlx::query("SELECT position FROM projection_positions WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.reads)
            .await
            .map_err(sql)?;
        row.map_or(Ok(0), |row| row.number("position"))
    }
}

/// Moves the position of the projection of this name forward; `false`, and nothing done, when it is
/// there already.
pub(crate) async fn advance(
    connection: &mut AnyConnection,
    name: &'static str,
    position: Position,
) -> Result<bool, Error> {
    if position == 0 {
        return Ok(false);
    }
    let moved = sqlx::query(
        "INSERT INTO projection_positions (name, position) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET position = excluded.position
         WHERE projection_positions.position < excluded.position",
    )
    .bind(name)
    .bind(stored(position)?)
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(moved.rows_affected() == 1)
}

/// A position as a column holds it.
pub(crate) fn stored(position: Position) -> Result<i64, Error> {
    i64::try_from(position).map_err(|_| malformed("position"))
}
