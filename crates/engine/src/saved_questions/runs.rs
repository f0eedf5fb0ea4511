//! Asks scheduled questions when they are due, and keeps what was answered.
//!
//! # Invariants
//!
//! - A question that is due is asked once, by whichever server comes first; the answer of one instant is kept once.
//! - A run whose server ended is begun anew by another; one that fails for good is recorded as failed, and the schedule goes on.
//! - Times that passed while no server ran are made up for by one run, not by many.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use domain::clock::Clock;
use domain::id::{IdSource, ProjectId, QuestionRunId, SavedQuestionId};
use futures::future::join_all;

use super::bind;
use crate::Error;
use crate::ports::catalog::{
    DueQuestion, NewQuestionRun, QuestionRun, QuestionRunStore, RunEnd, RunLease, RunState,
    SavedQuestion, SavedQuestionStore,
};
use crate::ports::sql::{Cell, Statement, StatementResult};
use crate::project_zones::ProjectZones;
use crate::sql::{DEFAULT_ROWS, SqlService};

/// Questions asked by one call; the next call goes on.
const MAX_AT_ONCE: u32 = 200;
/// Runs of a question that are kept.
const KEPT_RUNS: u32 = 50;
/// How long runs are kept, in seconds: 90 days.
const KEPT_SECONDS: i64 = 90 * 86_400;
/// A run that goes on for longer has lost its server: a statement waits and works for two minutes at most.
const ABANDONED_AFTER_SECONDS: i64 = 10 * 60;
/// Of an answer's texts, at most; a cell counts for its text and 16 bytes.
const MAX_ANSWER_BYTES: usize = 256 << 10;
const CELL_BYTES: usize = 16;

/// The answer of a run.
#[derive(Debug)]
pub enum RunAnswer {
    /// Its rows, and how long they took, in milliseconds.
    Rows(StatementResult, u64),
    /// Nothing yet.
    Running,
    /// Nothing: why, for people.
    Failed(String),
    /// Nothing any more: an erasure has removed it.
    Removed,
}

/// The use cases around runs of scheduled questions. The caller has authorised whoever asks.
pub struct QuestionRunService {
    store: Arc<dyn QuestionRunStore>,
    questions: Arc<dyn SavedQuestionStore>,
    sql: Arc<SqlService>,
    zones: ProjectZones,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// The ports and services that runs need.
pub(crate) struct Dependencies {
    /// Keeps the runs.
    pub(crate) store: Arc<dyn QuestionRunStore>,
    /// Keeps the questions.
    pub(crate) questions: Arc<dyn SavedQuestionStore>,
    /// Answers them.
    pub(crate) sql: Arc<SqlService>,
    /// Where their schedules hold.
    pub(crate) zones: ProjectZones,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Ids of runs.
    pub(crate) ids: Arc<dyn IdSource>,
}

impl QuestionRunService {
    /// Puts the parts together.
    pub(crate) fn new(parts: Dependencies) -> Self {
        let Dependencies { store, questions, sql, zones, clock, ids } = parts;
        Self { store, questions, sql, zones, clock, ids }
    }

    /// Asks what is due, of all projects, and what other servers have left; how many runs ended.
    pub async fn run_due(&self) -> Result<u64, Error> {
        let mut ended = 0;
        let now = self.clock.now();
        let before = now.plus_seconds(-ABANDONED_AFTER_SECONDS);
        for left in self.store.abandoned_runs(before, MAX_AT_ONCE).await? {
            ended += u64::from(self.resume(left).await?);
        }
        let mut by_project: BTreeMap<ProjectId, Vec<DueQuestion>> = BTreeMap::new();
        for due in self.store.due_questions(now, MAX_AT_ONCE).await? {
            by_project.entry(due.project_id).or_default().push(due);
        }
        // One statement of a project runs at a time: no project waits for another.
        for begun in join_all(by_project.into_values().map(|due| self.begin_all(due))).await {
            ended += begun?;
        }
        self.store.prune_runs(now.plus_seconds(-KEPT_SECONDS)).await?;
        Ok(ended)
    }

    /// The runs of a question that the caller may see, latest first.
    pub async fn list(
        &self,
        project: ProjectId,
        question: SavedQuestionId,
    ) -> Result<Vec<QuestionRun>, Error> {
        Ok(self.store.runs(project, Some(question)).await?)
    }

    /// The latest run of each question of a project.
    pub async fn latest(&self, project: ProjectId) -> Result<Vec<QuestionRun>, Error> {
        Ok(self.store.runs(project, None).await?)
    }

