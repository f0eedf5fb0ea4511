//! Erasure ids and states.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

const PREFIX: &str = "era_";

/// Names an erasure: `era_` and 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErasureId(pub Uuid);

/// The text is not an erasure id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: use era_ and 32 hexadecimal digits")]
pub struct InvalidErasureId;

impl fmt::Display for ErasureId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{PREFIX}{}", self.0.simple())
    }
}

impl FromStr for ErasureId {
    type Err = InvalidErasureId;

    fn from_str(text: &str) -> Result<Self, InvalidErasureId> {
        let digits = text.strip_prefix(PREFIX).filter(|digits| digits.len() == 32);
        digits.and_then(|digits| Uuid::try_parse(digits).ok()).map(Self).ok_or(InvalidErasureId)
    }
}

/// How far an erasure has come. Every step can be taken again after a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErasureState {
    /// Later events are refused; what came before waits to be in every table.
    Requested,
    /// The journal holds nothing any more; the tables wait for what had been read from it before.
    Swept,
    /// No table, file or answer shows anything any more.
    Unreadable,
    /// The journal was looked through once more, for what was under way when the erasure began.
    Resweeping,
    /// So were the tables; files that nobody reads any more wait to be deleted.
    Leaving,
    /// No byte is left that a store has the means to remove.
    Gone,
}

impl ErasureState {
    /// Every state, in order.
    pub const ALL: [Self; 6] = [
        Self::Requested,
        Self::Swept,
        Self::Unreadable,
        Self::Resweeping,
        Self::Leaving,
        Self::Gone,
    ];

    /// The word used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Swept => "swept",
            Self::Unreadable => "unreadable",
            Self::Resweeping => "resweeping",
            Self::Leaving => "leaving",
            Self::Gone => "gone",
        }
    }

    /// The state of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Public status: `pending`, `unreadable` or `gone`.
    pub const fn public_status(self) -> &'static str {
        match self {
            Self::Requested | Self::Swept => "pending",
            Self::Unreadable | Self::Resweeping | Self::Leaving => "unreadable",
            Self::Gone => "gone",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_states_read_back() {
        let id = ErasureId(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "era_", "era_zz", "task_00000000000000000000000000000001"] {
            assert_eq!(text.parse::<ErasureId>(), Err(InvalidErasureId), "{text}");
        }
        for state in ErasureState::ALL {
            assert_eq!(ErasureState::parse(state.as_str()), Some(state));
        }
    }
}
