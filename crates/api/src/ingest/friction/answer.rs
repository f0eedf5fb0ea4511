//! The wire shapes of contract 3's requests and answers.

use domain::event::Category;
use engine::ingest::Receipt;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ingest::error::{Refused, RefusedItem};

/// The answer to a request whose events are stored.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrictionAnswer {
    /// Always true.
    success: bool,
    /// Events stored, whether by this request or an earlier one with the same ids.
    processed: usize,
    /// The same by type.
    breakdown: Breakdown,
    /// The events that were refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<RefusedItem>,
}

/// Events by type.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Breakdown {
    friction: usize,
    heatmap: usize,
    performance: usize,
}

/// The answer to what became of the items. A request of which nothing is stored is an error.
pub(super) fn answer(receipt: &Receipt) -> Result<FrictionAnswer, Refused> {
    let rejected = RefusedItem::list(&receipt.refused);
    if receipt.stored.is_empty() && !rejected.is_empty() {
        return Err(Refused::nothing_stored(&receipt.refused));
    }
    let mut breakdown = Breakdown::default();
    for category in &receipt.stored {
        match category {
            Category::Friction => breakdown.friction += 1,
            Category::Heatmap => breakdown.heatmap += 1,
            _ => breakdown.performance += 1,
        }
    }
    Ok(FrictionAnswer { success: true, processed: receipt.stored.len(), breakdown, rejected })
}

/// The request's documented shape; reading is done item by item, so that one bad event spoils none.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct FrictionRequest {
    /// The key, where no header can be set.
    api_key: Option<String>,
    /// The visit of events that name none.
    session_id: Option<String>,
    /// The customer of events that name none.
    user_id: Option<String>,
    /// When the page sent it, by its own clock: RFC 3339 or milliseconds since 1970.
    sent_at: Option<String>,
    /// The SDK's version and counts.
    #[schema(value_type = Option<Object>)]
    sdk: Option<serde_json::Value>,
    /// Up to 5,000 events; see contract 3 for the fields of each `type`.
    #[schema(value_type = Vec<Object>)]
    events: Vec<serde_json::Value>,
}
