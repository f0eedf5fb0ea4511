//! One statement: checked, planned, computed, answered.

use std::io;
use std::sync::Arc;

use datafusion::catalog::MemoryCatalogProviderList;
use datafusion::common::{DataFusionError, ParamValues, ScalarValue};
use datafusion::execution::context::SQLOptions;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::execute_stream;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use engine::ports::sql::{Cell, Diagnostic, Statement};
use futures::TryStreamExt as _;

use super::diagnostic::{self, DiagnosticContext, StatementError};
use super::link::Link;
use super::remote::RemoteTable;
use super::{functions, guard, now};
use crate::sql::exchange::size;
use crate::sql::wire::{Failure, FromWorker, Limits, StatementJob};
use crate::sql::{CATALOG, Postgres, SCHEMA, answer, rows};

/// Rows are sent in messages of about this many bytes.
const MESSAGE_BYTES: u64 = 1 << 20;

/// What all statements of a process share.
pub(super) struct StatementEngine {
    config: SessionConfig,
    runtime: Arc<RuntimeEnv>,
}

impl StatementEngine {
    pub(super) fn new(limits: &Limits) -> io::Result<Self> {
        // Operators account for most of what they use, not for all: so they get the smaller part,
        // and spill before the kernel refuses memory.
        let accounted = usize::try_from(limits.memory_bytes / 3).unwrap_or(usize::MAX);
        let mode = if limits.spill_bytes == 0 {
            DiskManagerMode::Disabled
        } else {
            DiskManagerMode::Directories(vec![limits.spill_folder.clone()])
        };
        let disk = DiskManagerBuilder::default()
            .with_mode(mode)
            .with_max_temp_directory_size(limits.spill_bytes);
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(accounted)))
            .with_disk_manager_builder(disk)
            .build_arc()
            .map_err(io::Error::other)?;
        let mut config = SessionConfig::new()
            .with_target_partitions(limits.threads.max(1))
            .with_create_default_catalog_and_schema(true)
            .with_default_catalog_and_schema(CATALOG, SCHEMA)
            .with_information_schema(true);
        config.options_mut().sql_parser.collect_spans = true;
        Ok(Self { config, runtime })
    }

    /// Runs a statement and sends its rows. Whether there are more of them.
    pub(super) async fn run(
        &self,
        link: &Arc<Link>,
        assignment: StatementJob,
    ) -> Result<bool, Failure> {
        let context = self.session(link, &assignment).map_err(|error| explained(&error))?;
        let StatementJob { statement, max_answer_bytes, tables, .. } = assignment;
        match run(&context, link, &statement, max_answer_bytes).await {
            Ok(is_truncated) => Ok(is_truncated),
            Err(failed) => {
                let tables: Vec<String> = tables.into_iter().map(|table| table.name).collect();
                let state = context.state();
                let known =
                    DiagnosticContext { text: &statement.text, tables: &tables, state: &state };
                Err(known.explain(failed))
            }
        }
    }

    fn session(
        &self,
        link: &Arc<Link>,
        assignment: &StatementJob,
    ) -> Result<SessionContext, DataFusionError> {
        let mut state = SessionStateBuilder::new()
            .with_config(self.config.clone())
            .with_runtime_env(Arc::clone(&self.runtime))
            .with_catalog_list(Arc::new(MemoryCatalogProviderList::new()))
            // Before the library's own, which have an opinion on everything.
            .with_expr_planners(vec![Arc::new(Postgres::new())])
            .with_default_features()
            .with_higher_order_functions(Vec::new())
            .build();
        functions::allow(&mut state, now::functions(assignment.now))?;
        let context = SessionContext::new_with_state(state);
        for table in &assignment.tables {
            let schema = rows::decode_schema(table.schema.clone())?;
            let remote = RemoteTable::new(table.name.clone(), schema, Arc::clone(link));
            context.register_table(&*table.name, Arc::new(remote))?;
        }
        Ok(context)
    }
}

fn explained(error: &DataFusionError) -> Failure {
    Failure::Statement(super::plain(&error.message()))
}

