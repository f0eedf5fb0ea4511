//! A contact in answers.

use domain::money::Money;
use domain::time::Timestamp;
use engine::ports::catalog::Contact;
use serde::Serialize;
use utoipa::ToSchema;

use super::amount::Amount;

/// A contact as its events and what members changed make it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub(crate) struct ContactAnswer {
    /// `contact_…`; after a merge the surviving one's.
    id: String,
    /// The site's own id for the person.
    user_id: Option<String>,
    /// In lower case; no two contacts have the same.
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    lead_source: Option<String>,
    lead_status: String,
    /// When the latest event occurred.
    #[schema(format = DateTime)]
    last_activity: Option<String>,
    /// The name of the latest event the timeline shows.
    last_action: Option<String>,
    last_vehicle_viewed: Option<String>,
    last_search_location: Option<String>,
    /// The value of the current booking.
    estimated_deal_value: Option<Amount>,
    total_bookings: u64,
    /// One amount a currency.
    total_revenue: Vec<Amount>,
    website_visits: u64,
    /// 0 to 100; null where nothing has computed it.
    lead_score: Option<i64>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<Contact> for ContactAnswer {
    fn from(contact: Contact) -> Self {
        let state = contact.state;
        let revenue = state.total_revenue.into_iter();
        Self {
            id: contact.id.to_string(),
            user_id: state.user_id,
            email: state.email,
            first_name: state.first_name,
            last_name: state.last_name,
            phone: state.phone,
            lead_source: state.lead_source,
            lead_status: state.lead_status,
            last_activity: state.last_activity.map(Timestamp::to_rfc3339),
            last_action: state.last_action,
            last_vehicle_viewed: state.last_vehicle_viewed,
            last_search_location: state.last_search_location,
            estimated_deal_value: state.estimated_deal_value.map(Into::into),
            total_bookings: state.total_bookings,
            total_revenue: revenue
                .map(|(currency, minor)| Money { minor, currency }.into())
                .collect(),
            website_visits: state.website_visits,
            lead_score: contact.lead_score,
            created_at: state.created_at.to_rfc3339(),
        }
    }
}
