//! A contact as its facts make it, and what is needed to go on with later ones.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm;
use domain::id::EventId;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::identity::{Identity, contact_id};
use super::money::{Money, currency};
use super::task::Task;
use crate::stored::document::Unreadable;

/// A contact.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_source: Option<String>,
    lead_status: String,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_activity: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_vehicle_viewed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_search_location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_deal_value: Option<Money>,
    total_bookings: u64,
    /// Minor units of each currency.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    total_revenue: BTreeMap<String, i64>,
    website_visits: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_booking: Option<OpenBooking>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<Task>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    merges: Vec<Merge>,
    /// Sets of identities that are one contact each: one set, after all merges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    identities: Vec<Vec<Identity>>,
    /// The last fact that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_fact: Option<FactPlace>,
}

#[derive(Serialize, Deserialize)]
struct OpenBooking {
    /// The event that started it.
    start_id: Uuid,
    last_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    data: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
struct Merge {
    /// The fact that named both contacts.
    fact_id: Uuid,
    at: i64,
    /// The contact that is no more.
    absorbed: String,
}

#[derive(Serialize, Deserialize)]
struct FactPlace {
    at: i64,
    id: Uuid,
}

impl From<&crm::ContactState> for Contact {
    fn from(state: &crm::ContactState) -> Self {
        let revenue = state.total_revenue.iter();
        let revenue = revenue.map(|(currency, minor)| (currency.as_str().to_owned(), *minor));
        let identities =
            |known: &BTreeSet<crm::Identity>| known.iter().map(Identity::from).collect();
        Self {
            user_id: state.user_id.clone(),
            email: state.email.clone(),
            first_name: state.first_name.clone(),
            last_name: state.last_name.clone(),
            phone: state.phone.clone(),
            lead_source: state.lead_source.clone(),
            lead_status: state.lead_status.clone(),
            created_at: state.created_at.micros(),
            last_activity: state.last_activity.map(Timestamp::micros),
            last_action: state.last_action.clone(),
            last_vehicle_viewed: state.last_vehicle_viewed.clone(),
            last_search_location: state.last_search_location.clone(),
            estimated_deal_value: state.estimated_deal_value.as_ref().map(Money::from),
            total_bookings: state.total_bookings,
            total_revenue: revenue.collect(),
            website_visits: state.website_visits,
            open_booking: state.open_booking.as_ref().map(OpenBooking::from),
            tasks: state.tasks.iter().map(Task::from).collect(),
            merges: state.merges.iter().map(Merge::from).collect(),
            identities: state.known.iter().map(identities).collect(),
            last_fact: state.folded.map(|(at, id)| FactPlace { at: at.micros(), id: id.0 }),
        }
    }
}

impl TryFrom<Contact> for crm::ContactState {
    type Error = Unreadable;

    fn try_from(stored: Contact) -> Result<Self, Unreadable> {
        let time = Timestamp::from_micros;
        let revenue = stored.total_revenue.into_iter();
        let revenue = revenue.map(|(code, minor)| Ok((currency(&code)?, minor)));
        let tasks = stored.tasks.into_iter().map(crm::Task::try_from);
        let merges = stored.merges.into_iter().map(crm::Merge::try_from);
        let known = |identities: Vec<Identity>| {
            identities.into_iter().map(crm::Identity::try_from).collect()
        };
        Ok(Self {
            user_id: stored.user_id,
            email: stored.email,
            first_name: stored.first_name,
            last_name: stored.last_name,
            phone: stored.phone,
            lead_source: stored.lead_source,
            lead_status: stored.lead_status,
            created_at: time(stored.created_at),
            last_activity: stored.last_activity.map(time),
            last_action: stored.last_action,
            last_vehicle_viewed: stored.last_vehicle_viewed,
            last_search_location: stored.last_search_location,
            estimated_deal_value: stored.estimated_deal_value.map(TryInto::try_into).transpose()?,
            total_bookings: stored.total_bookings,
            total_revenue: revenue.collect::<Result<_, Unreadable>>()?,
            website_visits: stored.website_visits,
            open_booking: stored.open_booking.map(TryInto::try_into).transpose()?,
            tasks: tasks.collect::<Result<_, _>>()?,
            merges: merges.collect::<Result<_, _>>()?,
            known: stored.identities.into_iter().map(known).collect::<Result<_, _>>()?,
            folded: stored.last_fact.map(|fact| (time(fact.at), EventId(fact.id))),
        })
    }
}

impl From<&crm::OpenBooking> for OpenBooking {
    fn from(open: &crm::OpenBooking) -> Self {
        let crm::OpenBooking { start, last_at, amount, session_id, data } = open;
        Self {
            start_id: start.0,
            last_at: last_at.micros(),
            amount: amount.as_ref().map(Money::from),
            session_id: session_id.clone(),
            data: data.clone(),
        }
    }
}

impl TryFrom<OpenBooking> for crm::OpenBooking {
    type Error = Unreadable;

    fn try_from(stored: OpenBooking) -> Result<Self, Unreadable> {
        let OpenBooking { start_id, last_at, amount, session_id, data } = stored;
        Ok(Self {
            start: EventId(start_id),
            last_at: Timestamp::from_micros(last_at),
            amount: amount.map(TryInto::try_into).transpose()?,
            session_id,
            data,
        })
    }
}

impl From<&crm::Merge> for Merge {
    fn from(merge: &crm::Merge) -> Self {
        let crm::Merge { fact, at, absorbed } = merge;
        Self { fact_id: fact.0, at: at.micros(), absorbed: absorbed.to_string() }
    }
}

impl TryFrom<Merge> for crm::Merge {
    type Error = Unreadable;

    fn try_from(stored: Merge) -> Result<Self, Unreadable> {
        let Merge { fact_id, at, absorbed } = stored;
        let absorbed = contact_id(&absorbed)?;
        Ok(Self { fact: EventId(fact_id), at: Timestamp::from_micros(at), absorbed })
    }
}
