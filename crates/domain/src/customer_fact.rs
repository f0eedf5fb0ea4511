//! Facts for customer summaries, read from customer events: who the customer is, what they ordered,
//! booked and reviewed, and when they signed in.

use crate::customer::CustomerEvent;
use crate::event::{Category, EventRef};
use crate::id::{EventId, ProjectId};
use crate::money::Money;
use crate::time::Timestamp;

/// Members of an event's data that name an order, the first that is there.
pub(crate) const ORDER_ID: &[&str] = &["order_id", "id"];
/// Members of an event's data that name a booking.
pub(crate) const BOOKING_ID: &[&str] = &["booking_id", "id"];

/// One event's fact. Facts of any order, each repeated any number of times, give the same figures.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerFact {
    /// The tenant.
    pub project_id: ProjectId,
    /// The customer.
    pub user_id: String,
    /// When it happened.
    pub at: Timestamp,
    /// The event.
    pub event_id: EventId,
    /// Case-folded address, when the event tells it.
    pub email: Option<String>,
    /// Full name, when the event tells it.
    pub name: Option<String>,
    /// What the customer did.
    pub action: CustomerAction,
}

/// What a customer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomerAction {
    /// Placed an order.
    Order(Purchase),
    /// Completed a booking.
    Booking(Purchase),
    /// Wrote a review, of this id.
    Review(String),
    /// Signed in.
    Login,
    /// Registered.
    Registration,
    /// Anything else.
    Other,
}

/// An order or booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The site's id for it, else the event's: counts once.
    pub id: String,
    /// What it came to.
    pub amount: Option<Money>,
    /// As the site says, else `completed`.
    pub status: String,
    /// What was booked; none for an order.
    pub service: Option<String>,
}

impl CustomerFact {
    /// Reads an event; none when it is no customer event or names no customer by id.
    pub fn of(event: &EventRef<'_>) -> Option<Self> {
        if event.category != Category::Customer {
            return None;
        }
        let customer_event = CustomerEvent::read(event);
        let user_id = customer_event.customer.id.clone().filter(|id| !id.is_empty())?;
        let first_of = |names: &[&str]| names.iter().find_map(|name| customer_event.text(name));
        let id = |names: &[&str]| first_of(names).unwrap_or_else(|| event.id.to_string());
        let purchase = |id: String, service| Purchase {
            id,
            amount: customer_event.amount.clone(),
            status: customer_event.text("status").unwrap_or_else(|| "completed".to_owned()),
            service,
        };
        let action = match event.name {
            "order.placed" => CustomerAction::Order(purchase(id(ORDER_ID), None)),
            "booking.completed" => {
                let service =
                    first_of(&["service", "service_name", "vehicle_name", "item_name", "name"]);
                CustomerAction::Booking(purchase(id(BOOKING_ID), service))
            }
            "review.posted" => CustomerAction::Review(id(&["review_id", "id"])),
            "customer.login" => CustomerAction::Login,
            "customer.created" => CustomerAction::Registration,
            _ => CustomerAction::Other,
        };
        let names = [
            customer_event.customer.first_name.as_deref(),
            customer_event.customer.last_name.as_deref(),
        ];
        let name: Vec<&str> = names.into_iter().flatten().collect();
        Some(Self {
            project_id: event.project_id,
            user_id,
            at: event.occurred_at,
            event_id: event.id,
            email: customer_event.customer.email,
            name: (!name.is_empty()).then(|| name.join(" ")),
            action,
        })
    }
}
