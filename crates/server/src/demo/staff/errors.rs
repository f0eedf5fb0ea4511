//! The staff's decisions about errors: one is somebody's, one was fixed too early, one waits for a release.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;

const HOUR_SECONDS: i64 = 3_600;

/// A decision about an error.
enum Decision {
    /// It is still to be fixed.
    Open,
    /// It was fixed so many hours ago.
    Resolved(i64),
    InNextRelease,
    Ignored,
}

/// Part of a message, what is decided, and the role of the assignee, if it has one.
const DECISIONS: [(&str, Decision, Option<&str>); 5] = [
    ("reading 'price'", Decision::Open, Some("analyst")),
    ("Failed to fetch", Decision::Resolved(9 * 24), Some("admin")),
    ("reading 'wallet'", Decision::Resolved(0), Some("admin")),
    ("payment provider timed out", Decision::InNextRelease, Some("admin")),
    ("stock.map is not a function", Decision::Ignored, None),
];

impl Office<'_> {
    /// Decides about the errors of the last month that nobody has decided about.
    pub(super) async fn decide_about_errors(&self) -> anyhow::Result<()> {
        let from = self.now.plus_seconds(-30 * 24 * HOUR_SECONDS).millis();
        let errors = self.list(&format!("errors?from={from}&limit=100"), "errors").await?;
        let is_decided =
            |error: &Value| error["status"] != "open" || !error["assigned_to"].is_null();
        if errors.iter().any(is_decided) {
            return Ok(());
        }
        let members = self.list("members", "members").await?;
        for (message, decision, role) in &DECISIONS {
            let has_message = |error: &&Value| {
                error["message"].as_str().is_some_and(|text| text.contains(message))
            };
            let Some(error) = errors.iter().find(has_message) else { continue };
            let mut change = match decision {
                Decision::Open => json!({}),
                Decision::Resolved(hours) => {
                    let at = self.now.plus_seconds(-hours * HOUR_SECONDS).to_rfc3339();
                    json!({"status": "resolved", "resolved_at": at})
                }
                Decision::InNextRelease => json!({"status": "resolved", "in_next_release": true}),
                Decision::Ignored => json!({"status": "ignored"}),
            };
            let assignee = members.iter().find(|member| member["role"].as_str() == *role);
            if let Some(assignee) = assignee.filter(|_| role.is_some()) {
                change["assigned_to"] = assignee["id"].clone();
            }
            let group = error["error_group"].as_str().unwrap_or_default();
            if change != json!({}) {
                self.send(Method::PATCH, &format!("errors/{group}"), change).await?;
            }
        }
        Ok(())
    }
}
