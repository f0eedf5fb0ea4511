//! Many rows by one statement: a statement costs as much as dozens of its rows.
//!
//! A projection reads what a batch needs by its keys ([`select`]), changes that in memory and writes it
//! back ([`insert`]):
//!
//! ```ignore
//! let keys: Vec<_> = ids.iter().map(|id| [Value::from(id.to_string())]).collect();
//! let known = many::select(
//!     connection,
//!     "SELECT id, state FROM contacts WHERE project_id = $1 AND id IN (KEYS)",
//!     project,
//!     &keys,
//! )
//! .await?;
//! let rows = changed.map(|(id, state)| [project.into(), id.to_string().into(), state.into()]);
//! many::insert(
//!     connection,
//!     "INSERT INTO contacts (project_id, id, state)",
//!     "ON CONFLICT (project_id, id) DO UPDATE SET state = excluded.state",
//!     rows.collect(),
//! )
//! .await?;
//! ```
//!
//! Statements have a few sizes only, so that each is prepared once on a connection. The limits of both
//! databases (32,766 binds in SQLite, 65,535 in PostgreSQL) are far.

use std::iter::repeat_n;

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use crate::error::sql;
use crate::store::is_postgres;

/// Rows of one statement.
const SIZES: [usize; 4] = [64, 16, 4, 1];
/// Binds of one statement, about.
const MAX_BINDS: usize = 640;
/// What stands for the keys in a statement.
const KEYS: &str = "KEYS";

/// What a column may hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// `TEXT`.
    Text(Option<String>),
    /// `BIGINT`.
    Number(Option<i64>),
    /// `BYTEA`.
    Bytes(Vec<u8>),
}

/// Inserts rows by `into`, such as `INSERT INTO t (a, b)`, and `on_conflict`, which may be empty. Returns
/// how many were stored or changed.
///
/// Where a conflict updates a row, no two of `rows` may be in conflict with each other: PostgreSQL
/// refuses to touch a row twice by one statement. Where it does nothing, the first of them counts.
pub(crate) async fn insert<const COLUMNS: usize>(
    connection: &mut AnyConnection,
    into: &'static str,
    on_conflict: &'static str,
    rows: Vec<[Value; COLUMNS]>,
) -> Result<u64, Error> {
    let mut changed = 0;
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let size = at_most(rows.len(), COLUMNS);
        let binds = binds(Binds::of(is_postgres(connection)), 1, size, COLUMNS);
        let statement = format!("{into} VALUES {binds} {on_conflict}");
        let query = rows.by_ref().take(size).flatten().fold(query(statement), bind);
        changed += query.execute(&mut *connection).await.map_err(sql)?.rows_affected();
    }
    Ok(changed)
}

/// The rows that `statement` finds: `$1` is the project, and `KEYS` stands for many keys in `a IN (KEYS)` or
/// `(a, b) IN (KEYS)`. Each row comes once.
pub(crate) async fn select<const COLUMNS: usize>(
    connection: &mut AnyConnection,
    statement: &'static str,
    project: ProjectId,
    keys: &[[Value; COLUMNS]],
) -> Result<Vec<AnyRow>, Error> {
    let mut found = Vec::new();
    for keys in keys.chunks(at_most(usize::MAX, COLUMNS)) {
        let query = by_keys(is_postgres(connection), statement, project, keys);
        found.append(&mut query.fetch_all(&mut *connection).await.map_err(sql)?);
    }
    Ok(found)
}

/// Runs a statement like one of [`select`] that changes rows, and returns how many it changed.
pub(crate) async fn execute<const COLUMNS: usize>(
    connection: &mut AnyConnection,
    statement: &'static str,
    project: ProjectId,
    keys: &[[Value; COLUMNS]],
) -> Result<u64, Error> {
    let mut changed = 0;
    for keys in keys.chunks(at_most(usize::MAX, COLUMNS)) {
        let query = by_keys(is_postgres(connection), statement, project, keys);
        changed += query.execute(&mut *connection).await.map_err(sql)?.rows_affected();
    }
    Ok(changed)
}

/// The largest size that so many rows fill.
fn at_most(rows: usize, columns: usize) -> usize {
    let fits = |size: &usize| *size <= rows && size.saturating_mul(columns) <= MAX_BINDS;
    SIZES.into_iter().find(fits).unwrap_or(1)
}

/// The smallest size that holds so many keys.
fn at_least(keys: usize) -> usize {
    SIZES.into_iter().rev().find(|size| *size >= keys).unwrap_or(keys)
}

fn by_keys<const COLUMNS: usize>(
    is_postgres: bool,
    statement: &'static str,
    project: ProjectId,
    keys: &[[Value; COLUMNS]],
) -> Query<'static, Any, AnyArguments> {
    let size = at_least(keys.len());
    // A join with a list of values would do for both, but until PostgreSQL has analysed a table, it would
    // rather read all of the project than ask an index so often.
    let padding = keys.last().into_iter().flat_map(|last| repeat_n(last, size - keys.len()));
    let values = keys.iter().chain(padding).flatten().cloned();
    if is_postgres {
        let statement = statement.replace(KEYS, &binds(Binds::Numbered, 2, size, COLUMNS));
        return values.fold(query(statement).bind(project.to_string()), bind);
    }
    let list = binds(Binds::InOrder, 1, size, COLUMNS);
    let list = if COLUMNS > 1 { format!("VALUES {list}") } else { list };
    // Binds without numbers are counted from the first value on, so the project comes after the keys.
    let project_bind = format!("${}", size * COLUMNS + 1);
    let statement = statement.replace("$1", &project_bind).replace(KEYS, &list);
    values.fold(query(statement), bind).bind(project.to_string())
}

/// How binds are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Binds {
    /// `$1`, as PostgreSQL wants.
    Numbered,
    /// `?`: in SQLite, the driver would look for each number among all of the statement's.
    InOrder,
}

impl Binds {
    const fn of(is_postgres: bool) -> Self {
        if is_postgres { Self::Numbered } else { Self::InOrder }
    }
}

/// The binds of so many rows, from the number `first` on: `($1, $2), ($3, $4)`, or `$1, $2` of one column.
fn binds(binds: Binds, first: usize, rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let start = first + row * columns;
        let bind = |number| match binds {
            Binds::Numbered => format!("${number}"),
            Binds::InOrder => "?".to_owned(),
        };
        let row: Vec<_> = (start..start + columns).map(bind).collect();
        if columns == 1 { row.concat() } else { format!("({})", row.join(", ")) }
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// The texts of statements are those of this crate, with binds in them.
fn query(statement: String) -> Query<'static, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(statement))
}

fn bind(
    query: Query<'static, Any, AnyArguments>,
    value: Value,
) -> Query<'static, Any, AnyArguments> {
    match value {
        Value::Text(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
        Value::Bytes(bytes) => query.bind(bytes),
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<ProjectId> for Value {
    fn from(project: ProjectId) -> Self {
        Self::Text(Some(project.to_string()))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Number(Some(at.micros()))
    }
}

impl From<Option<Timestamp>> for Value {
    fn from(at: Option<Timestamp>) -> Self {
        Self::Number(at.map(Timestamp::micros))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

#[cfg(test)]
mod tests;
