//! Statements people write, over one project's tables of the lake and the catalog.
//!
//! A statement never runs in the server. [`statement_limits`] refuses what is too large or too deep; the rest
//! goes to a [`process`] of its own, which parses, plans and computes in the [`worker`] module,
//! confined by the kernel: it reaches no file but those it spills, no network, and a bounded amount of
//! memory and processor time. The rows it works on are sent to it by [`scan`], which lets nothing but
//! the project's own rows pass. [`exchange`] counts what comes back. A process that breaks off, or
//! takes too long, is replaced, and takes with it the one statement it was running.

pub(crate) mod answer;
mod catalog_table;
mod column_type;
mod epoch;
mod exchange;
mod filter;
mod json;
mod planner;
mod pool;
mod process;
mod rows;
mod runtime;
mod scan;
mod screenshots;
mod statement_limits;
mod wire;
pub(crate) mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use datafusion::logical_expr::ScalarUDF;
use domain::id::ProjectId;
use engine::ports::catalog::SqlTableStore;
use engine::ports::sql::{
    Diagnostic, Error, ScreenshotUrls, SqlSchema, SqlSurface, Statement, StatementResult,
    TableSchema,
};
use tokio::sync::OnceCell;
use tracing::Instrument as _;

use crate::{Lake, error, metrics};
use exchange::StatementOutcome;
use pool::Pool;
use process::ProcessEnd;
use runtime::SqlRuntime;
use scan::{ProjectTables, Schemas};
use wire::StatementJob;

pub(crate) use planner::Postgres;
pub use process::WorkerProgram;
pub use statement_limits::check as check_statement;
pub use wire::SandboxReport;

/// The name of the catalog a session looks names up in.
pub(crate) const CATALOG: &str = "footfall";
/// Where a name without a schema is looked up.
pub(crate) const SCHEMA: &str = "public";

/// What statements may use.
#[derive(Debug, Clone)]
pub struct SqlOptions {
    /// How a worker process is started.
    pub worker: WorkerProgram,
    /// Where processes spill what does not fit in their memory; each into a folder of its own.
    pub spill_folder: PathBuf,
    /// How long a statement may take.
    pub timeout: Duration,
    /// Memory of a process beyond what it has at its start, in bytes.
    pub memory_bytes: u64,
    /// What a process may spill, in bytes.
    pub spill_bytes: u64,
    /// Nothing is spilled when less of the disk would be left free, in bytes.
    pub min_free_bytes: u64,
    /// An answer with more bytes fails.
    pub max_answer_bytes: u64,
    /// How long a process waits for a next statement of its project.
    pub idle: Duration,
}

impl SqlOptions {
    /// The defaults.
    pub fn new(worker: WorkerProgram, spill_folder: impl Into<PathBuf>) -> Self {
        Self {
            worker,
            spill_folder: spill_folder.into(),
            timeout: Duration::from_secs(30),
            memory_bytes: 512 << 20,
            spill_bytes: 512 << 20,
            min_free_bytes: 1 << 30,
            max_answer_bytes: 64 << 20,
            idle: Duration::from_mins(1),
        }
    }
}

/// Starts a worker process and ends it: what confines it on this system.
pub async fn probe_sql_worker(options: SqlOptions) -> std::io::Result<SandboxReport> {
    let process = Pool::new(Arc::new(options), 1).start().await?;
    Ok(process.confinement)
}

/// The SQL surface over a lake and a catalog.
#[derive(Clone)]
pub struct LakeSqlSurface {
    lake: Arc<Lake>,
    tables: Arc<dyn SqlTableStore>,
    pictures: Arc<dyn ScreenshotUrls>,
    schemas: Arc<OnceCell<Arc<Schemas>>>,
    options: Arc<SqlOptions>,
    pool: Pool,
    threads: Arc<SqlRuntime>,
}

/// Functions that every session has.
pub(crate) fn functions() -> [ScalarUDF; 2] {
    json::functions()
}

