//! Contract 4, `POST /track-event` and the older hosts' paths: names, addresses and amounts of people.

use serde_json::json;

use crate::server::{Contract, Seeds};

fn seeds() -> Seeds {
    let customer = json!({"id": 42, "email": " Anna@Shop.Test", "name": "Anna Maria Muster", "phone": "+255 712 345 678"});
    let session = json!({"session_id": "s1", "device": {"type": "phone"}, "browser": "Chrome"});
    let booking = json!({"vehicle_id": "v7", "vehicle_name": "Van", "pickup_location": "Dar es Salaam",
        "total_amount": "150000.50", "currency": "tzs"});
    Seeds {
        paths: &["/track-event", "/make-server-0a1b/track-event"],
        bodies: vec![
            json!({"event_type": "booking.completed", "customer": customer, "event_data": booking, "session": session,
                "occurred_at": "2026-11-21T11:00:00+03:00", "id": "e1"}),
            json!({"event_type": "booking.abandoned", "customer": {"email": "a@b.test", "first_name": "A"},
                "event_data": {"amount": 12.5}, "currency": "JPY", "api_key": "{key}"}),
            json!({"event_type": "customer.updated", "customer": {"id": "u1"}, "page_url": "https://shop.test/me"}),
        ],
        credential: ("x-api-key", "{key}"),
        is_page: true,
    }
}

#[test]
fn customer() {
    let must_find =
        &["200 0", "400 customer.id or customer.email is required", "400 event_type", "422"];
    let seeds = vec![seeds()];
    Contract { name: "customer", must_find, seeds, items: |_| Some(1) }.run();
}
