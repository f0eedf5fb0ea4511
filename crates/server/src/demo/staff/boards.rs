//! The boards that the staff looks at together.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;

impl Office<'_> {
    /// Makes a board for Mondays and one about the checkout, unless some are there.
    pub(super) async fn make_boards(&self) -> anyhow::Result<()> {
        if !self.list("boards", "boards").await?.is_empty() {
            return Ok(());
        }
        for board in [monday(), checkout()] {
            self.send(Method::POST, "boards", board).await?;
        }
        Ok(())
    }
}

fn card(id: &str, piece: &str, search: &str, width: u8) -> Value {
    json!({"id": id, "piece": piece, "search": search, "width": width})
}

/// The figures that everybody looks at first.
fn monday() -> Value {
    json!({
        "name": "Monday morning",
        "visibility": "project",
        "cards": [
            card("visitors", "overview.visitors", "", 1),
            card("revenue", "overview.revenue", "", 1),
            card("conversion", "overview.conversion-rate", "", 1),
            card("friction", "overview.friction-share", "", 1),
            card("traffic", "overview.traffic", "", 4),
            card("cost", "overview.friction-cost", "", 4),
            card("channels", "acquisition.channel", "", 2),
            card("goals", "overview.goals", "", 2),
        ],
    })
}

/// Phones on their way to a booking.
fn checkout() -> Value {
    json!({
        "name": "Checkout on phones",
        "visibility": "project",
        "cards": [
            card("conversion", "overview.conversion-rate", "device=mobile", 1),
            card("rate", "overview.friction-rate", "device=mobile", 1),
            card("paint", "performance.largest-contentful-paint", "device=mobile", 1),
            card("response", "performance.interaction-to-next-paint", "device=mobile", 1),
            card("kinds", "friction.kinds", "device=mobile", 4),
            card("items", "friction.items", "device=mobile", 2),
            card("pages", "friction.pages", "device=mobile", 2),
        ],
    })
}
