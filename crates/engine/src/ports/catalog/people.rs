//! People: everything the catalog holds of one person, and the notes members write on them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::crm::ContactId;
use domain::id::{MemberId, NoteId, ProjectId};
use domain::money::{Currency, Money};
use domain::person::{MomentKind, MomentPlace, MomentSource};
use domain::time::Timestamp;

use super::{ContactActivity, Error, Recording, SessionRow, StoredCall};

/// By what a person's rows are found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonKeys {
    /// Their contact, if there is one.
    pub contact: Option<ContactId>,
    /// The contact ids that each of their identities alone would give: a note may be older than the contact.
    pub names: Vec<ContactId>,
    /// The site's own ids.
    pub user_ids: Vec<String>,
}

/// A note on a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Names it.
    pub id: NoteId,
    /// On whom: any of the person's [`PersonKeys::names`].
    pub person: ContactId,
    /// The author.
    pub author: MemberId,
    /// What.
    pub text: String,
    /// When.
    pub created_at: Timestamp,
    /// When its text was last changed.
    pub edited_at: Option<Timestamp>,
}

/// A moment as the catalog holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// An entry of the CRM's timeline.
    Activity(ContactActivity),
    /// A session of one of their user ids; the first text is the row's id.
    Session(String, SessionRow),
    /// A recording.
    Recording(Recording),
    /// A call.
    Call(StoredCall),
    /// A note.
    Note(Note),
}

impl Moment {
    /// Its place in the timeline.
    pub fn place(&self) -> MomentPlace {
        let place = |at, source, id| MomentPlace { at, source, id };
        match self {
            Self::Activity(activity) => {
                place(activity.occurred_at, MomentSource::Activities, activity.id.to_string())
            }
            Self::Session(id, session) => {
                place(session.started_at, MomentSource::Sessions, id.clone())
            }
            Self::Recording(recording) => {
                place(recording.started_at, MomentSource::Recordings, recording.id.to_string())
            }
            Self::Call(call) => {
                place(call.call.started_at, MomentSource::Calls, call.call.start.to_string())
            }
            Self::Note(note) => place(note.created_at, MomentSource::Notes, note.id.to_string()),
        }
    }
}

/// An order or a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseRow {
    /// The site's id for it.
    pub id: String,
    /// Whether it is a booking.
    pub is_booking: bool,
    /// The service that was booked.
    pub service: Option<String>,
    /// Its amount.
    pub amount: Option<Money>,
    /// As the site says.
    pub status: String,
    /// When.
    pub at: Timestamp,
}

/// How many there are, and their amounts by currency in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PurchaseTotal {
    /// How many, with or without an amount.
    pub count: u64,
    /// Their sums.
    pub amounts: BTreeMap<Currency, i64>,
}

impl PurchaseTotal {
    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.count += other.count;
        for (currency, minor) in &other.amounts {
            let sum = self.amounts.entry(currency.clone()).or_default();
            *sum = sum.saturating_add(*minor);
        }
    }
}

/// Sessions that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionShare {
    /// `desktop`, `mobile` or `tablet`, browser and system; or country and city.
    pub parts: Vec<Option<String>>,
    /// Sessions.
    pub sessions: u64,
    /// When the latest of them was active last.
    pub last_at: Timestamp,
}

/// The figures of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFigures {
    /// Sessions.
    pub sessions: u64,
    /// Recordings.
    pub recordings: u64,
    /// Calls in their sessions.
    pub calls: u64,
    /// Orders.
    pub orders: PurchaseTotal,
    /// Bookings.
    pub bookings: PurchaseTotal,
    /// The latest orders and bookings together, 50 at most.
    pub purchases: Vec<PurchaseRow>,
    /// Device, browser and system, most sessions first, 10 at most.
    pub devices: Vec<SessionShare>,
    /// Country and city, most sessions first, 10 at most.
    pub places: Vec<SessionShare>,
}

/// People. See [`super`] for the contract.
#[async_trait]
pub trait PersonStore: Send + Sync {
    /// The first `limit` moments after `after`, of these kinds, in their order.
    async fn moments(
        &self,
        project: ProjectId,
        keys: &PersonKeys,
        kinds: &[MomentKind],
        after: Option<&MomentPlace>,
        limit: u32,
    ) -> Result<Vec<Moment>, Error>;

    /// The figures of a person.
    async fn figures(&self, project: ProjectId, keys: &PersonKeys) -> Result<PersonFigures, Error>;

    /// Stores a note unless the person has `most` already; `false` when they have.
    async fn add_note(
        &self,
        project: ProjectId,
        keys: &PersonKeys,
        note: &Note,
        most: usize,
    ) -> Result<bool, Error>;

    /// A note of this person.
    async fn note(
        &self,
        project: ProjectId,
        keys: &PersonKeys,
        id: NoteId,
    ) -> Result<Option<Note>, Error>;

    /// Replaces the text of a note; `false` when there is no such note of this author.
    async fn edit_note(
        &self,
        project: ProjectId,
        id: NoteId,
        author: MemberId,
        text: &str,
        now: Timestamp,
    ) -> Result<bool, Error>;

    /// Deletes a note; `false` when there is no such note of this author.
    async fn remove_note(
        &self,
        project: ProjectId,
        id: NoteId,
        author: MemberId,
    ) -> Result<bool, Error>;
}
