//! Identifiers: one newtype a kind, so that a project is never taken for a member.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;

/// Namespace of the event ids we derive from client ids that are not UUIDs.
const CLIENT_ID_NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0001);
/// The longest client id accepted, in bytes.
pub const MAX_CLIENT_ID_BYTES: usize = 128;

macro_rules! uuid_newtype {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

uuid_newtype! {
    /// A tenant.
    ProjectId,
    /// A person who signs in to the dashboard.
    MemberId,
    /// An API key's row, not its secret.
    KeyId,
    /// An invitation's row, not its token.
    InvitationId,
    /// A secret key's row, not its text.
    SecretKeyId,
    /// An event; the same id always names the same event.
    EventId,
    /// A note on a time line.
    AnnotationId,
    /// A member's note on a person.
    NoteId,
    /// A goal.
    GoalId,
    /// A statement of SQL that a member keeps.
    SavedQuestionId,
    /// A board.
    BoardId,
    /// A run of such a statement.
    QuestionRunId,
    /// A saved segment.
    SegmentId,
    /// A link that shares a page, not its token.
    ShareLinkId,
    /// An embedded call widget.
    WidgetId,
    /// A recording of a visit.
    RecordingId,
    /// A picture of a page.
    ScreenshotId,
    /// A source map of a script.
    SourceMapId,
}

/// Why a client's id cannot name an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidClientId {
    /// The empty string names nothing.
    #[error("id is empty")]
    Empty,
    /// Longer than [`MAX_CLIENT_ID_BYTES`].
    #[error("id is longer than 128 bytes")]
    TooLong,
}

impl EventId {
    /// The event id for what a client sent: a UUID stands for itself, any other text of up to 128
    /// bytes is mapped to a `UUIDv5` of it, so that re-sending it names the same event.
    pub fn from_client(text: &str) -> Result<Self, InvalidClientId> {
        if text.is_empty() {
            return Err(InvalidClientId::Empty);
        }
        if text.len() > MAX_CLIENT_ID_BYTES {
            return Err(InvalidClientId::TooLong);
        }
        Ok(Self(
            Uuid::try_parse(text)
                .unwrap_or_else(|_| Uuid::new_v5(&CLIENT_ID_NAMESPACE, text.as_bytes())),
        ))
    }
}

/// A source of fresh ids. Production draws `UUIDv7`; tests count.
pub trait IdSource: Send + Sync + std::fmt::Debug {
    /// A fresh id, ordered by `now` at millisecond precision.
    fn next(&self, now: Timestamp) -> Uuid;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_stands_for_itself_and_other_text_maps_to_one_uuid() {
        let text = "018f3f3e-7d1c-7cc2-9d4e-1f2a3b4c5d6e";
        assert_eq!(EventId::from_client(text).map(|id| id.to_string()), Ok(text.into()));
        let derived = EventId::from_client("ajs-next-1790000000-abc");
        assert_eq!(derived, EventId::from_client("ajs-next-1790000000-abc"));
        assert_ne!(derived, EventId::from_client("ajs-next-1790000000-abd"));
    }

    #[test]
    fn an_empty_or_oversized_id_is_refused() {
        assert_eq!(EventId::from_client(""), Err(InvalidClientId::Empty));
        assert_eq!(EventId::from_client(&"x".repeat(129)), Err(InvalidClientId::TooLong));
        assert!(EventId::from_client(&"x".repeat(128)).is_ok());
    }
}
