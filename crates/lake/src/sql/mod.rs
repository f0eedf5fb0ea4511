//! Statements people write, over one project's tables of the lake and the catalog.
//!
//! How a statement runs: [`guard`] lets it pass if it only reads; it is planned in a session that
//! knows the project's tables and nothing else; the tables are bound to the project behind a
//! [`wall`]; time, memory and rows are limited; what goes wrong is told by [`complaint`].

pub(crate) mod answer;
mod complaint;
mod epoch;
mod guard;
mod interrupt;
mod json;
mod now;
mod pictures;
mod planner;
mod stored;
mod view;
mod wall;
mod workers;

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use datafusion::common::{ParamValues, ScalarValue};
use datafusion::execution::context::SQLOptions;
use datafusion::logical_expr::{LogicalPlan, ScalarUDF};
use datafusion::physical_plan::execute_stream;
use datafusion::prelude::{DataFrame, SessionContext};
use domain::id::ProjectId;
use engine::ports::catalog::SqlTables;
use engine::ports::sql::{Answer, Cell, Error, Pictures, SqlSurface, Statement};
use futures::TryStreamExt;

use crate::{Lake, metrics};
use complaint::{Failure, Known};
use interrupt::GivenUp;
use workers::Workers;

pub(crate) use guard::SCHEMA;
pub(crate) use pictures::Lookup;
pub(crate) use planner::Postgres;
pub(crate) use view::View;

/// The SQL surface over a lake and a catalog.
#[derive(Clone)]
pub struct Surface {
    lake: Arc<Lake>,
    tables: Arc<dyn SqlTables>,
    pictures: Arc<dyn Pictures>,
    workers: Arc<Workers>,
    timeout: Duration,
}

/// Functions that every session has.
pub(crate) fn functions() -> [ScalarUDF; 2] {
    json::functions()
}

impl Surface {
    /// Statements may take `timeout` each; their memory is that of the lake's questions. Fails when
    /// the system gives no threads.
    pub fn new(
        lake: Arc<Lake>,
        tables: Arc<dyn SqlTables>,
        pictures: Arc<dyn Pictures>,
        timeout: Duration,
    ) -> std::io::Result<Self> {
        let workers = Arc::new(Workers::start(lake.engine.threads())?);
        Ok(Self { lake, tables, pictures, workers, timeout })
    }

    /// A session that knows one project's tables and nothing else.
    async fn session(&self, project: ProjectId) -> Result<SessionContext, Error> {
        let pictures = Lookup::new(Arc::clone(&self.pictures), project);
        let context = self.lake.views_with(project, Some(pictures)).await.map_err(from_lake)?;
        for table in self.tables.tables() {
            let name = table.name;
            let stored = stored::Stored::new(Arc::clone(&self.tables), project, table);
            // Fails only for a name that is taken; the view goes first.
            let _ = context.register_table(name, Arc::new(stored));
        }
        for function in now::functions(self.lake.table.clock.now()) {
            context.register_udf(function);
        }
        context.deregister_udf("current_time");
        guard::withhold(&context);
        Ok(context)
    }

    async fn answer(
        self,
        project: ProjectId,
        statement: Statement,
        given_up: GivenUp,
    ) -> Result<Answer, Error> {
        let context = self.session(project).await?;
        match run(&context, &statement, &given_up).await {
            Ok(answer) => Ok(answer),
            Err(failure) => {
                let tables = context.catalog(CATALOG).and_then(|catalog| catalog.schema(SCHEMA));
                let tables = tables.map(|schema| schema.table_names()).unwrap_or_default();
                let state = context.state();
                Err(Known { text: &statement.text, tables: &tables, state: &state }
                    .explain(failure))
            }
        }
    }
}

/// The name of the catalog a session looks names up in.
pub(crate) const CATALOG: &str = "footfall";

async fn run(
    context: &SessionContext,
    statement: &Statement,
    given_up: &GivenUp,
) -> Result<Answer, Failure> {
    let parsed = guard::parse(&statement.text)?;
    let state = context.state();
    guard::check_tables(&statement.text, &parsed, &state)?;
    let mut plan = state.statement_to_plan(parsed).await?;
    // What the guard lets pass only reads; this is the same rule, held by the library.
    let only_reading =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    only_reading.verify_plan(&plan)?;
    if !statement.parameters.is_empty() {
        plan = plan.with_param_values(values(&statement.parameters))?;
    }
    let mut frame = DataFrame::new(state, plan);
    let is_about_a_plan = matches!(
        frame.logical_plan(),
        LogicalPlan::Explain(_) | LogicalPlan::Analyze(_) | LogicalPlan::DescribeTable(_)
    );
    if !is_about_a_plan {
        // One more, to know whether there are more.
        frame = frame.limit(0, Some(statement.limit.saturating_add(1)))?;
    }
    let mut answer =
        Answer { columns: answer::columns(frame.schema().as_arrow()), ..Answer::default() };
    let tasks = Arc::new(frame.task_ctx());
    let plan = interrupt::interruptible(frame.create_physical_plan().await?, given_up)?;
    let mut batches = execute_stream(plan, tasks)?;
    while let Some(batch) = batches.try_next().await? {
        let room = statement.limit - answer.rows.len();
        answer.is_truncated = batch.num_rows() > room;
        answer::add(&batch, room, &mut answer.rows)
            .map_err(datafusion::error::DataFusionError::from)?;
        if answer.is_truncated {
            break;
        }
    }
    Ok(answer)
}

/// Parameters as literals: `$1` by its number, others by name.
fn values(parameters: &[(String, Cell)]) -> ParamValues {
    let literal = |cell: &Cell| match cell {
        Cell::Null => ScalarValue::Null,
        Cell::Boolean(flag) => ScalarValue::from(*flag),
        Cell::Integer(number) => ScalarValue::from(*number),
        Cell::Double(number) => ScalarValue::from(*number),
        Cell::Decimal(text) | Cell::Text(text) => ScalarValue::from(&**text),
    };
    if parameters.iter().all(|(name, _)| name.parse::<u32>().is_ok()) {
        let list: Vec<ScalarValue> = parameters.iter().map(|(_, cell)| literal(cell)).collect();
        return ParamValues::from(list);
    }
    let named: Vec<(&str, ScalarValue)> =
        parameters.iter().map(|(name, cell)| (&**name, literal(cell))).collect();
    ParamValues::from(named)
}

fn from_lake(error: engine::ports::lake::Error) -> Error {
    match error {
        engine::ports::lake::Error::Unavailable(cause) => {
            Error::Unavailable { what: "the lake", cause }
        }
        other => Error::Internal(Box::new(other)),
    }
}

#[async_trait]
impl SqlSurface for Surface {
    async fn run(&self, project: ProjectId, statement: Statement) -> Result<Answer, Error> {
        let started = Instant::now();
        let given_up = GivenUp::default();
        let work = self.clone().answer(project, statement, given_up.clone());
        let answer = tokio::time::timeout(self.timeout, self.workers.run(given_up, work)).await;
        metrics::answered("sql", started);
        match answer.map_err(|_| Error::Limit { limit: "time" })? {
            Some(Ok(answer)) => answer,
            Some(Err(panicked)) => Err(Error::Internal(Box::new(panicked))),
            None => Err(Error::Internal("the threads have ended".into())),
        }
    }
}

impl std::fmt::Debug for Surface {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Surface").field("lake", &self.lake).finish_non_exhaustive()
    }
}
