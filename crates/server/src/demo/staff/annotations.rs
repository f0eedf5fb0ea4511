//! The staff's notes on the time line: releases and a campaign, which explain the figures.

use axum::http::Method;
use serde_json::json;

use super::Office;

const DAY_SECONDS: i64 = 86_400;
/// Site, days ago, kind and text; as old as the flaws and the campaign of the visits.
const NOTES: [(&str, i64, &str, &str); 4] = [
    ("Bahari Rentals", 6, "release", "Release 8.4: new booking pages"),
    ("Bahari Rentals", 9, "note", "December deals on social media"),
    ("Duka Market", 2, "release", "Release 31: new payment provider"),
    ("Duka Market", 9, "note", "December deals on social media"),
];

impl Office<'_> {
    /// Writes what happened to the site.
    pub(super) async fn annotate(&self) -> anyhow::Result<()> {
        let from = self.now.plus_seconds(-30 * DAY_SECONDS).millis();
        if !self.list(&format!("annotations?from={from}"), "annotations").await?.is_empty() {
            return Ok(());
        }
        let of_site = NOTES.iter().filter(|note| note.0 == self.target.site.name);
        for (_, days, kind, text) in of_site {
            let at = self.now.plus_seconds(-days * DAY_SECONDS).to_rfc3339();
            let note = json!({"text": text, "kind": kind, "at": at});
            self.send(Method::POST, "annotations", note).await?;
        }
        Ok(())
    }
}
