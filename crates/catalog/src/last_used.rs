//! When a key was last used, kept to the minute: most uses then write nothing.

use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::error::sql;

const LAST_USED_SECONDS: i64 = 60;

/// The time as it is kept.
pub(crate) fn to_the_minute(at: Timestamp) -> i64 {
    at.floor_to_seconds(LAST_USED_SECONDS).micros()
}

/// Sets `last_used_at` of the row with this id, unless it is as late already.
pub(crate) async fn touch(
    connection: &mut AnyConnection,
    table: KeyTable,
    id: String,
    at: Timestamp,
) -> Result<(), Error> {
    let statement = match table {
        KeyTable::ApiKeys => {
            "UPDATE api_keys SET last_used_at = $2
             WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)"
        }
        KeyTable::SecretKeys => {
            "UPDATE secret_keys SET last_used_at = $2
             WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)"
        }
        KeyTable::ShareLinks => {
            "UPDATE share_links SET last_used_at = $2
             WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)"
        }
    };
    let touched = sqlx::query(statement).bind(id).bind(to_the_minute(at));
    touched.execute(connection).await.map_err(sql)?;
    Ok(())
}

/// The tables of keys and links.
pub(crate) enum KeyTable {
    ApiKeys,
    SecretKeys,
    ShareLinks,
}