    /// The answer of a run; the caller may see its question.
    pub async fn answer(
        &self,
        project: ProjectId,
        question: SavedQuestionId,
        id: QuestionRunId,
    ) -> Result<RunAnswer, Error> {
        let found = self.store.run(project, question, id).await?;
        let (run, answer) = found.ok_or(Error::NotFound("run"))?;
        Ok(match (run.state, answer) {
            (RunState::Running, _) => RunAnswer::Running,
            (RunState::Failed(error), _) => RunAnswer::Failed(error),
            (RunState::Answered { .. }, None) => RunAnswer::Removed,
            (RunState::Answered { .. }, Some(rows)) => {
                RunAnswer::Rows(rows, run.duration_ms.unwrap_or_default())
            }
        })
    }

    async fn begin_all(&self, due: Vec<DueQuestion>) -> Result<u64, Error> {
        let mut ended = 0;
        for due in due {
            ended += u64::from(self.begin(due).await?);
        }
        Ok(ended)
    }

    async fn begin(&self, due: DueQuestion) -> Result<bool, Error> {
        let DueQuestion { project_id, question, due_at } = due;
        let Some(schedule) = question.details.schedule else { return Ok(false) };
        let now = self.clock.now();
        let new = NewQuestionRun {
            id: QuestionRunId(self.ids.next(now)),
            project_id,
            question_id: question.summary.id,
            due_at,
            next_at: schedule.next_after(now, self.zones.of(project_id).await?),
            started_at: now,
        };
        if !self.store.begin_run(&new).await? {
            return Ok(false);
        }
        let lease = RunLease {
            project_id,
            question_id: new.question_id,
            id: new.id,
            started_at: new.started_at,
        };
        self.ask(lease, question).await
    }

    async fn resume(&self, left: RunLease) -> Result<bool, Error> {
        let now = self.clock.now();
        let question = self.questions.saved_question(left.project_id, left.question_id).await?;
        let Some(question) = question else { return Ok(false) };
        if !self.store.resume_run(&left, now).await? {
            return Ok(false);
        }
        self.ask(RunLease { started_at: now, ..left }, question).await
    }

    /// Asks, and keeps the answer; `false` where it has to be tried again later.
    async fn ask(&self, lease: RunLease, question: SavedQuestion) -> Result<bool, Error> {
        let started = Instant::now();
        let answered = self.answered(lease.project_id, question).await;
        let end = match answered {
            Ok(answer) => RunEnd::Answered(bounded(answer)),
            // The statement is as good as it was: the run is begun anew when it counts as abandoned.
            Err(error @ (Error::Unavailable { .. } | Error::Limited { .. })) => {
                tracing::warn!(error = %crate::error_chain(&error), "a scheduled question could not be asked");
                return Ok(false);
            }
            Err(error @ Error::Internal(_)) => {
                tracing::error!(error = %crate::error_chain(&error), "a scheduled question failed");
                RunEnd::Failed("the question failed for a fault of the server's".to_owned())
            }
            Err(error) => RunEnd::Failed(error.to_string()),
        };
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.store.end_run(&lease, &end, duration_ms, KEPT_RUNS).await?;
        Ok(true)
    }

    async fn answered(
        &self,
        project: ProjectId,
        question: SavedQuestion,
    ) -> Result<StatementResult, Error> {
        let parameters = bind(&question.details.parameters, Vec::new())?;
        let statement = Statement { text: question.statement, parameters, limit: DEFAULT_ROWS };
        self.sql.run(project, statement).await
    }
}

impl std::fmt::Debug for QuestionRunService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("QuestionRunService").finish_non_exhaustive()
    }
}

/// The rows that fit.
fn bounded(mut answer: StatementResult) -> StatementResult {
    let mut room = MAX_ANSWER_BYTES;
    let fits = |row: &Vec<Cell>| {
        let bytes = row.iter().map(cell_bytes).sum();
        let left = room.checked_sub(bytes);
        room = left.unwrap_or_default();
        left.is_some()
    };
    let kept = answer.rows.iter().map(fits).take_while(|fits| *fits).count();
    answer.is_truncated |= kept < answer.rows.len();
    answer.rows.truncate(kept);
    answer
}

fn cell_bytes(cell: &Cell) -> usize {
    CELL_BYTES
        + match cell {
            Cell::Text(text) | Cell::Decimal(text) => text.len(),
            _ => 0,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_beyond_the_bound_are_cut_and_the_answer_says_so() {
        let answer = |rows: usize| StatementResult {
            rows: (0..rows).map(|_| vec![Cell::Text("a".repeat((1 << 10) - 16))]).collect(),
            ..StatementResult::default()
        };
        let whole = bounded(answer(256));
        assert_eq!((whole.rows.len(), whole.is_truncated), (256, false));
        let cut = bounded(answer(257));
        assert_eq!((cut.rows.len(), cut.is_truncated), (256, true));
    }
}
