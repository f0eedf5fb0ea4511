//! Running SQL over a snapshot, within limits.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::catalog::MemoryCatalogProviderList;
use datafusion::common::{DataFusionError, ParamValues, ScalarValue};
use datafusion::execution::FunctionRegistry as _;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{SessionConfig, SessionContext};
use deltalake::logstore::LogStore;
use engine::ports::lake::Error;
use tracing::Instrument as _;
use url::Url;

use crate::provider::STORE;
use crate::table::{DataFile, Snapshot, Table};
use crate::{Lake, Options, error, hashed, metrics, schema, sql};

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
        tracing::debug!(parent: &span, rows = answer.0.num_rows(), millis, "answered");
        Ok(answer)
    }
}

impl Drop for Question {
    fn drop(&mut self) {
        metrics::answered(self.name, self.started);
    }
}

async fn run(
    context: &SessionContext,
    sql: &str,
    params: Params,
) -> Result<QueryResult, DataFusionError> {
    let values = params.into_iter().collect::<Vec<(&str, ScalarValue)>>();
    let frame = context.sql(sql).await?.with_param_values(ParamValues::from(values))?;
    let schema = Arc::new(frame.schema().as_arrow().clone());
    let batches = frame.collect().await?;
    let batch = compute::concat_batches(&schema, &batches)?;
    let columns = batch.columns().iter().map(|column| {
        let plain = match column.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8View,
            DataType::Float64 => DataType::Float64,
            // Booleans, counts and instants are read as numbers.
            _ => DataType::Int64,
        };
        compute::cast(column, &plain)
    });
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let names = schema.fields().iter().map(|field| field.name().clone());
    Ok(QueryResult(RecordBatch::try_from_iter_with_nullable(
        names.zip(columns).map(|(name, column)| (name, column, true)),
    )?))
}

/// A statement's rows. Reading a column that is not there, or of another type, gives null: the
/// statements are ours, and the known-answer tests hold their columns to their readers.
#[derive(Debug)]
pub(crate) struct QueryResult(RecordBatch);

impl QueryResult {
    /// The rows' indexes.
    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.0.num_rows()
    }

    /// A number, or an instant's microseconds.
    pub(crate) fn integer(&self, column: &str, row: usize) -> Option<i64> {
        let values = self.0.column_by_name(column)?.as_primitive_opt::<Int64Type>()?;
        (!values.is_null(row)).then(|| values.value(row))
    }

    /// A count; null counts nothing.
    pub(crate) fn count(&self, column: &str, row: usize) -> u64 {
        self.integer(column, row).and_then(|value| u64::try_from(value).ok()).unwrap_or_default()
    }

    /// A number with a fraction.
    pub(crate) fn double(&self, column: &str, row: usize) -> Option<f64> {
        let values = self.0.column_by_name(column)?.as_primitive_opt::<Float64Type>()?;
        (!values.is_null(row)).then(|| values.value(row))
    }

    /// A text.
    pub(crate) fn text(&self, column: &str, row: usize) -> Option<String> {
        let values = self.0.column_by_name(column)?.as_string_view_opt()?;
        (!values.is_null(row)).then(|| values.value(row).to_owned())
    }

    /// An instant.
    pub(crate) fn instant(&self, column: &str, row: usize) -> domain::time::Timestamp {
        domain::time::Timestamp::from_micros(self.integer(column, row).unwrap_or_default())
    }
}

/// An instant as a parameter.
pub(crate) fn instant(at: domain::time::Timestamp) -> ScalarValue {
    debug_assert!(matches!(schema::instant_type(), DataType::Timestamp(..)));
    ScalarValue::TimestampMicrosecond(Some(at.micros()), Some("UTC".into()))
}
