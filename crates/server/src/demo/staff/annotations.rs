//! The staff's notes on the time line: releases and campaigns, which explain the figures.

use axum::http::Method;
use serde_json::json;

use super::Office;
use crate::demo::story;

impl Office<'_> {
    /// Writes what happened to the site.
    pub(super) async fn annotate(&self) -> anyhow::Result<()> {
        let today = story::start_of_day(self.now);
        let from = today.plus_seconds(-30 * story::DAY_SECONDS).millis();
        if !self.list(&format!("annotations?from={from}"), "annotations").await?.is_empty() {
            return Ok(());
        }
        for note in self.target.site.notes {
            let at = note.at.instant(today).to_rfc3339();
            let note = json!({"text": note.text, "kind": note.kind.as_str(), "at": at});
            self.send(Method::POST, "annotations", note).await?;
        }
        Ok(())
    }
}
