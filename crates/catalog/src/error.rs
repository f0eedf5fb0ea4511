//! From what sqlx reports to what the caller can do about it.

use engine::ports::catalog::Error;
use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

/// What must be unique: as SQLite names it in its message, as PostgreSQL names its constraint, and
/// as the caller knows it.
const UNIQUE: [(&str, &str, &str); 8] = [
    ("members.id", "members_id_unique", "id"),
    ("members.email", "members_email_unique", "email"),
    ("projects.id", "projects_id_unique", "id"),
    ("sign_ins.token_digest", "sign_ins_token_digest_unique", "token_digest"),
    ("api_keys.id", "api_keys_id_unique", "id"),
    ("api_keys.key_text", "api_keys_key_text_unique", "key"),
    ("widgets.id", "widgets_id_unique", "id"),
    (
        "billing_periods.project_id, billing_periods.month",
        "billing_periods_month_unique",
        "billing period",
    ),
];

/// Primary result codes of SQLite that pass by themselves or when somebody makes room: `BUSY`,
/// `LOCKED`, `NOMEM`, `READONLY`, `IOERR`, `FULL`, `CANTOPEN`, `PROTOCOL`.
const PASSING_SQLITE_CODES: [u32; 8] = [5, 6, 7, 8, 10, 13, 14, 15];

/// A stored value that this version cannot read.
#[derive(Debug, thiserror::Error)]
#[error("the stored {column} cannot be read")]
struct Malformed {
    column: &'static str,
}

/// What a failed statement means to the caller.
pub(crate) fn sql(error: sqlx::Error) -> Error {
    if let Some(what) = error.as_database_error().and_then(taken) {
        Error::Taken { what }
    } else if is_passing(&error) {
        Error::Unavailable(Box::new(error))
    } else {
        Error::Internal(Box::new(error))
    }
}

/// A stored value, or one to be stored, that has no meaning on the other side.
pub(crate) fn malformed(column: &'static str) -> Error {
    Error::Internal(Box::new(Malformed { column }))
}

fn taken(error: &dyn DatabaseError) -> Option<&'static str> {
    if !error.is_unique_violation() {
        return None;
    }
    let field = UNIQUE.iter().find(|(column, constraint, _)| {
        error.constraint() == Some(constraint) || error.message().ends_with(column)
    });
    field.map(|(_, _, what)| *what)
}

fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error
            .try_downcast_ref::<SqliteError>()
            .and_then(DatabaseError::code)
            .and_then(|code| code.parse::<u32>().ok())
            // The low byte of an extended code is its primary code.
            .is_some_and(|code| PASSING_SQLITE_CODES.contains(&(code & 0xff))),
        _ => false,
    }
}
