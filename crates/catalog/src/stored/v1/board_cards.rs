//! The cards of a board.

use domain::board::{self, CardId, CardWidth, PieceName};
use serde::{Deserialize, Serialize};

use crate::stored::document::Unreadable;

/// Cards in their order.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct BoardCards {
    cards: Vec<Card>,
}

#[derive(Serialize, Deserialize)]
struct Card {
    id: String,
    piece: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    search: String,
    width: u8,
}

impl From<&Vec<board::Card>> for BoardCards {
    fn from(cards: &Vec<board::Card>) -> Self {
        Self { cards: cards.iter().map(Into::into).collect() }
    }
}

impl From<&board::Card> for Card {
    fn from(card: &board::Card) -> Self {
        let board::Card { id, piece, title, search, width } = card.clone();
        Self {
            id: id.as_str().to_owned(),
            piece: piece.to_string(),
            title,
            search,
            width: width.columns(),
        }
    }
}

impl TryFrom<BoardCards> for Vec<board::Card> {
    type Error = Unreadable;

    fn try_from(stored: BoardCards) -> Result<Self, Unreadable> {
        stored.cards.into_iter().map(TryInto::try_into).collect()
    }
}

impl TryFrom<Card> for board::Card {
    type Error = Unreadable;

    fn try_from(stored: Card) -> Result<Self, Unreadable> {
        let Card { id, piece, title, search, width } = stored;
        Ok(Self {
            id: CardId::parse(&id).ok_or(Unreadable::Member("id"))?,
            piece: PieceName::parse(&piece).ok_or(Unreadable::Member("piece"))?,
            title,
            search,
            width: CardWidth::of(width).ok_or(Unreadable::Member("width"))?,
        })
    }
}
