//! How far each projection into the catalog has followed the journal.
//!
//! A projection's rows and its position change in one transaction, so what was applied once is never
//! applied again, whoever repeats it. Servers that share a catalog follow journals of their own, so a
//! position belongs to a journal.

use engine::ports::catalog::Error;
use engine::ports::journal::Position;
use sqlx::{AssertSqlSafe, Executor};

use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::store::{is_postgres, lock_of_projection};
use crate::transaction::WriteTransaction;
use crate::{Catalog, outcomes};

impl Catalog {
    /// Registers this server's journal before its first read.
    pub(crate) async fn register_journal(&self) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO projection_positions (journal, name, position) VALUES ($1, $2, 0)
             ON CONFLICT (journal, name) DO NOTHING",
        )
        .bind(self.journal.to_string())
        .bind(outcomes::PROJECTION)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    /// How many journals but this server's were noted.
    pub(crate) async fn count_other_journals(&self) -> Result<u64, Error> {
        let row = sqlx::query(
            "SELECT COUNT(DISTINCT journal) AS journals FROM projection_positions
             WHERE journal <> $1",
        )
        .bind(self.journal.to_string())
        .fetch_one(&self.reads)
        .await
        .map_err(sql)?;
        row.number("journals")
    }

    /// The position after the last record the projection of this name has applied; 0 at first.
    pub(crate) async fn projection_position(&self, name: &'static str) -> Result<Position, Error> {
        let row = sqlx::query(
            "SELECT position FROM projection_positions WHERE journal = $1 AND name = $2",
        )
        .bind(self.journal.to_string())
        .bind(name)
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.map_or(Ok(0), |row| row.number("position"))
    }
}

/// Moves the position of the projection of this name forward; `false`, and nothing done, when it is
/// there already.
///
/// From here until it ends, `transaction` is the only one of this projection in any server: what it
/// reads before it writes stays true. In SQLite that is so of every transaction that writes.
pub(crate) async fn advance(
    transaction: &mut WriteTransaction,
    name: &'static str,
    position: Position,
) -> Result<bool, Error> {
    if position == 0 {
        return Ok(false);
    }
    lock_projection(transaction, name).await?;
    let moved = sqlx::query(
        "INSERT INTO projection_positions (journal, name, position) VALUES ($1, $2, $3)
         ON CONFLICT (journal, name) DO UPDATE SET position = excluded.position
         WHERE projection_positions.position < excluded.position",
    )
    .bind(transaction.journal.to_string())
    .bind(name)
    .bind(position_column(position)?)
    .execute(&mut **transaction)
    .await
    .map_err(sql)?;
    Ok(moved.rows_affected() == 1)
}

/// Makes the projection of this name, or whatever else holds this name, wait in any server until
/// `transaction` ends; what it applied before is seen from here on. In SQLite whoever writes waits anyway.
pub(crate) async fn lock_projection(
    transaction: &mut WriteTransaction,
    name: &'static str,
) -> Result<(), Error> {
    if is_postgres(transaction) {
        let lock = AssertSqlSafe(lock_of_projection(name));
        transaction.execute(lock).await.map_err(sql)?;
    }
    Ok(())
}

/// A position as a column holds it.
pub(crate) fn position_column(position: Position) -> Result<i64, Error> {
    i64::try_from(position).map_err(|_| malformed("position"))
}
