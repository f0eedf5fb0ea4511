//! Asking by SQL: how many statements run at once, and how many rows one may answer.

mod turns;

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;

use crate::Error;
use crate::ports::sql::{Answer, SqlSurface, Statement};
use turns::Turns;

/// Rows of an answer, unless asked otherwise.
pub const DEFAULT_ROWS: usize = 1_000;
/// Rows an answer never exceeds.
pub const MAX_ROWS: usize = 100_000;
/// A statement that has waited this long for its turn is turned away. As long as statements of two
/// other projects may take by default.
const MAX_WAIT: Duration = Duration::from_mins(1);

/// The SQL surface as its users have it. The caller has authorised whoever asks.
pub struct Sql {
    surface: Arc<dyn SqlSurface>,
    turns: Turns,
}

impl Sql {
    /// At most `concurrency` statements run at once, one of each project; projects take turns.
    pub fn new(surface: Arc<dyn SqlSurface>, concurrency: usize) -> Self {
        Self { surface, turns: Turns::new(concurrency) }
    }

    /// Runs one statement; see [`SqlSurface`]. Fails with [`Error::Statement`] when it cannot be run
    /// as it is, [`Error::Timeout`] when it takes too much, [`Error::Limited`] when it finds no turn.
    pub async fn run(&self, project: ProjectId, statement: Statement) -> Result<Answer, Error> {
        if !(1..=MAX_ROWS).contains(&statement.limit) {
            return Err(Error::invalid(
                "limit",
                format!("limit must lie between 1 and {MAX_ROWS}"),
            ));
        }
        let busy = || Error::Limited { retry_after_seconds: 5 };
        let turn = tokio::time::timeout(MAX_WAIT, self.turns.next(project)).await;
        let _turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        Ok(self.surface.run(project, statement).await?)
    }
}

impl std::fmt::Debug for Sql {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Sql").finish_non_exhaustive()
    }
}
