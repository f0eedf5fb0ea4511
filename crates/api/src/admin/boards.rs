//! `/api/projects/{project_id}/boards`: figures, charts and tables of any page that members put together.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::board::{Card, CardId, CardWidth, PieceName};
use domain::id::BoardId;
use engine::ports::catalog::{Actor, Board, BoardContent, BoardSummary};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::AuditContext;
use crate::authorship::{Author, VisibilityName};
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Analyst, AskingMember, Json, Viewer};
use crate::state::App;

/// A card of a board: a figure, chart or table of a page.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BoardCard)]
pub(crate) struct CardFields {
    /// 1 to 40 letters, digits, `_` and `-`; no other card of the board has it.
    id: String,
    /// An area of the dashboard, a dot and a name, such as `overview.visitors`: the part of a page that it shows.
    piece: String,
    /// At most 100 characters in one line; null: the piece's own.
    #[serde(default)]
    title: Option<String>,
    /// The search parameters of its page, without `?`: filters, perhaps a period of its own. At most 8,192 bytes.
    #[serde(default)]
    search: String,
    /// 1 to 4 columns of four.
    width: u8,
}

/// A board to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBoard)]
pub(crate) struct BoardFields {
    /// 1 to 100 characters in one line.
    name: String,
    visibility: VisibilityName,
    /// In the order they are shown, 40 at most.
    #[serde(default)]
    cards: Vec<CardFields>,
}

/// A board in place of the one of this version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BoardChange {
    /// The version that is replaced.
    version: u64,
    /// All of the board.
    board: BoardFields,
}

/// A board in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BoardSummary)]
pub(crate) struct SummaryAnswer {
    id: Uuid,
    name: String,
    visibility: VisibilityName,
    author: Author,
    card_count: u64,
    /// The number of its change, from 1.
    version: u64,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

/// Boards that the caller sees, by name; at most 100.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardList {
    boards: Vec<SummaryAnswer>,
}

/// A board.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Board)]
pub(crate) struct BoardAnswer {
    id: Uuid,
    name: String,
    visibility: VisibilityName,
    author: Author,
    /// The number of its change, from 1.
    version: u64,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    /// In the order they are shown.
    cards: Vec<CardFields>,
}

impl BoardFields {
    /// The content; its bounds are the engine's.
    fn content(self) -> Result<BoardContent, Error> {
        let cards = self.cards.into_iter().enumerate().map(|(index, card)| card.read(index));
        Ok(BoardContent {
            name: self.name,
            visibility: self.visibility.into(),
            cards: cards.collect::<Result<_, _>>()?,
        })
    }
}

impl CardFields {
    fn read(self, index: usize) -> Result<Card, Error> {
        let invalid = |member: &str, claim: &str| {
            let field = format!("cards[{index}].{member}");
            let detail = format!("{field} must {claim}");
            Error::from(engine::Error::invalid(field, detail))
        };
        let id = "have 1 to 40 letters, digits, _ and -";
        let piece = "have two parts of lower-case letters, digits and -, with a dot between them";
        Ok(Card {
            id: CardId::parse(&self.id).ok_or_else(|| invalid("id", id))?,
            piece: PieceName::parse(&self.piece).ok_or_else(|| invalid("piece", piece))?,
            title: self.title,
            search: self.search,
            width: CardWidth::of(self.width).ok_or_else(|| invalid("width", "be 1 to 4"))?,
        })
    }
}

impl From<Card> for CardFields {
    fn from(Card { id, piece, title, search, width }: Card) -> Self {
        Self {
            id: id.as_str().to_owned(),
            piece: piece.to_string(),
            title,
            search,
            width: width.columns(),
        }
    }
}

impl From<BoardSummary> for SummaryAnswer {
    fn from(summary: BoardSummary) -> Self {
        Self {
            id: summary.id.0,
            name: summary.name,
            visibility: summary.visibility.into(),
            author: Author::new(summary.author, summary.author_name),
            card_count: summary.card_count,
            version: summary.version,
            created_at: summary.created_at.to_rfc3339(),
            updated_at: summary.updated_at.to_rfc3339(),
        }
    }
}

