//! What a widget is told.

use axum::http::StatusCode;
use domain::outcome::Reason;
use engine::ingest::Receipt;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ingest::error::{Refused, RefusedItem};

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WidgetEventAnswer)]
pub(crate) struct TrackAnswer {
    /// Always true.
    success: bool,
    /// Whether anything was stored: what a demo widget sends is not.
    tracked: bool,
    /// The events that were refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<RefusedItem>,
}

/// What became of each event.
pub(super) struct Verdicts {
    count: usize,
    stored: usize,
    demo: usize,
    rejected: Vec<RefusedItem>,
    statuses: Vec<StatusCode>,
}

impl Verdicts {
    /// Of `count` events, `demo` are of demo widgets and these name no widget.
    pub(super) fn new(count: usize, demo: usize, unaccounted: Vec<RefusedItem>) -> Self {
        let statuses = unaccounted.iter().map(|item| status_of(item.reason())).collect();
        Self { count, stored: 0, demo, rejected: unaccounted, statuses }
    }

    /// Adds what became of one project's events, whose places in the request are `indexes`.
    pub(super) fn add(&mut self, receipt: &Receipt, indexes: &[usize]) {
        self.stored += receipt.stored.len();
        for refusal in &receipt.refused {
            let mut refusal = refusal.clone();
            refusal.index = indexes.get(refusal.index).copied().unwrap_or(refusal.index);
            self.statuses.push(status_of(refusal.reason.as_str()));
            self.rejected.push(refusal.into());
        }
    }

    /// 200 when anything was taken; else the status that all refusals have in common, or 422.
    pub(super) fn answer(mut self, is_readable: bool) -> Result<TrackAnswer, Refused> {
        self.rejected.sort_by_key(RefusedItem::index);
        RefusedItem::shorten(&mut self.rejected);
        if self.stored + self.demo > 0 || self.rejected.is_empty() {
            let (tracked, rejected) = (self.stored > 0, self.rejected);
            return Ok(TrackAnswer { success: true, tracked, rejected });
        }
        let first = self.statuses.first().copied();
        let common = first.filter(|first| self.statuses.iter().all(|status| status == first));
        let status = common.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let message = match (self.count, self.rejected.first()) {
            (1, Some(only)) => only.detail().to_owned(),
            _ => "none of the events can be stored".to_owned(),
        };
        Err(Refused { rejected: self.rejected, is_readable, ..Refused::new(status, message) })
    }
}

fn status_of(reason: &str) -> StatusCode {
    let is = |one: Reason| reason == one.as_str();
    if reason == "unknown_widget" {
        StatusCode::NOT_FOUND
    } else if is(Reason::WidgetInactive) || is(Reason::OriginNotAllowed) {
        StatusCode::FORBIDDEN
    } else if is(Reason::MissingField) {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}
