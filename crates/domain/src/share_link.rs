//! Links that show one page of the dashboard to anyone who has them, without signing in.
//!
//! A link is a token and, where it has a password, the proof that the password was known: both together are what
//! a request presents ([`ShareAccess`]). It reads the figures of its page, with its filters, and nothing else.

use crate::id::BoardId;
use crate::key;

/// Links a project may have.
pub const MAX_SHARE_LINKS: u32 = 100;
/// Bytes of a link's search parameters at most.
pub const MAX_SEARCH_BYTES: usize = 8_192;
/// Characters a link's password has at least.
pub const MIN_PASSWORD_CHARACTERS: usize = 8;
/// Hexadecimal digits of a proof.
const PROOF_DIGITS: usize = 64;

/// A page that can be shared: figures only, no people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SharedPage {
    /// Visits and what came of them.
    Overview,
    /// Where visitors come from.
    Acquisition,
    /// Where they get stuck.
    Friction,
    /// The ways they take.
    Journeys,
    /// How fast pages feel.
    Performance,
    /// A board; the link's search names it ([`board_of`]).
    Board,
}

impl SharedPage {
    /// Every page.
    pub const ALL: [Self; 6] = [
        Self::Overview,
        Self::Acquisition,
        Self::Friction,
        Self::Journeys,
        Self::Performance,
        Self::Board,
    ];

    /// The word used in tables and JSON, and the last part of its path in the dashboard.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Acquisition => "acquisition",
            Self::Friction => "friction",
            Self::Journeys => "journeys",
            Self::Performance => "performance",
            Self::Board => "board",
        }
    }

    /// The page of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.as_str() == text)
    }
}

/// The board that the search parameters of a link name: `board=` and its id.
pub fn board_of(search: &str) -> Option<BoardId> {
    let mut named = search.split('&').filter_map(|parameter| parameter.strip_prefix("board="));
    let id = named.next()?;
    if named.next().is_some() { None } else { id.parse().ok() }
}

/// The credential of a request: a link's token, and the proof of its password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ShareAccess<'a> {
    /// `fl_` and 32 characters.
    pub token: &'a str,
    /// Where the link has a password.
    pub proof: Option<&'a str>,
}

impl<'a> ShareAccess<'a> {
    /// Reads `token` or `token.proof`; none when it has another shape.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (token, proof) = match text.split_once('.') {
            Some((token, proof)) => (token, Some(proof)),
            None => (text, None),
        };
        let is_proof = |proof: &str| {
            proof.len() == PROOF_DIGITS && proof.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        (key::is_share_token(token) && proof.is_none_or(is_proof)).then_some(Self { token, proof })
    }
}

impl std::fmt::Debug for ShareAccess<'_> {
    /// Without secrets.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ShareAccess").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_the_names_they_are_parsed_by() {
        for page in SharedPage::ALL {
            assert_eq!(SharedPage::parse(page.as_str()), Some(page));
        }
        assert_eq!(SharedPage::parse("contacts"), None);
    }

    #[test]
    fn a_search_names_one_board() {
        let id = "018f3f3e-7d1c-7cc2-9d4e-000000000001";
        let read = board_of(&format!("period=7d&board={id}"));
        assert_eq!(read.map(|board| board.to_string()).as_deref(), Some(id));
        for other in ["", "board=", "board=1", &format!("board={id}&board={id}"), "period=7d"] {
            assert_eq!(board_of(other), None, "{other}");
        }
    }

    #[test]
    fn access_is_a_token_or_a_token_and_its_proof() {
        let token = format!("fl_{}", "a".repeat(32));
        let proof = "0".repeat(64);
        let both = format!("{token}.{proof}");
        let read = ShareAccess::parse(&both);
        assert_eq!(read, Some(ShareAccess { token: &token, proof: Some(&proof) }));
        assert_eq!(ShareAccess::parse(&token), Some(ShareAccess { token: &token, proof: None }));
        let cut = &both[..both.len() - 1];
        for other in ["", "fl_short", cut, &format!("{token}."), &format!("{both}.{proof}")] {
            assert_eq!(ShareAccess::parse(other), None, "{other}");
        }
        assert!(!format!("{read:?}").contains(&*token));
    }
}
