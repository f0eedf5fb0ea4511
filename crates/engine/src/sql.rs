//! Asking by SQL: how many statements run at once, and how many rows one may answer.

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use tokio::sync::Semaphore;

use crate::Error;
use crate::ports::sql::{Answer, SqlSurface, Statement};

/// Rows of an answer, unless asked otherwise.
pub const DEFAULT_ROWS: usize = 1_000;
/// Rows an answer never exceeds.
pub const MAX_ROWS: usize = 100_000;
/// A statement that has waited this long for its turn is turned away.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// The SQL surface as its users have it. The caller has authorised whoever asks.
pub struct Sql {
    surface: Arc<dyn SqlSurface>,
    turns: Semaphore,
}

impl Sql {
    /// At most `concurrency` statements run at once.
    pub fn new(surface: Arc<dyn SqlSurface>, concurrency: usize) -> Self {
        Self { surface, turns: Semaphore::new(concurrency.max(1)) }
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
        let turn = tokio::time::timeout(MAX_WAIT, self.turns.acquire()).await;
        let _turn = turn
            .map_err(|_| Error::Limited { retry_after_seconds: 5 })?
            .map_err(Error::internal)?;
        Ok(self.surface.run(project, statement).await?)
    }
}

impl std::fmt::Debug for Sql {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Sql").finish_non_exhaustive()
    }
}
