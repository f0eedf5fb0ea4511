//! Boards: figures, charts and tables of any page, put together by a member.
//!
//! A board names the pieces it shows; the dashboard knows what each of them is. The server keeps names it does not know, so
//! that a piece which an older dashboard lacks is not lost when that one saves the board.

use std::fmt;

/// Cards of a board, at most.
pub const MAX_CARDS: usize = 40;
/// Bytes of a card's search parameters, at most.
pub const MAX_SEARCH_BYTES: usize = 8_192;
/// Columns of a board; a card is at most as wide.
pub const COLUMNS: u8 = 4;

const MAX_CARD_ID_BYTES: usize = 40;
const MAX_PIECE_BYTES: usize = 80;

/// A card's name on its board, made by whoever puts it there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardId(String);

impl CardId {
    /// 1 to 40 letters, digits, `_` and `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let fits = (1..=MAX_CARD_ID_BYTES).contains(&text.len()) && text.bytes().all(is_part);
        fits.then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The part of a page that a card shows: an area of the dashboard and a name in it, such as `overview.visitors`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PieceName(String);

impl PieceName {
    /// Two parts of lower-case letters, digits and `-`, with a dot between them; at most 80 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let is_letter =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_letter);
        let (area, name) = text.split_once('.')?;
        let fits = text.len() <= MAX_PIECE_BYTES && is_part(area) && is_part(name);
        fits.then(|| Self(text.to_owned()))
    }

    /// Both parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first part: the page that shows it, too.
    pub fn area(&self) -> &str {
        self.0.split_once('.').map_or(&*self.0, |(area, _)| area)
    }
}

impl fmt::Display for PieceName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The width of a card, in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardWidth(u8);

impl CardWidth {
    /// 1 to [`COLUMNS`].
    pub fn of(columns: u8) -> Option<Self> {
        (1..=COLUMNS).contains(&columns).then_some(Self(columns))
    }

    /// Columns.
    pub const fn columns(self) -> u8 {
        self.0
    }
}

/// A card of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its name on the board; no other card there has it.
    pub id: CardId,
    /// The part of a page that it shows.
    pub piece: PieceName,
    /// One line in place of the piece's own title.
    pub title: Option<String>,
    /// The search parameters of the piece's page, without `?`: filters, perhaps a period of its own.
    pub search: String,
    /// How wide it is.
    pub width: CardWidth,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_has_an_area_and_a_name() {
        let piece = PieceName::parse("visitor-retention.curve-2").expect("a name");
        assert_eq!(
            (piece.area(), piece.as_str()),
            ("visitor-retention", "visitor-retention.curve-2")
        );
        let longest = format!("a.{}", "b".repeat(78));
        assert!(PieceName::parse(&longest).is_some());
        for text in
            ["", ".", "a", "a.", ".b", "a.b.c", "A.b", "a.b c", "a.ü", &format!("{longest}b")]
        {
            assert_eq!(PieceName::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_id_is_short_and_plain() {
        for text in ["1", "a-B_9", &"x".repeat(40)] {
            assert_eq!(CardId::parse(text).expect(text).as_str(), text);
        }
        for text in ["", "a b", "a.b", "ä", &"x".repeat(41)] {
            assert_eq!(CardId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_card_is_one_to_four_columns_wide() {
        let widths = (0..=5).filter_map(CardWidth::of).map(CardWidth::columns);
        assert_eq!(widths.collect::<Vec<_>>(), [1, 2, 3, 4]);
    }
}
