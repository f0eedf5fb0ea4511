//! An open catalog: its connections, and the transactions its methods work in.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyPool, AssertSqlSafe, SqlStr};
use uuid::Uuid;

use crate::error::sql;
use crate::sql_tables::ScanSource;
use crate::transaction::{ReadConnection, WriteTransaction};

mod collation;
mod postgres;
mod row_security;
mod sqlite;

pub(crate) use postgres::{is_postgres, lock_of_projection};

/// The files of `migrations`: version, name, statements.
const FILES: &[(i64, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let migration = |(version, name, text): &(i64, &'static str, &'static str)| {
        let text = SqlStr::from_static(text);
        Migration::new(*version, (*name).into(), MigrationType::Simple, text, false)
    };
    Migrator::with_migrations(FILES.iter().map(migration).collect())
});

/// The journal of a catalog that has only one: its own.
pub(crate) const LOCAL_JOURNAL: &str = "local";

/// The catalog in a SQLite file or in PostgreSQL. Implements every trait of
/// [`engine::ports::catalog`]; clones share their connections.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// For single statements of no project in particular; see [`Catalog::reads_of`] for the others.
    pub(crate) reads: AnyPool,
    /// For rows that a statement of a member reads as slowly as it likes.
    pub(crate) scans: ScanSource,
    writes: AnyPool,
    database: Database,
    /// Tells this server's projections apart from those of other servers on the same catalog.
    pub(crate) journal: Arc<str>,
}

/// The connections of a catalog, by their use.
struct ConnectionPools {
    reads: AnyPool,
    scans: ScanSource,
    writes: AnyPool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database {
    Sqlite,
    Postgres,
}

impl Catalog {
    /// Opens the catalog in the file at `path`, which is made when it is missing, as is its folder,
    /// and brings its tables up to date. Fails with [`Error::Unavailable`] when the file cannot be
    /// reached or stays locked, with [`Error::Internal`] when it is not a catalog this version knows.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        let pools = sqlite::open(path, sqlite::BUSY_TIMEOUT).await?;
        let catalog = Self::of_sqlite(pools);
        catalog.index_hosts().await?;
        Ok(catalog)
    }

    /// Opens the catalog in the PostgreSQL database that `url` names (`postgres://…`), brings its
    /// tables up to date and enables row-level security. `journal` is the id of the journal
    /// this server's projections follow: servers that share the catalog each have their own, and know
    /// of each other from here on. Who follows none gives the nil id. Fails with
    /// [`Error::Unavailable`] when the database cannot be reached, with [`Error::Internal`] when `url`
    /// is none or the tables are not those of a version this one knows.
    pub async fn connect(url: &str, journal: Uuid) -> Result<Self, Error> {
        let ConnectionPools { reads, scans, writes } = postgres::connect(url).await?;
        let (has_journal, journal) = (!journal.is_nil(), journal.to_string().into());
        let catalog = Self { reads, scans, writes, database: Database::Postgres, journal };
        if has_journal {
            catalog.register_journal().await?;
        }
        catalog.index_hosts().await?;
        Ok(catalog)
    }

    fn of_sqlite(ConnectionPools { reads, scans, writes }: ConnectionPools) -> Self {
        Self { reads, scans, writes, database: Database::Sqlite, journal: LOCAL_JOURNAL.into() }
    }

    /// Whether the catalog can be read now.
    pub async fn ping(&self) -> Result<(), Error> {
        // A table's row: `SELECT 1` alone would not touch the file.
        sqlx::query("SELECT completed_at FROM setup").execute(&self.reads).await.map_err(sql)?;
        Ok(())
    }

    /// Whether the database itself keeps projects apart: never in SQLite, and in PostgreSQL unless
    /// the role is one that row-level security does not bind (a superuser, or `BYPASSRLS`).
    pub async fn has_row_security(&self) -> Result<bool, Error> {
        match self.database {
            Database::Sqlite => Ok(false),
            Database::Postgres => row_security::is_enforced(&self.reads).await.map_err(sql),
        }
    }

    /// Waits for the calls under way and closes the catalog; later calls fail with
    /// [`Error::Unavailable`].
    pub async fn close(&self) {
        self.scans.close().await;
        self.reads.close().await;
        // Last, so that the connection that may write also brings SQLite's log back into the file.
        self.writes.close().await;
    }

    /// A transaction that may write rows of any project. Dropped without a commit it changes nothing.
    pub(crate) async fn write(&self) -> Result<WriteTransaction, Error> {
        let begin = match self.database {
            Database::Sqlite => "BEGIN IMMEDIATE",
            Database::Postgres => "BEGIN",
        };
        let transaction = self.writes.begin_with(begin).await.map_err(sql)?;
        Ok(WriteTransaction::new(transaction, self.journal.clone()))
    }

    /// A transaction that may write rows of this project. Those of one project follow each other, so
    /// that what one of them reads stays true until it commits.
    pub(crate) async fn write_of(&self, project: ProjectId) -> Result<WriteTransaction, Error> {
        if self.database == Database::Sqlite {
            return self.write().await;
        }
        // One round trip. An id is spliced, for these statements take no binds: it has only hex
        // digits and dashes.
        let begin = format!(
            "BEGIN; SET LOCAL footfall.project = '{project}'; {}",
            postgres::lock_of_project(project)
        );
        let transaction = self.writes.begin_with(AssertSqlSafe(begin)).await.map_err(sql)?;
        Ok(WriteTransaction::new(transaction, self.journal.clone()))
    }

    /// Does with the bytes of rows removed from these tables what the database lets one do; `false` when
    /// somebody reads an older state still. SQLite's file has overwritten them, and its write-ahead log is
    /// brought back into the file and emptied. PostgreSQL's tables are vacuumed, so that no index leads to
    /// them and what comes next overwrites them: until then they lie in unused places of their pages, and
    /// in segments of its log until it recycles these.
    pub(crate) async fn scrub_tables(&self, tables: &[&str]) -> Result<bool, Error> {
        match self.database {
            Database::Sqlite => sqlite::empty_log(&self.writes).await.map_err(sql),
            Database::Postgres => {
                postgres::vacuum(&self.writes, tables).await.map_err(sql)?;
                Ok(true)
            }
        }
    }

    /// A connection that reads rows of this project. In PostgreSQL it sees no other's.
    pub(crate) async fn reads_of(&self, project: ProjectId) -> Result<ReadConnection, Error> {
        match self.database {
            Database::Sqlite => self.reads.acquire().await.map(ReadConnection::Plain).map_err(sql),
            Database::Postgres => {
                let begin = format!("BEGIN READ ONLY; SET LOCAL footfall.project = '{project}'");
                let transaction = self.reads.begin_with(AssertSqlSafe(begin)).await;
                transaction.map(ReadConnection::Scoped).map_err(sql)
            }
        }
    }
}

fn migration_error(error: MigrateError) -> Error {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => sql(error),
        other => Error::Internal(Box::new(other)),
    }
}

#[cfg(test)]
mod released;
#[cfg(test)]
mod tests;
