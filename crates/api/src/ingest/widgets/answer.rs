//! The response to widget events.

use axum::http::StatusCode;
use domain::outcome::RejectionReason;
use engine::ingest::Receipt;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ingest::error::{RejectedItem, RequestRejection};

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
    rejected: Vec<RejectedItem>,
}

/// What became of each event.
pub(super) struct TrackOutcomes {
    count: usize,
    stored: usize,
    demo: usize,
    rejected: Vec<RejectedItem>,
    statuses: Vec<StatusCode>,
}

impl TrackOutcomes {
    /// Of `count` events, `demo` are of demo widgets and these name no widget.
    pub(super) fn new(count: usize, demo: usize, unaccounted: Vec<RejectedItem>) -> Self {
        let statuses = unaccounted.iter().map(|item| status_of(item.reason())).collect();
        Self { count, stored: 0, demo, rejected: unaccounted, statuses }
    }

    /// Adds what became of one project's events, whose places in the request are `indexes`.
    pub(super) fn add(&mut self, receipt: &Receipt, indexes: &[usize]) {
        self.stored += receipt.stored.len();
        for rejection in &receipt.refused {
            let mut item = rejection.clone();
            item.index = indexes.get(item.index).copied().unwrap_or(item.index);
            self.statuses.push(status_of(item.reason.as_str()));
            self.rejected.push(item.into());
        }
    }

    /// 200 when anything was taken; else the status that all refusals have in common, or 422.
    pub(super) fn answer(mut self, is_readable: bool) -> Result<TrackAnswer, RequestRejection> {
        self.rejected.sort_by_key(RejectedItem::index);
        RejectedItem::shorten(&mut self.rejected);
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
        Err(RequestRejection {
            rejected: self.rejected,
            is_readable,
            ..RequestRejection::new(status, message)
        })
    }
}

fn status_of(reason: &str) -> StatusCode {
    let is = |one: RejectionReason| reason == one.as_str();
    if reason == "unknown_widget" {
        StatusCode::NOT_FOUND
    } else if is(RejectionReason::WidgetInactive) || is(RejectionReason::OriginNotAllowed) {
        StatusCode::FORBIDDEN
    } else if is(RejectionReason::MissingField) {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}