async fn run(
    context: &SessionContext,
    link: &Link,
    statement: &Statement,
    max_answer_bytes: u64,
) -> Result<bool, StatementError> {
    let parsed = guard::parse(&statement.text)?;
    let state = context.state();
    guard::check_tables(&statement.text, &parsed, &state)?;
    let mut plan = state.statement_to_plan(parsed).await?;
    // What the guard lets pass only reads; this is the same rule, held by the library.
    let only_reading =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    only_reading.verify_plan(&plan)?;
    check_values(&plan, statement)?;
    if !statement.parameters.is_empty() {
        plan = plan.with_param_values(values(&statement.parameters))?;
    }
    // With the values in place, for they are parameters of functions, too.
    functions::check(&plan)?;
    let mut frame = DataFrame::new(state, plan);
    let is_about_a_plan = matches!(
        frame.logical_plan(),
        LogicalPlan::Explain(_) | LogicalPlan::Analyze(_) | LogicalPlan::DescribeTable(_)
    );
    if !is_about_a_plan {
        // One more, to know whether there are more.
        frame = frame.limit(0, Some(statement.limit.saturating_add(1)))?;
    }
    let columns = answer::columns(frame.schema().as_arrow());
    send(link, &FromWorker::Columns(columns)).await?;
    let tasks = Arc::new(frame.task_ctx());
    let mut batches = execute_stream(frame.create_physical_plan().await?, tasks)?;
    let mut outgoing = RowSender::new(link, max_answer_bytes);
    let mut is_truncated = false;
    while let Some(batch) = batches.try_next().await? {
        let room = statement.limit - outgoing.sent;
        is_truncated = batch.num_rows() > room;
        // Few rows at a time, so that what is wide is counted before it is all there.
        let taken = room.min(batch.num_rows());
        for start in (0..taken).step_by(ROWS_AT_ONCE) {
            let piece = batch.slice(start, ROWS_AT_ONCE.min(taken - start));
            let mut rows = Vec::with_capacity(piece.num_rows());
            answer::add(&piece, piece.num_rows(), &mut rows).map_err(DataFusionError::from)?;
            outgoing.add(rows).await?;
        }
        if is_truncated {
            break;
        }
    }
    outgoing.flush().await?;
    Ok(is_truncated)
}

/// Rows that are made of Arrow columns at a time.
const ROWS_AT_ONCE: usize = 64;

/// The answer's rows on their way.
struct RowSender<'a> {
    link: &'a Link,
    max_bytes: u64,
    bytes: u64,
    /// Rows added.
    sent: usize,
    rows: Vec<Vec<Cell>>,
    /// Bytes of the rows not sent yet.
    waiting: u64,
}

impl<'a> RowSender<'a> {
    fn new(link: &'a Link, max_bytes: u64) -> Self {
        Self { link, max_bytes, bytes: 0, sent: 0, rows: Vec::new(), waiting: 0 }
    }

    async fn add(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), StatementError> {
        let size: u64 = rows.iter().map(|row| size(row)).sum();
        self.bytes += size;
        if self.bytes > self.max_bytes {
            return Err(StatementError::AnswerSize);
        }
        self.sent += rows.len();
        self.waiting += size;
        self.rows.extend(rows);
        if self.waiting >= MESSAGE_BYTES { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), StatementError> {
        self.waiting = 0;
        if self.rows.is_empty() {
            return Ok(());
        }
        send(self.link, &FromWorker::Rows(std::mem::take(&mut self.rows))).await
    }
}

async fn send(link: &Link, message: &FromWorker) -> Result<(), StatementError> {
    link.send(message).await.map_err(|error| StatementError::Library(error.into()))
}

/// Refuses a plan with a parameter that nothing is bound to, by its name and place.
fn check_values(plan: &LogicalPlan, statement: &Statement) -> Result<(), StatementError> {
    let mut missing: Vec<String> = plan.get_parameter_names()?.into_iter().collect();
    missing.retain(|id| !statement.parameters.iter().any(|(name, _)| id.get(1..) == Some(name)));
    missing.sort_unstable();
    match missing.first() {
        Some(id) => Err(StatementError::Diagnostic(Diagnostic {
            detail: format!("the parameter {id} has no value"),
            at: diagnostic::position_of(&statement.text, id),
            suggestions: Vec::new(),
        })),
        None => Ok(()),
    }
}

/// Parameters as literals, by what stands behind their `$`.
fn values(parameters: &[(String, Cell)]) -> ParamValues {
    let literal = |cell: &Cell| match cell {
        Cell::Null => ScalarValue::Null,
        Cell::Boolean(flag) => ScalarValue::from(*flag),
        Cell::Integer(number) => ScalarValue::from(*number),
        Cell::Double(number) => ScalarValue::from(*number),
        Cell::Decimal(text) | Cell::Text(text) => ScalarValue::from(&**text),
        Cell::Timestamp(at) => {
            ScalarValue::TimestampMicrosecond(Some(at.micros()), Some("UTC".into()))
        }
    };
    let named: Vec<(&str, ScalarValue)> =
        parameters.iter().map(|(name, cell)| (&**name, literal(cell))).collect();
    ParamValues::from(named)
}
