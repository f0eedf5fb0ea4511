//! Contract 5, `POST /api/orders` and `/api/bookings`: by secret key, never by pages.

use serde_json::json;

use crate::server::{Contract, Seeds};

fn seeds() -> Seeds {
    Seeds {
        paths: &["/api/orders", "/api/bookings"],
        bodies: vec![
            json!({"id": "o1", "user_id": 42, "email": "a@b.test", "name": "Anna Muster", "session_id": "s1",
                "total_amount": 150_000, "currency": "TZS", "status": "completed", "created_at": "2026-11-21T10:00:00Z"}),
            json!({"booking_id": 9, "user_id": "u1", "service": "Van", "amount": 12.345, "currency": "KWD"}),
        ],
        credential: ("authorization", "Bearer {secret}"),
        is_page: false,
    }
}

#[test]
fn purchases() {
    let must_find = &["200 0", "400 user_id", "401", "403"];
    let seeds = vec![seeds()];
    Contract { name: "purchases", must_find, seeds, items: |_| Some(1) }.run();
}
