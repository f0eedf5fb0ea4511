//! Runs of scheduled questions and what was answered.

use async_trait::async_trait;
use domain::id::{ProjectId, QuestionRunId, SavedQuestionId};
use domain::time::Timestamp;

use super::{Error, SavedQuestion};
use crate::ports::sql::StatementResult;

/// A question whose time has come.
#[derive(Debug, Clone, PartialEq)]
pub struct DueQuestion {
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// The question.
    pub question: SavedQuestion,
    /// When it is due.
    pub due_at: Timestamp,
}

/// A run as the server has it that began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLease {
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// Its question.
    pub question_id: SavedQuestionId,
    /// Its id.
    pub id: QuestionRunId,
    /// When that server began it.
    pub started_at: Timestamp,
}

/// A run to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewQuestionRun {
    /// Its id.
    pub id: QuestionRunId,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// Its question.
    pub question_id: SavedQuestionId,
    /// When it was due.
    pub due_at: Timestamp,
    /// When the question is due again.
    pub next_at: Timestamp,
    /// Now.
    pub started_at: Timestamp,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub enum RunEnd {
    /// With rows.
    Answered(StatementResult),
    /// Without; why, for people.
    Failed(String),
}

/// The state of a run in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunState {
    /// It goes on.
    Running,
    /// It ended with rows.
    Answered {
        /// How many are kept.
        row_count: u64,
        /// Whether there were more.
        is_truncated: bool,
    },
    /// It ended without; why, for people.
    Failed(String),
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRun {
    /// Its id.
    pub id: QuestionRunId,
    /// Its question.
    pub question_id: SavedQuestionId,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took; none while it goes on.
    pub duration_ms: Option<u64>,
    /// How it ended, if it has.
    pub state: RunState,
}

/// Runs of scheduled questions. See [`super`] for the contract.
#[async_trait]
pub trait QuestionRunStore: Send + Sync {
    /// Questions of all projects that are due, those that waited longest first.
    async fn due_questions(&self, now: Timestamp, most: u32) -> Result<Vec<DueQuestion>, Error>;

    /// Begins the run of a question that is due, and says when it is due next; `false`, and nothing done, when it is not
    /// due at that instant any more. Of several that begin one, one does.
    async fn begin_run(&self, new: &NewQuestionRun) -> Result<bool, Error>;

    /// Runs of all projects that began before and go on, the oldest first.
    async fn abandoned_runs(
        &self,
        started_before: Timestamp,
        most: u32,
    ) -> Result<Vec<RunLease>, Error>;

    /// Begins an abandoned run anew; `false` when another has, or when it has ended.
    async fn resume_run(&self, run: &RunLease, now: Timestamp) -> Result<bool, Error>;

    /// Ends a run that began then, and removes all runs of its question but the latest `keep`. Nothing is done when another has
    /// begun it anew, or the question is gone.
    async fn end_run(
        &self,
        run: &RunLease,
        end: &RunEnd,
        duration_ms: u64,
        keep: u32,
    ) -> Result<(), Error>;

    /// The runs of a question, latest first; of all questions of the project the latest one each, where none is named.
    async fn runs(
        &self,
        project: ProjectId,
        question: Option<SavedQuestionId>,
    ) -> Result<Vec<QuestionRun>, Error>;

    /// A run and its answer; none for one that has no answer, or not any more.
    async fn run(
        &self,
        project: ProjectId,
        question: SavedQuestionId,
        id: QuestionRunId,
    ) -> Result<Option<(QuestionRun, Option<StatementResult>)>, Error>;

    /// Removes runs that were due before; how many.
    async fn prune_runs(&self, due_before: Timestamp) -> Result<u64, Error>;
}
