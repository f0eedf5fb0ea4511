//! The statements of SQL that the staff shares.

use axum::http::Method;
use serde_json::{Value, json};

use super::Office;

impl Office<'_> {
    /// Shares a few questions, unless some are there.
    pub(super) async fn save_questions(&self) -> anyhow::Result<()> {
        if !self.list("saved-questions", "saved_questions").await?.is_empty() {
            return Ok(());
        }
        for question in [page_views(), friction_by_browser()] {
            self.send(Method::POST, "saved-questions", question).await?;
        }
        Ok(())
    }
}

fn page_views() -> Value {
    json!({
        "name": "Page views a day by device",
        "description": "The last 30 days",
        "statement": include_str!("statements/page_views.sql"),
        "chart": {"shape": "line", "x": "day", "y": ["page_views"], "series": "device_type"},
        "visibility": "project",
    })
}

fn friction_by_browser() -> Value {
    json!({
        "name": "Friction of one kind by browser",
        "description": "Choose the kind: rage_click, dead_click, javascript_error …",
        "statement": include_str!("statements/friction_by_browser.sql"),
        "parameters": [{"name": "kind", "type": "text", "default": "rage_click"}],
        "schedule": {"every": "day", "at": "07:00"},
        "chart": {"shape": "bar", "x": "browser", "y": ["events", "sessions"]},
        "visibility": "project",
    })
}
