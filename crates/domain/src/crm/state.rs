//! A contact as its facts make it.

use std::collections::{BTreeMap, BTreeSet};

use super::NEW_LEAD;
use super::booking::OpenBooking;
use super::identity::{ContactId, Identity};
use super::task::Task;
use crate::id::EventId;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Everything the fold of a contact's facts gives, and what it needs to go on with later ones.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactState {
    /// The site's own id for the person.
    pub user_id: Option<String>,
    /// Case-folded.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// As written.
    pub phone: Option<String>,
    /// Where the lead came from.
    pub lead_source: Option<String>,
    /// How far the lead has come.
    pub lead_status: String,
    /// When the first fact occurred.
    pub created_at: Timestamp,
    /// When the latest event occurred.
    pub last_activity: Option<Timestamp>,
    /// The name of the latest event the timeline shows.
    pub last_action: Option<String>,
    /// What was looked at last.
    pub last_vehicle_viewed: Option<String>,
    /// Where something was searched for last.
    pub last_search_location: Option<String>,
    /// What the booking under way is worth.
    pub estimated_deal_value: Option<Money>,
    /// Bookings made.
    pub total_bookings: u64,
    /// What they were worth, in minor units of each currency.
    pub total_revenue: BTreeMap<Currency, i64>,
    /// Visits counted.
    pub website_visits: u64,
    /// The booking under way.
    pub open_booking: Option<OpenBooking>,
    /// All tasks, in the order they were opened.
    pub tasks: Vec<Task>,
    /// Contacts that turned out to be this one, in the order they did.
    pub merges: Vec<Merge>,
    /// The identities that were one contact so far: one set, after all merges.
    pub known: Vec<BTreeSet<Identity>>,
    /// The last fact that is in here.
    pub folded: Option<(Timestamp, EventId)>,
}

/// Two contacts that turned out to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The fact that named both.
    pub fact: EventId,
    /// When it occurred.
    pub at: Timestamp,
    /// The contact that is no more.
    pub absorbed: ContactId,
}

impl Default for ContactState {
    fn default() -> Self {
        Self {
            user_id: None,
            email: None,
            first_name: None,
            last_name: None,
            phone: None,
            lead_source: Some("Website".to_owned()),
            lead_status: NEW_LEAD.to_owned(),
            created_at: Timestamp::EPOCH,
            last_activity: None,
            last_action: None,
            last_vehicle_viewed: None,
            last_search_location: None,
            estimated_deal_value: None,
            total_bookings: 0,
            total_revenue: BTreeMap::new(),
            website_visits: 0,
            open_booking: None,
            tasks: Vec::new(),
            merges: Vec::new(),
            known: Vec::new(),
            folded: None,
        }
    }
}

impl ContactState {
    /// The largest of the totals by currency: what contacts are ordered by.
    pub fn main_revenue(&self) -> Option<Money> {
        let largest = self.total_revenue.iter().max_by_key(|(_, minor)| **minor);
        largest.map(|(currency, minor)| Money { minor: *minor, currency: currency.clone() })
    }

    /// What a search looks through: names, addresses, phone number, in lower case.
    pub fn search_text(&self) -> String {
        let texts = [&self.first_name, &self.last_name, &self.email, &self.phone, &self.user_id];
        let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
        texts.join(" ").to_lowercase()
    }
}
