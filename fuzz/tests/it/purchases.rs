//! Contract 5, `POST /api/orders` and `/api/bookings`: by secret key, never by pages.

use fuzz::{Found, Random, Target};
use serde_json::json;

use crate::server::{Seeds, Server, check_ingest};

struct Purchases {
    server: Server,
    seeds: Seeds,
}

impl Target for Purchases {
    fn name(&self) -> &'static str {
        "purchases"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        self.seeds.request(random)
    }

    fn check(&mut self, input: &[u8]) -> Found {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        check_ingest(&exchange, |_| Some(1))
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["200 0", "400 user_id", "401", "403"]
    }
}

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
    fuzz::run(&mut Purchases { server: Server::start(), seeds: seeds() });
}
