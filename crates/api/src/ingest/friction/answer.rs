//! The wire shapes of contract 3's answers.

use domain::event::Category;
use engine::ingest::Receipt;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ingest::error::{RejectedItem, RequestRejection};

/// The answer to a request with stored events.
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
    rejected: Vec<RejectedItem>,
}

/// Events by type.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Breakdown {
    friction: usize,
    heatmap: usize,
    performance: usize,
    /// Left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    form: usize,
}

/// The answer to what became of the items. A request of which nothing is stored is an error.
pub(super) fn answer(receipt: &Receipt) -> Result<FrictionAnswer, RequestRejection> {
    let rejected = RejectedItem::list(&receipt.refused);
    if receipt.stored.is_empty() && !rejected.is_empty() {
        return Err(RequestRejection::nothing_stored(&receipt.refused));
    }
    let mut breakdown = Breakdown::default();
    for category in &receipt.stored {
        match category {
            Category::Friction => breakdown.friction += 1,
            Category::Heatmap => breakdown.heatmap += 1,
            Category::Form => breakdown.form += 1,
            _ => breakdown.performance += 1,
        }
    }
    Ok(FrictionAnswer { success: true, processed: receipt.stored.len(), breakdown, rejected })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
