//! Boards that members put together.

use async_trait::async_trait;
use domain::board::Card;
use domain::id::{BoardId, MemberId, ProjectId};
use domain::time::Timestamp;
use domain::visibility::Visibility;

use super::Error;

/// The part of a board that its author makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardContent {
    /// One line.
    pub name: String,
    /// Its readers.
    pub visibility: Visibility,
    /// In the order they are shown.
    pub cards: Vec<Card>,
}

/// A board to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBoard {
    /// Its id.
    pub id: BoardId,
    /// The project it belongs to.
    pub project_id: ProjectId,
    /// Its author.
    pub author: MemberId,
    /// Its content.
    pub content: BoardContent,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A board in a list, without its cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardSummary {
    /// Its id.
    pub id: BoardId,
    /// Its name.
    pub name: String,
    /// Its readers.
    pub visibility: Visibility,
    /// Its author.
    pub author: MemberId,
    /// That member's name, else their address; none when there is no such member any more.
    pub author_name: Option<String>,
    /// How many cards it has.
    pub card_count: u64,
    /// The number of its change, from 1.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A board, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Its row of the list.
    pub summary: BoardSummary,
    /// In the order they are shown.
    pub cards: Vec<Card>,
}

/// Boards. See [`super`] for the contract.
#[async_trait]
pub trait BoardStore: Send + Sync {
    /// Stores a board unless the project has `most` already; `false` when it has.
    async fn add_board(&self, new: &NewBoard, most: u32) -> Result<bool, Error>;

    /// The boards that the project shares and the member's own, by name.
    async fn boards(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<BoardSummary>, Error>;

    /// A board, whoever may see it.
    async fn board(&self, project: ProjectId, id: BoardId) -> Result<Option<Board>, Error>;

    /// Replaces version `expected`; `false`, and nothing done, when there is another version by now, or no
    /// such board.
    async fn replace_board(
        &self,
        project: ProjectId,
        id: BoardId,
        content: &BoardContent,
        expected: u64,
        now: Timestamp,
    ) -> Result<bool, Error>;

    /// Deletes a board; `false` when the project has no such board.
    async fn remove_board(&self, project: ProjectId, id: BoardId) -> Result<bool, Error>;
}
