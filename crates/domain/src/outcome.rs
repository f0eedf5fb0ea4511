//! Outcomes of events: accepted, duplicate, or refused for a named reason.

use serde::{Deserialize, Serialize};

/// The wire contract an item came in by: how its bytes are read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Contract {
    /// Contract 1: `/api/tracking/flush`.
    Behavior,
    /// Contract 2: `/api/analytics/track`.
    Widget,
    /// Contract 3: `/ingest-events`.
    Friction,
    /// Contract 4: `/track-event`.
    Customer,
    /// Contract 5: sessions, orders and bookings.
    Session,
}

impl Contract {
    /// Every contract.
    pub const ALL: [Self; 5] =
        [Self::Behavior, Self::Widget, Self::Friction, Self::Customer, Self::Session];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Behavior => "behavior",
            Self::Widget => "widget",
            Self::Friction => "friction",
            Self::Customer => "customer",
            Self::Session => "session",
        }
    }

    /// The contract of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contract| contract.as_str() == text)
    }
}

/// Why an event was refused. The names are stable: they stand in tables, metrics and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RejectionReason {
    /// The body is not valid JSON for its contract.
    Unparseable,
    /// The body, or one event, is larger than allowed.
    TooLarge,
    /// The event's `type` or kind is not one the contract knows.
    UnknownType,
    /// A field the contract requires is missing.
    MissingField,
    /// A field has a value it cannot have.
    InvalidField,
    /// The client's id is empty or too long.
    InvalidId,
    /// It happened more than 24 h after the server's time.
    InTheFuture,
    /// It happened before the project's retention begins.
    TooOld,
    /// The key is switched off.
    KeyInactive,
    /// The page's origin is not on the key's list.
    OriginNotAllowed,
    /// The key has used up its requests for this minute.
    RateLimited,
    /// The content encoding is not one we speak.
    UnsupportedEncoding,
    /// The connection ended before the body did.
    Incomplete,
    /// The widget is switched off.
    WidgetInactive,
    /// Its subject asked to be forgotten.
    Erased,
    /// The project's settings have recording off.
    RecordingOff,
}

impl RejectionReason {
    /// Every reason.
    pub const ALL: [Self; 16] = [
        Self::Unparseable,
        Self::TooLarge,
        Self::UnknownType,
        Self::MissingField,
        Self::InvalidField,
        Self::InvalidId,
        Self::InTheFuture,
        Self::TooOld,
        Self::KeyInactive,
        Self::OriginNotAllowed,
        Self::RateLimited,
        Self::UnsupportedEncoding,
        Self::Incomplete,
        Self::WidgetInactive,
        Self::Erased,
        Self::RecordingOff,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unparseable => "unparseable",
            Self::TooLarge => "too_large",
            Self::UnknownType => "unknown_type",
            Self::MissingField => "missing_field",
            Self::InvalidField => "invalid_field",
            Self::InvalidId => "invalid_id",
            Self::InTheFuture => "in_the_future",
            Self::TooOld => "too_old",
            Self::KeyInactive => "key_inactive",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::RateLimited => "rate_limited",
            Self::UnsupportedEncoding => "unsupported_encoding",
            Self::Incomplete => "incomplete",
            Self::WidgetInactive => "widget_inactive",
            Self::Erased => "erased",
            Self::RecordingOff => "recording_off",
        }
    }

    /// Whether sending the very same bytes again later can succeed once the cause is mended, so that
    /// keeping them is worth their space.
    pub const fn is_worth_keeping(self) -> bool {
        !matches!(
            self,
            Self::RateLimited
                | Self::UnsupportedEncoding
                | Self::Incomplete
                | Self::Erased
                | Self::RecordingOff
        )
    }
}

/// What became of one received item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Stored.
    Accepted,
    /// Its id had been stored before.
    Duplicate,
    /// Not stored among the events; counted, and kept among the failed events within their budget.
    Rejected(RejectionReason),
}

impl Outcome {
    /// `accepted`, `duplicate` or `refused`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Rejected(_) => "refused",
        }
    }

    /// The reason's name; the empty string when there is none.
    pub const fn reason_str(self) -> &'static str {
        match self {
            Self::Accepted | Self::Duplicate => "",
            Self::Rejected(reason) => reason.as_str(),
        }
    }
}

/// One item refused by its index in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedRejection {
    /// Position in the request's array.
    pub index: usize,
    /// The stable reason.
    pub reason: RejectionReason,
    /// What is wrong, naming the field: for the answer.
    pub detail: String,
}
