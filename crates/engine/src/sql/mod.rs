//! Asking by SQL: how many statements run at once, and how many rows one may answer.

mod scheduler;

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use domain::saved_question::MAX_PARAMETER_CHARACTERS;

use crate::Error;
use crate::ports::sql::{Cell, SqlSchema, SqlSurface, Statement, StatementResult};
use scheduler::StatementScheduler;

/// Rows of an answer, unless asked otherwise.
pub const DEFAULT_ROWS: usize = 1_000;
/// Rows an answer never exceeds.
pub const MAX_ROWS: usize = 100_000;
/// Values that a statement may be run with.
const MAX_VALUES: usize = 100;
/// A statement that has waited this long for its turn is turned away. As long as statements of two
/// other projects may take by default.
const MAX_WAIT: Duration = Duration::from_mins(1);

/// The SQL surface as its users have it. The caller has authorised whoever asks.
pub struct SqlService {
    surface: Arc<dyn SqlSurface>,
    scheduler: StatementScheduler,
}

impl SqlService {
    /// At most `concurrency` statements run at once, one of each project; projects take turns.
    pub fn new(surface: Arc<dyn SqlSurface>, concurrency: usize) -> Self {
        Self { surface, scheduler: StatementScheduler::new(concurrency) }
    }

    /// Runs one statement; see [`SqlSurface`]. Fails with [`Error::Statement`] when it cannot be run
    /// as it is, [`Error::Timeout`] when it takes too much, [`Error::Limited`] when it finds no turn.
    pub async fn run(
        &self,
        project: ProjectId,
        statement: Statement,
    ) -> Result<StatementResult, Error> {
        if !(1..=MAX_ROWS).contains(&statement.limit) {
            return Err(Error::invalid("limit", format!("limit must be between 1 and {MAX_ROWS}")));
        }
        check_values(&statement.parameters)?;
        let busy = || Error::Limited { retry_after_seconds: 5 };
        let permit = tokio::time::timeout(MAX_WAIT, self.scheduler.acquire(project)).await;
        let _permit = permit.map_err(|_| busy())?.map_err(|_| busy())?;
        Ok(self.surface.run(project, statement).await?)
    }

    /// The names that statements can use.
    pub async fn schema(&self) -> Result<SqlSchema, Error> {
        Ok(self.surface.schema().await?)
    }
}

fn check_values(parameters: &[(String, Cell)]) -> Result<(), Error> {
    if parameters.len() > MAX_VALUES {
        let detail = format!("parameters must have at most {MAX_VALUES} values");
        return Err(Error::invalid("parameters", detail));
    }
    for (name, cell) in parameters {
        if let Cell::Text(text) = cell
            && text.chars().count() > MAX_PARAMETER_CHARACTERS
        {
            let field = format!("parameters.{name}");
            let detail = format!("{field} must have at most {MAX_PARAMETER_CHARACTERS} characters");
            return Err(Error::invalid(field, detail));
        }
    }
    Ok(())
}

impl std::fmt::Debug for SqlService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SqlService").finish_non_exhaustive()
    }
}
