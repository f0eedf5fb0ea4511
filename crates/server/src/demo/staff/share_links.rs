//! Pages that the staff shares with people who are no members.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;

/// Days until the agency's link expires.
const AGENCY_LINK_DAYS: i64 = 60;

impl Office<'_> {
    /// Shares them; the agency has looked at its page.
    pub(super) async fn share_pages(&self) -> anyhow::Result<()> {
        if !self.list("share-links", "share_links").await?.is_empty() {
            return Ok(());
        }
        let checkout = json!({"name": "Developers: where phones get stuck", "page": "friction",
                              "search": "period=30d&device=mobile", "password": "habari-za-leo"});
        self.send(Method::POST, "share-links", checkout).await?;
        let expires_at = self.now.plus_seconds(AGENCY_LINK_DAYS * 86_400).to_rfc3339();
        let agency = json!({"name": "Weekly figures for the agency", "page": "overview",
                            "search": "period=30d", "can_embed": true, "expires_at": expires_at});
        let agency = self.send(Method::POST, "share-links", agency).await?;
        let token = agency["token"].as_str().unwrap_or_default();
        let overview = self.path("overview");
        self.api.send_with_key(token, (Method::GET, &overview), &Value::Null).await?;
        Ok(())
    }
}