impl From<Board> for BoardAnswer {
    fn from(Board { summary, cards }: Board) -> Self {
        Self {
            id: summary.id.0,
            name: summary.name,
            visibility: summary.visibility.into(),
            author: Author::new(summary.author, summary.author_name),
            version: summary.version,
            created_at: summary.created_at.to_rfc3339(),
            updated_at: summary.updated_at.to_rfc3339(),
            cards: cards.into_iter().map(Into::into).collect(),
        }
    }
}

/// The ids of a board's path.
#[derive(Debug, Deserialize)]
pub(super) struct BoardPath {
    board_id: String,
}

impl BoardPath {
    fn id(&self) -> Result<BoardId, Error> {
        self.board_id.parse().map_err(|_| engine::Error::NotFound("board").into())
    }
}

/// The boards that the project shares and the member's own; a secret key sees what is shared.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/boards", tag = "Boards", operation_id = "boards",
    params(("project_id" = Uuid, Path)), extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = BoardList), Viewer),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Extension(actor): Extension<Actor>,
) -> Result<Json<BoardList>, Error> {
    let boards = app.boards.list(allowed.project_id, actor.member()).await?;
    Ok(Json(BoardList { boards: boards.into_iter().map(Into::into).collect() }))
}

/// Makes a board.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/boards", tag = "Boards", operation_id = "create_board",
    params(("project_id" = Uuid, Path)), request_body = BoardFields,
    extensions(("x-role" = json!("analyst, members only"))),
    responses((status = 201, body = BoardAnswer), Analyst, Unprocessable),
)]
pub(super) async fn create(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    trail: AuditContext,
    Json(new): Json<BoardFields>,
) -> Result<(StatusCode, Json<BoardAnswer>), Error> {
    let made = app.boards.create(allowed.project_id, author, new.content()?).await?;
    trail.set_target(&made.summary.id);
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// A board. A share link reads the one it shows.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/boards/{board_id}", tag = "Boards", operation_id = "board",
    params(("project_id" = Uuid, Path), ("board_id" = Uuid, Path)),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = BoardAnswer), Viewer),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Extension(actor): Extension<Actor>,
    Path(path): Path<BoardPath>,
) -> Result<Json<BoardAnswer>, Error> {
    let found = app.boards.get(allowed.project_id, path.id()?, actor.member()).await?;
    Ok(Json(found.into()))
}

/// Replaces a board: send all of it. Its author does so, and administrators with what is shared.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/boards/{board_id}", tag = "Boards", operation_id = "replace_board",
    params(("project_id" = Uuid, Path), ("board_id" = Uuid, Path)), request_body = BoardChange,
    extensions(("x-role" = json!("analyst, members only"))),
    responses(
        (status = 200, body = BoardAnswer), Analyst, Unprocessable,
        (status = 409, body = Problem, description = "Changed since it was loaded; load it again"),
    ),
)]
pub(super) async fn replace(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(member): AskingMember,
    Path(path): Path<BoardPath>,
    Json(BoardChange { version, board }): Json<BoardChange>,
) -> Result<Json<BoardAnswer>, Error> {
    let (project, member) = (allowed.project_id, (member, allowed.role));
    let content = board.content()?;
    let replaced = app.boards.replace(project, path.id()?, member, content, version).await?;
    Ok(Json(replaced.into()))
}

/// Deletes a board. Its author does so, and administrators with what is shared.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/boards/{board_id}", tag = "Boards", operation_id = "delete_board",
    params(("project_id" = Uuid, Path), ("board_id" = Uuid, Path)),
    extensions(("x-role" = json!("analyst, members only"))),
    responses((status = 204), Analyst),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(member): AskingMember,
    Path(path): Path<BoardPath>,
) -> Result<StatusCode, Error> {
    app.boards.delete(allowed.project_id, path.id()?, (member, allowed.role)).await?;
    Ok(StatusCode::NO_CONTENT)
}
