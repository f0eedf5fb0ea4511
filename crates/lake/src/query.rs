//! Running SQL over a snapshot, within limits.

mod result;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
use datafusion::arrow::compute;
use datafusion::arrow::datatypes::DataType;
use datafusion::catalog::MemoryCatalogProviderList;
use datafusion::common::{DataFusionError, ParamValues, ScalarValue};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::execution::{FunctionRegistry as _, SendableRecordBatchStream};
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use deltalake::logstore::LogStore;
use engine::ports::lake::Error;
use futures::StreamExt as _;
use tracing::Instrument as _;
use url::Url;

use crate::provider::STORE;
use crate::table::{DataFile, Snapshot, Table};
use crate::{Lake, Options, error, hashed, metrics, schema, sql};

pub(crate) use result::QueryResult;

/// Values for a statement's `$names`.
pub(crate) type Params = HashMap<&'static str, ScalarValue>;

/// What running questions needs and shares.
#[derive(Debug)]
pub(crate) struct QueryEngine {
    state: SessionState,
    /// For maintenance: the questions' memory is theirs alone.
    unlimited: Arc<RuntimeEnv>,
    timeout: Duration,
}

impl QueryEngine {
    pub(crate) fn new(options: &Options, table: &Table) -> Result<Self, Error> {
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(options.query_memory_bytes)))
            .with_metadata_cache_limit(options.footer_cache_bytes)
            .build_arc()
            .map_err(error::from_datafusion)?;
        let unlimited = RuntimeEnvBuilder::new()
            .with_metadata_cache_limit(0)
            .build_arc()
            .map_err(error::from_datafusion)?;
        register_store(&runtime, table)?;
        register_store(&unlimited, table)?;
        let mut config = SessionConfig::new()
            .with_target_partitions(options.query_threads)
            // Each session gets a catalog of its own.
            .with_create_default_catalog_and_schema(false)
            .with_default_catalog_and_schema(sql::CATALOG, sql::SCHEMA)
            .with_information_schema(true);
        config.options_mut().sql_parser.collect_spans = true;
        let parquet = &mut config.options_mut().execution.parquet;
        // Rows that a filter rules out are not decoded in full.
        parquet.pushdown_filters = true;
        parquet.reorder_filters = true;
        let mut state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(runtime)
            // Before the library's own, which have an opinion on everything.
            .with_expr_planners(vec![Arc::new(sql::Postgres::new())])
            .with_default_features()
            .build();
        for function in sql::functions() {
            state.register_udf(Arc::new(function)).map_err(error::from_datafusion)?;
        }
        Ok(Self { state, unlimited, timeout: options.question_timeout })
    }

    /// Threads one question is spread over.
    pub(crate) fn threads(&self) -> usize {
        self.state.config().target_partitions()
    }

    /// A session with an empty catalog.
    pub(crate) fn session(&self) -> SessionContext {
        let config = self.state.config().clone().with_create_default_catalog_and_schema(true);
        let state = SessionStateBuilder::new_from_existing(self.state.clone())
            .with_config(config)
            .with_catalog_list(Arc::new(MemoryCatalogProviderList::new()))
            .build();
        SessionContext::new_with_state(state)
    }

    /// A session whose memory its user bounds.
    pub(crate) fn session_without_limit(&self, rows_per_batch: usize) -> SessionContext {
        let config = SessionConfig::new().with_batch_size(rows_per_batch);
        SessionContext::new_with_config_rt(config, Arc::clone(&self.unlimited))
    }
}

/// Makes the table's folder readable under [`STORE`].
fn register_store(runtime: &RuntimeEnv, table: &Table) -> Result<(), Error> {
    let url = Url::parse(STORE).map_err(error::internal)?;
    runtime.register_object_store(&url, LogStore::object_store(table.log_store.as_ref(), None));
    Ok(())
}

/// One question: its statements see one snapshot and share one deadline.
pub(crate) struct Question {
    context: SessionContext,
    root: PathBuf,
    snapshot: Arc<Snapshot>,
    name: &'static str,
    started: Instant,
    timeout: Duration,
}

impl Lake {
    /// Begins a question over the newest snapshot.
    pub(crate) fn question(&self, name: &'static str) -> Question {
        Question::new(&self.engine, &self.table, name)
    }
}

impl Question {
    fn new(engine: &QueryEngine, table: &Table, name: &'static str) -> Self {
        let question = Self {
            context: engine.session(),
            root: table.root.clone(),
            snapshot: table.snapshot(),
            name,
            started: Instant::now(),
            timeout: engine.timeout,
        };
        question.register("events", Arc::clone(&question.snapshot));
        question
    }

