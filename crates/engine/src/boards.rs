//! Boards: figures, charts and tables of any page that members put together, for themselves or for the project.

use std::collections::HashSet;
use std::sync::Arc;

use domain::board::{Card, MAX_CARDS, MAX_SEARCH_BYTES};
use domain::clock::Clock;
use domain::id::{BoardId, IdSource, MemberId, ProjectId};
use domain::role::Role;
use domain::visibility::Visibility;

use crate::ports::catalog::{Board, BoardContent, BoardStore, BoardSummary, NewBoard};
use crate::{Error, validate};

/// Boards of a project, at most; a list shows them all.
pub const MAX_BOARDS: u32 = 100;
const MAX_TITLE_CHARACTERS: usize = 100;

/// The use cases around boards. The caller has authorised the member or the program.
pub struct BoardService {
    store: Arc<dyn BoardStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl BoardService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn BoardStore>, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self { store, clock, ids }
    }

    /// The project's boards and the reader's own, by name. A program reads what is shared.
    pub async fn list(
        &self,
        project: ProjectId,
        reader: Option<MemberId>,
    ) -> Result<Vec<BoardSummary>, Error> {
        Ok(self.store.boards(project, reader).await?)
    }

    /// A board. One that the reader may not see is answered like none.
    pub async fn get(
        &self,
        project: ProjectId,
        id: BoardId,
        reader: Option<MemberId>,
    ) -> Result<Board, Error> {
        let found = self.store.board(project, id).await?;
        let shown =
            found.filter(|found| found.summary.visibility.shows(found.summary.author, reader));
        shown.ok_or(Error::NotFound("board"))
    }

    /// Makes a board.
    ///
    /// # Errors
    ///
    /// When a part of it cannot be taken, and when the project holds [`MAX_BOARDS`].
    pub async fn create(
        &self,
        project: ProjectId,
        author: MemberId,
        content: BoardContent,
    ) -> Result<Board, Error> {
        let content = checked(content)?;
        let created_at = self.clock.now();
        let id = BoardId(self.ids.next(created_at));
        let new = NewBoard { id, project_id: project, author, content, created_at };
        if !self.store.add_board(&new, MAX_BOARDS).await? {
            let detail = format!("the project has {MAX_BOARDS} boards; delete some");
            return Err(Error::invalid("name", detail));
        }
        self.get(project, id, Some(author)).await
    }

    /// Replaces version `expected` of a board. [`Error::Conflict`] when somebody else has changed it since.
    pub async fn replace(
        &self,
        project: ProjectId,
        id: BoardId,
        member: (MemberId, Role),
        content: BoardContent,
        expected: u64,
    ) -> Result<Board, Error> {
        let found = self.changeable(project, id, member).await?;
        let content = checked(content)?;
        // An administrator who makes another's board an own one would hide it from themselves.
        if found.author != member.0 && content.visibility != found.visibility {
            return Err(Error::Forbidden("only its author changes who sees a board"));
        }
        let now = self.clock.now();
        if !self.store.replace_board(project, id, &content, expected, now).await? {
            let detail = "the board has changed since; load it again".to_owned();
            return Err(Error::Conflict(detail));
        }
        self.get(project, id, Some(member.0)).await
    }

    /// Deletes a board.
    pub async fn delete(
        &self,
        project: ProjectId,
        id: BoardId,
        member: (MemberId, Role),
    ) -> Result<(), Error> {
        self.changeable(project, id, member).await?;
        let removed = self.store.remove_board(project, id).await?;
        removed.then_some(()).ok_or(Error::NotFound("board"))
    }

    async fn changeable(
        &self,
        project: ProjectId,
        id: BoardId,
        (member, role): (MemberId, Role),
    ) -> Result<BoardSummary, Error> {
        let found = self.get(project, id, Some(member)).await?.summary;
        if found.visibility.may_change(found.author, member, role) {
            return Ok(found);
        }
        Err(Error::Forbidden("only its author or an administrator changes a shared board"))
    }
}

impl std::fmt::Debug for BoardService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BoardService").finish_non_exhaustive()
    }
}

