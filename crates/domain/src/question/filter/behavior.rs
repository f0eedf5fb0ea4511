//! Behaviour of sessions, as filters name it.

use crate::friction::Kind;

/// A session did something, or is something. It counts as far as its events lie in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SessionBehavior {
    /// It has friction that counts: see [`crate::friction::is_answered`].
    Friction,
    /// It has friction of this kind that counts.
    FrictionOf(Kind),
    /// An order or a booking happened in it: see [`Conversion`](crate::question::Conversion).
    Converted,
    /// An order happened in it.
    Ordered,
    /// A booking happened in it.
    Booked,
    /// It is engaged: see [`acquisition`](crate::question::acquisition).
    Engaged,
    /// It is not engaged.
    Bounced,
    /// It has a recording: of each period, the 10,000 sessions recorded last are known.
    Recorded,
    /// It is the first of all stored sessions of its visitor. The visitor is one that its events name, as in
    /// [`acquisition`](crate::question::acquisition).
    NewVisitor,
    /// Its visitor has an earlier stored session.
    ReturningVisitor,
}

impl SessionBehavior {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = [
            Self::Converted,
            Self::Ordered,
            Self::Booked,
            Self::Engaged,
            Self::Bounced,
            Self::Recorded,
            Self::NewVisitor,
            Self::ReturningVisitor,
        ];
        std::iter::once(Self::Friction).chain(Kind::ALL.map(Self::FrictionOf)).chain(others)
    }

    /// The name in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Friction => "friction",
            Self::FrictionOf(kind) => kind.as_str(),
            Self::Converted => "converted",
            Self::Ordered => "ordered",
            Self::Booked => "booked",
            Self::Engaged => "engaged",
            Self::Bounced => "bounced",
            Self::Recorded => "recorded",
            Self::NewVisitor => "new_visitor",
            Self::ReturningVisitor => "returning_visitor",
        }
    }

    /// The behaviour of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|behavior| behavior.as_str() == text)
    }

    /// Whether it depends on orders and bookings.
    pub const fn needs_conversions(self) -> bool {
        matches!(
            self,
            Self::Converted | Self::Ordered | Self::Booked | Self::Engaged | Self::Bounced
        )
    }

    /// Whether it depends on the sessions of a visitor before the period.
    pub const fn needs_first_sessions(self) -> bool {
        matches!(self, Self::NewVisitor | Self::ReturningVisitor)
    }
}