    /// Makes events known under a name.
    fn register(&self, name: &str, snapshot: Arc<Snapshot>) {
        // This fails only for a column that is not there or a name that is taken: for a fault of
        // ours, which every statement will then complain of.
        let _ = hashed::events(&self.context, snapshot)
            .and_then(|events| self.context.register_table(name, events));
    }

    /// Makes the events of some of the snapshot's files known under a name.
    pub(crate) fn register_files(&self, name: &str, files: Vec<Arc<DataFile>>) {
        self.register(name, Arc::new(Snapshot { files, ..Snapshot::default() }));
    }

    /// Makes the hashes of sessions known under a name, as a table of the one column `session_hash`.
    pub(crate) fn register_hashes(&self, name: &str, hashes: Vec<i64>) {
        let column: ArrayRef = Arc::new(Int64Array::from(hashes));
        self.register_columns(name, [("session_hash", column)]);
    }

    /// Makes a table of these columns known under a name.
    pub(crate) fn register_columns<const N: usize>(
        &self,
        name: &str,
        columns: [(&str, ArrayRef); N],
    ) {
        // This fails only for columns of different lengths or a name that is taken, as above.
        let _ = RecordBatch::try_from_iter_with_nullable(
            columns.map(|(name, column)| (name, column, true)),
        )
        .map_err(DataFusionError::from)
        .and_then(|batch| self.context.register_batch(name, batch));
    }

    /// Makes a function known to this question's statements.
    pub(crate) fn register_function(&self, function: ScalarUDF) {
        self.context.register_udf(function);
    }

    /// The snapshot's files.
    pub(crate) fn files(&self) -> &[Arc<DataFile>] {
        &self.snapshot.files
    }

    /// The table's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Runs one statement. `params` gives its `$names` their values.
    pub(crate) async fn ask(&self, sql: &str, params: Params) -> Result<QueryResult, Error> {
        let left = self.timeout.saturating_sub(self.started.elapsed());
        if left.is_zero() {
            return Err(Error::Limit { limit: "time" });
        }
        let span = tracing::debug_span!("statement", question = self.name);
        let started = Instant::now();
        let answer =
            tokio::time::timeout(left, run(&self.context, sql, params).instrument(span.clone()))
                .await
                .map_err(|_| Error::Limit { limit: "time" })?
                .map_err(error::from_datafusion)?;
        let millis = started.elapsed().as_millis();
        tracing::debug!(parent: &span, rows = answer.rows().len(), millis, "answered");
        Ok(answer)
    }

    /// Begins a statement whose rows are read a batch at a time, until the question's deadline.
    pub(crate) async fn stream(&self, sql: &str, params: Params) -> Result<ResultStream, Error> {
        let deadline = tokio::time::Instant::from_std(self.started + self.timeout);
        let begin = async { frame(&self.context, sql, params).await?.execute_stream().await };
        let batches = tokio::time::timeout_at(deadline, begin)
            .await
            .map_err(|_| Error::Limit { limit: "time" })?
            .map_err(error::from_datafusion)?;
        Ok(ResultStream { batches, deadline })
    }
}

impl Drop for Question {
    fn drop(&mut self) {
        metrics::answered(self.name, self.started);
    }
}

async fn frame(
    context: &SessionContext,
    sql: &str,
    params: Params,
) -> Result<DataFrame, DataFusionError> {
    let values = params.into_iter().collect::<Vec<(&str, ScalarValue)>>();
    context.sql(sql).await?.with_param_values(ParamValues::from(values))
}

async fn run(
    context: &SessionContext,
    sql: &str,
    params: Params,
) -> Result<QueryResult, DataFusionError> {
    let frame = frame(context, sql, params).await?;
    let schema = Arc::new(frame.schema().as_arrow().clone());
    let batches = frame.collect().await?;
    QueryResult::of(&compute::concat_batches(&schema, &batches)?)
}

/// The rows of a statement that runs.
pub(crate) struct ResultStream {
    batches: SendableRecordBatchStream,
    deadline: tokio::time::Instant,
}

impl ResultStream {
    /// The next rows; none after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<QueryResult>, Error> {
        let next = tokio::time::timeout_at(self.deadline, self.batches.next());
        let batch = next.await.map_err(|_| Error::Limit { limit: "time" })?;
        let rows = batch.map(|batch| QueryResult::of(&batch?)).transpose();
        rows.map_err(error::from_datafusion)
    }
}

/// An instant as a parameter.
pub(crate) fn instant(at: domain::time::Timestamp) -> ScalarValue {
    debug_assert!(matches!(schema::instant_type(), DataType::Timestamp(..)));
    ScalarValue::TimestampMicrosecond(Some(at.micros()), Some("UTC".into()))
}
