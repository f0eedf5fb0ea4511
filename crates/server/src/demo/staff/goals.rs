//! Goals of the staff: their visitors should book or buy.

use axum::http::Method;
use domain::crm::IN_PROGRESS;
use serde_json::json;

use super::Office;

/// Site, name, kind and target.
const GOALS: [(&str, &str, &str, &str); 6] = [
    ("Bahari Rentals", "Starts a booking", "stage", IN_PROGRESS),
    ("Bahari Rentals", "Reaches the payment", "page", "/booking/payment"),
    ("Bahari Rentals", "Books a vehicle", "booking", ""),
    ("Duka Market", "Looks at a product", "page", "/p/*"),
    ("Duka Market", "Opens the checkout", "page", "/checkout"),
    ("Duka Market", "Places an order", "order", ""),
];

impl Office<'_> {
    /// Sets the site's goals.
    pub(super) async fn set_goals(&self) -> anyhow::Result<()> {
        if !self.list("goals", "goals").await?.is_empty() {
            return Ok(());
        }
        let of_site = GOALS.iter().filter(|goal| goal.0 == self.target.site.name);
        for (_, name, kind, target) in of_site {
            let goal = json!({"name": name, "kind": kind, "target": target});
            self.send(Method::POST, "goals", goal).await?;
        }
        Ok(())
    }
}
