//! Opening and closing a catalog that is a SQLite file.

use std::path::Path;
use std::time::Duration;

use engine::ports::catalog::Error;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, Row, Transaction};
use url::Url;

use crate::error::{malformed, sql};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// How long SQLite waits for a lock another process holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call waits for a connection while all are at work.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Reads that can run at the same time.
const READ_CONNECTIONS: u32 = 4;

/// The catalog in a SQLite file. Implements every trait of [`engine::ports::catalog`]; clones share
/// their connections.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(crate) reads: AnyPool,
    writes: AnyPool,
}

impl Catalog {
    /// Opens the catalog in the file at `path`, which is made when it is missing, as is its folder,
    /// and brings its tables up to date. Fails with [`Error::Unavailable`] when the file cannot be
    /// reached or stays locked, with [`Error::Internal`] when it is not a catalog this version knows.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        Self::open_with(path, BUSY_TIMEOUT).await
    }

    async fn open_with(path: &Path, busy_timeout: Duration) -> Result<Self, Error> {
        let options = connect_options(path).await?;
        // Once without a pool: a pool tries again until its time is up and keeps the cause to itself.
        let mut connection = AnyConnection::connect_with(&options).await.map_err(sql)?;
        settle(&mut connection, busy_timeout).await.map_err(sql)?;
        connection.close().await.map_err(sql)?;
        let writes =
            pool(1, busy_timeout, "PRAGMA query_only = OFF").connect_lazy_with(options.clone());
        MIGRATIONS.run(&writes).await.map_err(migration_error)?;
        let reads = pool(READ_CONNECTIONS, busy_timeout, "PRAGMA query_only = ON")
            .connect_lazy_with(options);
        Ok(Self { reads, writes })
    }

    /// Whether the catalog can be read now.
    pub async fn ping(&self) -> Result<(), Error> {
        // A table's row: `SELECT 1` alone would not touch the file.
        sqlx::query("SELECT completed_at FROM setup").execute(&self.reads).await.map_err(sql)?;
        Ok(())
    }

    /// Waits for the calls under way and closes the file; later calls fail with
    /// [`Error::Unavailable`].
    pub async fn close(&self) {
        self.reads.close().await;
        // Last, so that the connection that may write also brings the log back into the file.
        self.writes.close().await;
    }

    /// A transaction that may write. Dropped without a commit it changes nothing.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>, Error> {
        self.writes.begin_with("BEGIN IMMEDIATE").await.map_err(sql)
    }
}

impl Catalog {
    /// Brings the write-ahead log back into the file and empties it, so that no page is left in it that
    /// the file has overwritten; `false` when somebody reads an older state still.
    pub(crate) async fn empty_log(&self) -> Result<bool, Error> {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writes).await;
        Ok(row.map_err(sql)?.try_get::<i64, _>(0).map_err(sql)? == 0)
    }
}

/// Makes the file's folder and says how to connect to the file.
async fn connect_options(path: &Path) -> Result<AnyConnectOptions, Error> {
    sqlx::any::install_default_drivers();
    let file_name = path.file_name().ok_or_else(|| malformed("path"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    tokio::fs::create_dir_all(folder).await.map_err(|error| sql(error.into()))?;
    // `Any` connects by URL, and a URL resolves `..` and reads `%`, `?` and `#` in its own way: so
    // the folder is resolved and the whole path escaped first. What is not Unicode is refused.
    let folder = tokio::fs::canonicalize(folder).await.map_err(|error| sql(error.into()))?;
    let file = Url::from_file_path(folder.join(file_name)).map_err(|()| malformed("path"))?;
    format!("sqlite://{}?mode=rwc", file.path()).parse().map_err(sql)
}

/// Sets what SQLite keeps by connection, and not in the file.
async fn settle(connection: &mut AnyConnection, busy_timeout: Duration) -> sqlx::Result<()> {
    let busy_timeout = format!("PRAGMA busy_timeout = {}", busy_timeout.as_millis());
    connection.execute(AssertSqlSafe(busy_timeout)).await?;
    connection.execute("PRAGMA journal_mode = WAL").await?;
    connection.execute("PRAGMA synchronous = FULL").await?;
    connection.execute("PRAGMA foreign_keys = ON").await?;
    // What is deleted is overwritten: a person who is erased must not be left in free pages.
    connection.execute("PRAGMA secure_delete = ON").await?;
    Ok(())
}

fn pool(connections: u32, busy_timeout: Duration, query_only: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                settle(connection, busy_timeout).await?;
                connection.execute(query_only).await?;
                Ok(())
            })
        })
        // When SQLite itself ends a transaction (disk full, I/O error), sqlx still counts it as open
        // and could never begin another on that connection: open a new one instead.
        .before_acquire(|connection, _| {
            let is_usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_usable) })
        })
}

fn migration_error(error: MigrateError) -> Error {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => sql(error),
        other => Error::Internal(Box::new(other)),
    }
}

#[cfg(test)]
mod tests;
