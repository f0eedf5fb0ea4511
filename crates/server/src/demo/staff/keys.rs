//! Further keys of a site: one switched off, one for another origin, and secret ones that
//! programs use.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;
use crate::demo::failed_events::OtherKeys;
use crate::demo::people::Person;

/// Days until the key of the monthly report expires.
const REPORT_KEY_DAYS: i64 = 90;

impl Office<'_> {
    /// Makes them; none when they were made before.
    pub(super) async fn make_keys(&self) -> anyhow::Result<Option<OtherKeys>> {
        if self.list("secret-keys", "secret_keys").await?.is_empty() {
            self.make_secret_keys().await?;
        }
        if self.list("api-keys", "api_keys").await?.len() > 1 {
            return Ok(None);
        }
        let retired = json!({"key_name": "Landing page of last year"});
        let retired = self.send(Method::POST, "api-keys", retired).await?;
        let route = format!("api-keys/{}", text(&retired, "id"));
        self.send(Method::PATCH, &route, json!({"is_active": false})).await?;
        let partner = json!({"key_name": "Partner's site", "allowed_domains": ["partner.example"]});
        let partner = self.send(Method::POST, "api-keys", partner).await?;
        Ok(Some(OtherKeys { retired: text(&retired, "key"), partner: text(&partner, "key") }))
    }

    async fn make_secret_keys(&self) -> anyhow::Result<()> {
        let expires_at = self.now.plus_seconds(REPORT_KEY_DAYS * 86_400).to_rfc3339();
        let report =
            json!({"key_name": "Monthly report", "role": "analyst", "expires_at": expires_at});
        let report = self.send(Method::POST, "secret-keys", report).await?;
        let overview = self.path("overview");
        self.api
            .send_with_key(&text(&report, "key"), (Method::GET, &overview), &Value::Null)
            .await?;
        let writer = json!({"key_name": "Till", "role": "writer"});
        let writer = self.send(Method::POST, "secret-keys", writer).await?;
        let Some(customer) = Person::of(0).customer else { return Ok(()) };
        let order = json!({"id": "till-2041", "user_id": customer.id, "email": customer.email, "name": customer.name,
                           "total_amount": 64_000, "currency": "TZS"});
        self.api
            .send_with_key(&text(&writer, "key"), (Method::POST, "/api/orders"), &order)
            .await?;
        Ok(())
    }
}

/// A text of an answer; some stand one level deeper.
fn text(answer: &Value, name: &str) -> String {
    let nested = answer.as_object().into_iter().flatten().map(|(_, value)| &value[name]);
    let mut found = std::iter::once(&answer[name]).chain(nested).filter_map(Value::as_str);
    found.next().unwrap_or_default().to_owned()
}
