//! Opening a catalog in PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor};
use tokio::time::timeout;

use super::{ConnectionPools, MIGRATIONS, collation, migration_error, row_security};
use crate::error::sql;
use crate::sql_tables::ScanSource;

/// How long a call waits for a connection while all are at work or none can be made.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Reads and writes of one server that can run at the same time.
const READ_CONNECTIONS: u32 = 8;
const WRITE_CONNECTIONS: u32 = 4;
/// Tables that statements of members can read at the same time.
const SCAN_CONNECTIONS: u32 = 8;
/// Connections are renewed now and then, so that a moved database is found again.
const MAX_LIFETIME: Duration = Duration::from_mins(30);

/// What every connection begins with. Outside a project's transaction it sees all projects.
const SESSION_SETTINGS: &str = "SET application_name = 'footfall'; SET footfall.project = '*'";
/// A statement, the wait for a lock, and the pause within a transaction end by themselves.
const LIMITS: &str = "SET statement_timeout = '30s'; SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '60s'";
/// A plan made without the values takes a project's share, and a list's length, for what tables were when
/// they were first analysed: empty, when a server is new. Planning with them costs a fraction of that.
const PLANS: &str = "SET plan_cache_mode = force_custom_plan";
const READ_ONLY: &str = "SET default_transaction_read_only = on";
const READ_WRITE: &str = "SET default_transaction_read_only = off";
/// A table's pages are read as a whole.
const VACUUM_LIMIT: &str = "SET statement_timeout = '10min'";
/// One row when nothing is left over from the call before. A call given up while its transaction
/// began leaves one that sqlx knows nothing of; then `now()` is the time that one began.
const IS_CLEAN: &str = "SELECT 1 WHERE now() = statement_timestamp()
    AND current_setting('footfall.project', true) = '*'";

/// Serialises servers that start together: one finishes the schema, the others wait.
const LOCK_TABLES: &str = "SELECT pg_advisory_xact_lock(0, 0)";

/// The first number of an advisory lock: what the second one names.
const LOCK_PROJECT: u8 = 1;
const LOCK_PROJECTION: u8 = 2;

/// The pools of a database.
pub(super) async fn connect(url: &str) -> Result<ConnectionPools, Error> {
    sqlx::any::install_default_drivers();
    let options: AnyConnectOptions = url.parse().map_err(sql)?;
    // Once without a pool: a pool tries again until its time is up and keeps the cause to itself.
    // Also without limits: bringing large tables up to date may take its time.
    let connecting = timeout(ACQUIRE_TIMEOUT, AnyConnection::connect_with(&options)).await;
    let mut connection = connecting.map_err(|_| sql(sqlx::Error::PoolTimedOut))?.map_err(sql)?;
    connection.execute(SESSION_SETTINGS).await.map_err(sql)?;
    MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(migration_error)?;
    finish_schema(&mut connection).await.map_err(sql)?;
    connection.close().await.map_err(sql)?;
    let reads = pool(READ_CONNECTIONS, READ_ONLY).connect_lazy_with(options.clone());
    let scans = pool(SCAN_CONNECTIONS, READ_ONLY).connect_lazy_with(options.clone());
    let scans = ScanSource::Postgres(scans);
    let writes = pool(WRITE_CONNECTIONS, READ_WRITE).connect_lazy_with(options);
    Ok(ConnectionPools { reads, scans, writes })
}

/// Applies PostgreSQL-only schema changes; migrations are shared with SQLite.
async fn finish_schema(connection: &mut AnyConnection) -> sqlx::Result<()> {
    let mut transaction = connection.begin().await?;
    transaction.execute(LOCK_TABLES).await?;
    collation::enforce_byte_order(&mut transaction).await?;
    row_security::enable(&mut transaction).await?;
    transaction.commit().await
}

fn pool(connections: u32, access: &'static str) -> AnyPoolOptions {
    // One round trip.
    let settings: Arc<str> = format!("{SESSION_SETTINGS}; {LIMITS}; {PLANS}; {access}").into();
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .max_lifetime(MAX_LIFETIME)
        .after_connect(move |connection, _| {
            let settings = AssertSqlSafe(settings.clone());
            Box::pin(async move { connection.execute(settings).await.map(drop) })
        })
        // Right after the call, so that its locks do not outlast it.
        .after_release(|connection, _| {
            Box::pin(async move { Ok(connection.fetch_optional(IS_CLEAN).await?.is_some()) })
        })
}

/// Vacuums these tables, and their indexes, which it would pass over where little was removed. Rows that
/// an older transaction may still read are left to the next one.
pub(super) async fn vacuum(writes: &AnyPool, tables: &[&str]) -> sqlx::Result<()> {
    let mut connection = writes.acquire().await?;
    // It ends with its time limit, which is not that of other statements.
    connection.close_on_drop();
    connection.execute(VACUUM_LIMIT).await?;
    for table in tables {
        // A transaction cannot vacuum, so each is a statement of its own.
        let statement = format!("VACUUM (INDEX_CLEANUP ON) {table}");
        connection.execute(AssertSqlSafe(statement)).await?;
    }
    Ok(())
}

/// Whether this connection leads to PostgreSQL: where a statement cannot say the same to both.
pub(crate) fn is_postgres(connection: &AnyConnection) -> bool {
    connection.backend_name() == "PostgreSQL"
}

/// The statement that makes writes of one project wait for each other, until the transaction ends.
pub(super) fn lock_of_project(project: ProjectId) -> String {
    lock(LOCK_PROJECT, project.0.as_bytes())
}

/// The statement that makes the projections of this name wait for each other, whichever server
/// runs them, until the transaction ends.
pub(crate) fn lock_of_projection(name: &str) -> String {
    let lock = lock(LOCK_PROJECTION, name.as_bytes());
    // As long as another server's batch may take: giving up would only mean to begin again.
    format!("SET LOCAL lock_timeout = '25s'; {lock}; SET LOCAL lock_timeout = '5s'")
}

/// Two names may share a lock: then they wait for each other without need, and that is all.
fn lock(kind: u8, name: &[u8]) -> String {
    let number = name
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    format!("SELECT pg_advisory_xact_lock({kind}, {})", number.cast_signed())
}
