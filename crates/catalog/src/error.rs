//! Maps sqlx errors to the port's error.

use engine::ports::catalog::Error;
use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;
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

/// Classes of PostgreSQL's error codes that pass by themselves or when an operator acts: connection,
/// access, transaction given up (deadlock, serialization), resources (connections, disk, memory),
/// operator (shutdown, timeout), system.
const PASSING_POSTGRES_CLASSES: [&str; 6] = ["08", "28", "40", "53", "57", "58"];
/// Single codes beside those: a database that is not there, a server that only reads because another
/// took over, a transaction that paused too long, a lock not had in time.
const PASSING_POSTGRES_CODES: [&str; 4] = ["3D000", "25006", "25P03", "55P03"];

/// A stored value that this version cannot read.
#[derive(Debug, thiserror::Error)]
#[error("the stored {column} cannot be read")]
struct Malformed {
    column: &'static str,
}

/// What a failed statement means to the caller.
pub(crate) fn sql(error: sqlx::Error) -> Error {
    if let Some(what) = error.as_database_error().and_then(unique_violation) {
        Error::AlreadyExists { what }
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

fn unique_violation(error: &dyn DatabaseError) -> Option<&'static str> {
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
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => is_passing_code(&**error),
        _ => false,
    }
}

fn is_passing_code(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        let class = code.get(..2).unwrap_or_default();
        return PASSING_POSTGRES_CLASSES.contains(&class)
            || PASSING_POSTGRES_CODES.contains(&&*code);
    }
    error.try_downcast_ref::<SqliteError>().is_some()
        // The low byte of an extended code is its primary code.
        && code.parse().is_ok_and(|code: u32| PASSING_SQLITE_CODES.contains(&(code & 0xff)))
}
