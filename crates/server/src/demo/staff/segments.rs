//! The segments that the staff shares.

use axum::http::Method;
use serde_json::json;

use super::Office;

/// Names and filters.
const SEGMENTS: [(&str, &str); 3] = [
    ("Phones with friction", "device=mobile;session=friction"),
    ("Ordered or booked", "session=converted"),
    ("New visitors from campaigns", "session=new_visitor;utm_campaign!="),
];

impl Office<'_> {
    /// Shares a few segments, unless some are there.
    pub(super) async fn save_segments(&self) -> anyhow::Result<()> {
        if !self.list("segments", "segments").await?.is_empty() {
            return Ok(());
        }
        for (name, filters) in SEGMENTS {
            let segment = json!({"name": name, "filters": filters, "is_shared": true});
            self.send(Method::POST, "segments", segment).await?;
        }
        Ok(())
    }
}
