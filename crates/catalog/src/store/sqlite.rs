//! Opening a catalog that is a SQLite file.

use std::path::Path;
use std::time::Duration;

use engine::ports::catalog::Error;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, Row};
use url::Url;

use super::{ConnectionPools, MIGRATIONS, migration_error};
use crate::error::{malformed, sql};
use crate::sql_tables::ScanSource;

/// How long SQLite waits for a lock another process holds.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call waits for a connection while all are at work.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Reads that can run at the same time.
const READ_CONNECTIONS: u32 = 4;

/// The pools of a file; one connection writes.
pub(super) async fn open(path: &Path, busy_timeout: Duration) -> Result<ConnectionPools, Error> {
    let options = connect_options(path).await?;
    // Once without a pool: a pool tries again until its time is up and keeps the cause to itself.
    let mut connection = AnyConnection::connect_with(&options).await.map_err(sql)?;
    set_pragmas(&mut connection, busy_timeout).await.map_err(sql)?;
    connection.close().await.map_err(sql)?;
    let writes =
        pool(1, busy_timeout, "PRAGMA query_only = OFF").connect_lazy_with(options.clone());
    MIGRATIONS.run(&writes).await.map_err(migration_error)?;
    let reads =
        pool(READ_CONNECTIONS, busy_timeout, "PRAGMA query_only = ON").connect_lazy_with(options);
    Ok(ConnectionPools { reads, scans: ScanSource::of_file(path), writes })
}

/// Brings the write-ahead log back into the file and empties it, so that no page is left in it that the
/// file has overwritten; `false` when somebody reads an older state still.
pub(super) async fn empty_log(writes: &AnyPool) -> sqlx::Result<bool> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writes).await?;
    Ok(row.try_get::<i64, _>(0)? == 0)
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
async fn set_pragmas(connection: &mut AnyConnection, busy_timeout: Duration) -> sqlx::Result<()> {
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
                set_pragmas(connection, busy_timeout).await?;
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