impl LakeSqlSurface {
    /// Makes the folder that processes spill to. Fails when that cannot be done, or the system gives no
    /// threads.
    pub fn new(
        lake: Arc<Lake>,
        tables: Arc<dyn SqlTableStore>,
        pictures: Arc<dyn ScreenshotUrls>,
        mut options: SqlOptions,
    ) -> std::io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt as _;
        let threads = lake.engine.threads();
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&options.spill_folder)?;
        // Processes stand in a folder of their own, and read paths from there.
        options.spill_folder = std::fs::canonicalize(&options.spill_folder)?;
        let options = Arc::new(options);
        Ok(Self {
            lake,
            tables,
            pictures,
            schemas: Arc::default(),
            pool: Pool::new(Arc::clone(&options), threads),
            threads: Arc::new(SqlRuntime::start(threads)?),
            options,
        })
    }

    async fn answer(
        self,
        project: ProjectId,
        statement: Statement,
    ) -> Result<StatementResult, Error> {
        let tables = self.tables(project).await?;
        let mut process = self.pool.take(project).await.map_err(no_process)?;
        let assignment = StatementJob {
            statement,
            now: self.lake.table.clock.now(),
            tables: tables.descriptions().map_err(from_library)?,
            max_answer_bytes: self.options.max_answer_bytes,
        };
        match exchange::run(&mut process, Arc::new(tables), assignment).await {
            StatementOutcome::Finished(answer) => {
                self.pool.put(project, process);
                answer
            }
            StatementOutcome::ProcessEnded => Err(broke_off(process.end().await)),
        }
    }

    async fn schemas(&self) -> Result<Arc<Schemas>, Error> {
        let schemas = async || Ok(Arc::new(scan::schemas(&self.lake).await?));
        let schemas = self.schemas.get_or_try_init(schemas).await.map_err(from_library)?;
        Ok(Arc::clone(schemas))
    }

    async fn tables(&self, project: ProjectId) -> Result<ProjectTables, Error> {
        let (schemas, pictures) = (self.schemas().await?, Arc::clone(&self.pictures));
        ProjectTables::new(&self.lake, schemas, &self.tables, pictures, project)
            .map_err(from_library)
    }
}

fn from_library(error: datafusion::error::DataFusionError) -> Error {
    match error::from_datafusion(error) {
        engine::ports::lake::Error::Unavailable(cause) => {
            Error::Unavailable { what: "the lake", cause }
        }
        other => Error::Internal(Box::new(other)),
    }
}

fn no_process(error: std::io::Error) -> Error {
    Error::Unavailable { what: "SQL", cause: Box::new(error) }
}

fn broke_off(end: ProcessEnd) -> Error {
    metrics::worker_ended(match end {
        ProcessEnd::Memory => "memory",
        ProcessEnd::Time => "time",
        ProcessEnd::Disk => "disk",
        ProcessEnd::Stack => "stack",
        ProcessEnd::Other => "other",
    });
    match end {
        ProcessEnd::Memory => Error::Limit { limit: "memory" },
        ProcessEnd::Time => Error::Limit { limit: "time" },
        ProcessEnd::Disk => Error::Limit { limit: "disk" },
        ProcessEnd::Stack => refused("the statement is nested too deeply"),
        ProcessEnd::Other => refused("the statement ended the process that ran it; simplify it"),
    }
}

fn refused(detail: &str) -> Error {
    Error::Statement(Diagnostic { detail: detail.to_owned(), ..Diagnostic::default() })
}

#[async_trait]
impl SqlSurface for LakeSqlSurface {
    async fn run(
        &self,
        project: ProjectId,
        statement: Statement,
    ) -> Result<StatementResult, Error> {
        statement_limits::check(&statement.text).map_err(Error::Statement)?;
        let started = Instant::now();
        let span = tracing::debug_span!("statement", question = "sql", %project);
        let work = self.clone().answer(project, statement).instrument(span.clone());
        let answer = tokio::time::timeout(self.options.timeout, self.threads.run(work)).await;
        metrics::answered("sql", started);
        match answer.map_err(|_| Error::Limit { limit: "time" })? {
            Some(Ok(answer)) => {
                let rows = answer.as_ref().map_or(0, |answer| answer.rows.len());
                let millis = started.elapsed().as_millis();
                tracing::debug!(parent: &span, rows, millis, "answered");
                answer
            }
            Some(Err(panicked)) => Err(Error::Internal(Box::new(panicked))),
            None => Err(Error::Internal("the threads have ended".into())),
        }
    }

    async fn schema(&self) -> Result<SqlSchema, Error> {
        // The tables are the same for every project, and this one has no rows.
        let tables = self.tables(ProjectId(uuid::Uuid::nil())).await?;
        let mut tables: Vec<TableSchema> = tables.schemas().collect();
        tables.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(SqlSchema { tables, functions: worker::functions::groups() })
    }
}

impl std::fmt::Debug for LakeSqlSurface {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LakeSqlSurface").field("lake", &self.lake).finish_non_exhaustive()
    }
}
