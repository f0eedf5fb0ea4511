//! Saved questions: statements of SQL that members keep.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId, SavedQuestionId};
use domain::saved_question::{QuestionDetails, Schedule};
use domain::time::Timestamp;
use domain::visibility::Visibility;

use super::Error;

/// The part that its author writes.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionContent {
    /// One line.
    pub name: String,
    /// One line; may be empty.
    pub description: String,
    /// The text of SQL.
    pub statement: String,
    /// Its readers.
    pub visibility: Visibility,
    /// Its parameters and chart.
    pub details: QuestionDetails,
}

/// A question to add.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSavedQuestion {
    /// Its id.
    pub id: SavedQuestionId,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// Its author.
    pub author: MemberId,
    /// Its content.
    pub content: QuestionContent,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is asked by itself first.
    pub next_run_at: Option<Timestamp>,
}

/// A question in a list: what it is called and whose it is, without its statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuestionSummary {
    /// Its id.
    pub id: SavedQuestionId,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its readers.
    pub visibility: Visibility,
    /// Its author.
    pub author: MemberId,
    /// That member's name, else their address; none when there is no such member any more.
    pub author_name: Option<String>,
    /// The number of its change, from 1.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it is asked by itself; none: only by hand.
    pub schedule: Option<Schedule>,
    /// When that is next.
    pub next_run_at: Option<Timestamp>,
}

/// A question, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuestion {
    /// Its row of the list.
    pub summary: SavedQuestionSummary,
    /// The text of SQL.
    pub statement: String,
    /// Its parameters and chart.
    pub details: QuestionDetails,
}

/// Saved questions. See [`super`] for the contract.
#[async_trait]
pub trait SavedQuestionStore: Send + Sync {
    /// Stores a question unless the project has `most` already; `false` when it has.
    async fn add_saved_question(&self, new: &NewSavedQuestion, most: u32) -> Result<bool, Error>;

    /// The questions that the project shares and the member's own, by name.
    async fn saved_questions(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<SavedQuestionSummary>, Error>;

    /// The project's questions that have a schedule, whoever may see them.
    async fn scheduled_questions(&self, project: ProjectId) -> Result<Vec<SavedQuestionId>, Error>;

    /// A question, whoever may see it.
    async fn saved_question(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
    ) -> Result<Option<SavedQuestion>, Error>;

    /// Replaces what version `expected` says, now, and says when the question is asked next; `false`, and nothing done, when there is another version by
    /// now, or no such question.
    async fn replace_saved_question(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        content: &QuestionContent,
        expected: u64,
        times: (Timestamp, Option<Timestamp>),
    ) -> Result<bool, Error>;

    /// Deletes a question; `false` when the project has no such question.
    async fn remove_saved_question(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
    ) -> Result<bool, Error>;
}
