//! Scans: the rows of a table, read in batches while whoever asked takes them.
//!
//! A scan is away for as long as its reader likes, and a statement may have several open, so scans have
//! connections of their own. SQLite's are read without `sqlx`, which hands every row from thread to thread
//! and every value over twice (`bench/sql_sessions.py` measures a scan of five million rows).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use engine::ports::catalog::{Error, SqlRows, SqlScan, SqlValue};
use futures::stream::{StreamExt as _, TryStreamExt as _};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe};
use tokio::sync::{Semaphore, mpsc};

use super::{StoredRow, Table};
use crate::error::{malformed, sql};

/// Rows sent together.
const BATCH_ROWS: usize = 4_096;
/// Batches that wait for a slow reader.
const BATCHES_AHEAD: usize = 2;
/// Scans of a SQLite file at the same time; each takes a thread.
const MAX_SCANS: usize = 16;
/// A scan that waits for its turn for so long is given up.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// A lock that another process holds is waited for so long.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

type Batch = Result<Vec<Vec<SqlValue>>, Error>;

/// Where scans read.
#[derive(Debug, Clone)]
pub(crate) enum ScanSource {
    /// A SQLite file, by a connection a scan.
    Sqlite { file: Arc<Path>, turns: Arc<Semaphore> },
    /// PostgreSQL, by a pool of connections.
    Postgres(AnyPool),
}

impl ScanSource {
    /// Scans of a SQLite file.
    pub(crate) fn of_file(file: &Path) -> Self {
        Self::Sqlite { file: file.into(), turns: Arc::new(Semaphore::new(MAX_SCANS)) }
    }

    /// Closes the connections.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { turns, .. } => turns.close(),
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// The rows of a scan, of this project.
    pub(super) async fn run(
        &self,
        project: ProjectId,
        table: &'static Table,
        scan: SqlScan,
    ) -> Result<SqlRows, Error> {
        let (batches, receiver) = mpsc::channel(BATCHES_AHEAD);
        match self {
            Self::Sqlite { file, turns } => {
                let turn = tokio::time::timeout(MAX_WAIT, Arc::clone(turns).acquire_owned()).await;
                let turn = turn.map_err(|error| Error::Unavailable(error.into()))?;
                let turn = turn.map_err(|error| Error::Unavailable(error.into()))?;
                let file = Arc::clone(file);
                tokio::task::spawn_blocking(move || {
                    if let Err(error) = read_file(&file, project, table, &scan, &batches) {
                        // Nobody waits for it where the receiver is gone.
                        let _ = batches.blocking_send(Err(error));
                    }
                    drop(turn);
                });
            }
            Self::Postgres(pool) => {
                let begin = format!("BEGIN READ ONLY; SET LOCAL footfall.project = '{project}'");
                let mut reads = pool.begin_with(AssertSqlSafe(begin)).await.map_err(sql)?;
                tokio::spawn(async move {
                    if let Err(error) = read(&mut reads, project, table, &scan, &batches).await {
                        let _ = batches.send(Err(error)).await;
                    }
                });
            }
        }
        let next = async |mut receiver: mpsc::Receiver<Batch>| {
            let batch = receiver.recv().await?;
            Some((batch, receiver))
        };
        Ok(futures::stream::unfold(receiver, next).boxed())
    }
}

/// Sends the rows of a scan until they end or nobody wants more.
fn read_file(
    file: &Path,
    project: ProjectId,
    table: &Table,
    scan: &SqlScan,
    batches: &mpsc::Sender<Batch>,
) -> Result<(), Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(of_file)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(of_file)?;
    let (text, read) = table.statement(scan);
    let mut statement = connection.prepare(&text).map_err(of_file)?;
    statement.raw_bind_parameter(1, project.to_string()).map_err(of_file)?;
    for (place, (_, value)) in scan.equal.iter().enumerate() {
        statement.raw_bind_parameter(place + 2, value).map_err(of_file)?;
    }
    let mut rows = statement.raw_query();
    loop {
        let mut batch = Vec::with_capacity(BATCH_ROWS);
        while batch.len() < BATCH_ROWS
            && let Some(row) = rows.next().map_err(of_file)?
        {
            batch.push(table.row(row, &read, scan.columns.len())?);
        }
        let is_last = batch.len() < BATCH_ROWS;
        if !batch.is_empty() && batches.blocking_send(Ok(batch)).is_err() || is_last {
            return Ok(());
        }
    }
}

async fn read(
    connection: &mut AnyConnection,
    project: ProjectId,
    table: &Table,
    scan: &SqlScan,
    batches: &mpsc::Sender<Batch>,
) -> Result<(), Error> {
    let (text, read) = table.statement(scan);
    let mut statement = sqlx::query(AssertSqlSafe(text)).bind(project.to_string());
    for (_, value) in &scan.equal {
        statement = statement.bind(value.clone());
    }
    let mut rows = statement.fetch(connection);
    loop {
        let mut batch = Vec::with_capacity(BATCH_ROWS);
        while batch.len() < BATCH_ROWS
            && let Some(row) = rows.try_next().await.map_err(sql)?
        {
            batch.push(table.row(&row, &read, scan.columns.len())?);
        }
        let is_last = batch.len() < BATCH_ROWS;
        if !batch.is_empty() && batches.send(Ok(batch)).await.is_err() || is_last {
            return Ok(());
        }
    }
}

impl StoredRow for Row<'_> {
    fn text(&self, place: usize) -> Result<Option<String>, Error> {
        match self.get_ref(place).map_err(of_file)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(text) => Ok(Some(String::from_utf8_lossy(text).into_owned())),
            _ => Err(malformed("text")),
        }
    }

    fn number(&self, place: usize) -> Result<Option<i64>, Error> {
        self.get(place).map_err(of_file)
    }
}

/// A locked or unreachable file passes; anything else is a fault of ours.
fn of_file(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(CannotOpen | DatabaseBusy | DatabaseLocked | SystemIoFailure) => {
            Error::Unavailable(Box::new(error))
        }
        _ => Error::Internal(Box::new(error)),
    }
}