/// Whether a project shares a board with all its members, and so with those who have a link to it.
pub(crate) async fn is_shared(
    store: &dyn BoardStore,
    project: ProjectId,
    id: BoardId,
) -> Result<bool, Error> {
    let found = store.board(project, id).await?;
    Ok(found.is_some_and(|found| found.summary.visibility == Visibility::Project))
}

fn checked(content: BoardContent) -> Result<BoardContent, Error> {
    let BoardContent { name, visibility, cards } = content;
    if cards.len() > MAX_CARDS {
        return Err(Error::invalid("cards", format!("cards must be at most {MAX_CARDS}")));
    }
    let mut ids = HashSet::new();
    if let Some(index) = cards.iter().position(|card| !ids.insert(card.id.clone())) {
        let field = format!("cards[{index}].id");
        let detail = format!("{field} is the id of another card");
        return Err(Error::invalid(field, detail));
    }
    let cards = cards.into_iter().enumerate().map(|(index, card)| checked_card(index, card));
    Ok(BoardContent {
        name: validate::name("name", &name)?,
        visibility,
        cards: cards.collect::<Result<_, _>>()?,
    })
}

fn checked_card(index: usize, card: Card) -> Result<Card, Error> {
    let invalid = |member: &str, claim: String| {
        let field = format!("cards[{index}].{member}");
        let detail = format!("{field} {claim}");
        Error::invalid(field, detail)
    };
    let has_control = |text: &str| text.contains(char::is_control);
    if card.search.len() > MAX_SEARCH_BYTES || has_control(&card.search) {
        let claim =
            format!("must have at most {MAX_SEARCH_BYTES} bytes, without control characters");
        return Err(invalid("search", claim));
    }
    let title = card.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    let is_long = |title: &String| title.chars().count() > MAX_TITLE_CHARACTERS;
    if title.as_ref().is_some_and(|title| is_long(title) || has_control(title)) {
        let claim = format!("must have at most {MAX_TITLE_CHARACTERS} characters in one line");
        return Err(invalid("title", claim));
    }
    Ok(Card { title, ..card })
}

#[cfg(test)]
mod tests {
    use domain::board::{CardId, CardWidth, PieceName};

    use super::*;

    fn card(id: &str) -> Card {
        Card {
            id: CardId::parse(id).unwrap(),
            piece: PieceName::parse("overview.visitors").unwrap(),
            title: None,
            search: String::new(),
            width: CardWidth::of(1).unwrap(),
        }
    }

    fn board(cards: Vec<Card>) -> BoardContent {
        BoardContent { name: " Monday ".to_owned(), visibility: Visibility::Own, cards }
    }

    #[test]
    fn titles_are_trimmed_and_an_empty_one_is_none() {
        let cards = [Some("  "), Some(" Phones "), None].into_iter().enumerate();
        let cards = cards
            .map(|(id, title)| Card { title: title.map(str::to_owned), ..card(&id.to_string()) });
        let checked = checked(board(cards.collect())).unwrap();
        assert_eq!(checked.name, "Monday");
        let titles = checked.cards.iter().map(|card| card.title.as_deref());
        assert_eq!(titles.collect::<Vec<_>>(), [None, Some("Phones"), None]);
    }

    #[test]
    fn a_card_that_cannot_be_taken_is_named() {
        let long = |length| Some("ü".repeat(length));
        for (wrong, field) in [
            (card("first"), "cards[1].id"),
            (Card { search: "a".repeat(8_193), ..card("b") }, "cards[1].search"),
            (Card { search: "a=\n".to_owned(), ..card("b") }, "cards[1].search"),
            (Card { title: long(101), ..card("b") }, "cards[1].title"),
            (Card { title: Some("a\tb".to_owned()), ..card("b") }, "cards[1].title"),
        ] {
            let error = checked(board(vec![card("first"), wrong])).unwrap_err();
            let Error::Invalid { field: Some(named), .. } = &error else { panic!("{error}") };
            assert_eq!(named, field);
        }
        assert!(checked(board(vec![Card { title: long(100), ..card("b") }])).is_ok());
    }

    #[test]
    fn a_board_has_forty_cards_at_most() {
        let cards = |count: usize| board((0..count).map(|id| card(&id.to_string())).collect());
        assert!(checked(cards(40)).is_ok());
        assert!(checked(cards(41)).is_err());
    }
}
