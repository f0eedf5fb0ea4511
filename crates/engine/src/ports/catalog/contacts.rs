//! Contacts: looked at, and changed by hand.

use async_trait::async_trait;
use domain::crm::{ActivityId, ContactEdit, ContactFact, ContactId, ContactState};
use domain::id::{EventId, MemberId, ProjectId};
use domain::money::Money;
use domain::time::Timestamp;

use super::Error;

/// A contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Names it; the survivor's id after a merge.
    pub id: ContactId,
    /// Everything its facts make.
    pub state: ContactState,
    /// 0 to 100, where somebody has computed it.
    pub lead_score: Option<i64>,
}

/// By what contacts are sorted, largest or latest first; ties by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContactSort {
    /// The latest event.
    #[default]
    LastActivity,
    /// The first fact.
    CreatedAt,
    /// Bookings made.
    TotalBookings,
    /// The largest of the totals by currency, in minor units.
    TotalRevenue,
    /// The booking under way, in minor units.
    DealValue,
    /// Visits counted.
    WebsiteVisits,
}

impl ContactSort {
    /// The number a contact is sorted by.
    pub fn key(self, state: &ContactState) -> i64 {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        match self {
            Self::LastActivity => state.last_activity.unwrap_or(state.created_at).micros(),
            Self::CreatedAt => state.created_at.micros(),
            Self::TotalBookings => count(state.total_bookings),
            Self::TotalRevenue => state.main_revenue().map_or(0, |revenue| revenue.minor),
            Self::DealValue => state.estimated_deal_value.as_ref().map_or(0, |value| value.minor),
            Self::WebsiteVisits => count(state.website_visits),
        }
    }
}

/// Which contacts.
#[derive(Debug, Clone, Default)]
pub struct ContactQuery {
    /// Part of a name, address, phone number or user id, whatever the case.
    pub search: Option<String>,
    /// Of this status.
    pub lead_status: Option<String>,
    /// In which order.
    pub sort: ContactSort,
    /// After this contact, by the value it was sorted by and its id.
    pub after: Option<(i64, ContactId)>,
    /// So many at most.
    pub limit: u32,
}

/// An entry of a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactActivity {
    /// Names it.
    pub id: ActivityId,
    /// When.
    pub occurred_at: Timestamp,
    /// What.
    pub entry: TimelineEntry,
}

/// What an entry of a timeline is about.
#[derive(Debug, Clone, PartialEq)]
pub enum TimelineEntry {
    /// A fact.
    Fact(Box<ContactFact>),
    /// Another contact turned out to be this one.
    Merged(ContactId),
}

/// How many contacts have a status, and what their bookings under way are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PipelineStage {
    /// The status.
    pub lead_status: String,
    /// Contacts whose deal value is in this currency, or who have none.
    pub contacts: u64,
    /// The sum of their deal values; none for those without.
    pub deal_value: Option<Money>,
}

/// An event with an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountRow {
    /// When it occurred.
    pub occurred_at: Timestamp,
    /// The event's name.
    pub name: String,
    /// The amount.
    pub amount: Money,
}

/// How often an item was viewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// The item's name, or its id where it has none.
    pub item: String,
    /// Views of it.
    pub views: u64,
    /// Contacts that viewed it.
    pub contacts: u64,
}

/// Contacts. A contact is found by its id and by every id that was merged into it. See [`super`] for
/// the contract.
#[async_trait]
pub trait ContactStore: Send + Sync {
    /// Contacts in the order asked for.
    async fn list(&self, project: ProjectId, query: &ContactQuery) -> Result<Vec<Contact>, Error>;

    /// One contact.
    async fn contact(&self, project: ProjectId, id: ContactId) -> Result<Option<Contact>, Error>;

    /// A contact's timeline, latest first, entries before `before` only; empty when there is no such
    /// contact.
    async fn timeline(
        &self,
        project: ProjectId,
        id: ContactId,
        before: Option<(Timestamp, ActivityId)>,
        limit: u32,
    ) -> Result<Vec<ContactActivity>, Error>;

    /// Changes a contact by hand: stores a fact `fact` of `now`, or of the moment after the contact's
    /// latest fact when that is later. None when there is no such contact.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when the e-mail is another contact's.
    async fn edit(
        &self,
        project: ProjectId,
        id: ContactId,
        fact: EventId,
        now: Timestamp,
        member: MemberId,
        edit: ContactEdit,
    ) -> Result<Option<Contact>, Error>;

    /// Contacts and deal values by status and currency, in no order.
    async fn pipeline(&self, project: ProjectId) -> Result<Vec<PipelineStage>, Error>;

    /// The events with an amount that occurred from `from` on and before `to`, in no order.
    async fn amounts(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<AmountRow>, Error>;

    /// The items viewed most from `from` on and before `to`, most viewed first, ties by item; of one
    /// contact, or of all.
    async fn preferences(
        &self,
        project: ProjectId,
        contact: Option<ContactId>,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Preference>, Error>;
}
