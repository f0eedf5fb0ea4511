//! Contract 5, `POST /api/analytics/session/{start,end}`: a customer's session begins and ends.
//!
//! Ingest writes no table, so whether a session is known is asked of the catalog and, before it is
//! denied, of everything accepted so far: a start followed at once by its end answers 200, whichever
//! servers took them. When the projection is too far behind to tell, the end is stored and answered
//! 200: the fold passes over an end of a session that never was.

mod end;
mod start;

use axum::http::StatusCode;
use domain::outcome::RejectionReason;
use engine::ingest::{AdmittedSender, Envelope, IncomingItem, Rejection};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::RequestRejection;
use super::intake::Intake;
use super::lenient::LenientText;

pub(super) use end::end;
pub(super) use start::start;

pub(crate) use end::__path_end as __path_end_session;
pub(crate) use start::__path_start as __path_start_session;

/// The answer of both.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionAnswer {
    /// Always true.
    success: bool,
}

/// A text that is not empty.
fn non_empty(text: Option<LenientText>) -> Option<String> {
    text.map(|LenientText(text)| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Refuses a body for one field and accounts for it.
async fn refuse(
    intake: Intake<'_>,
    sender: &AdmittedSender,
    status: StatusCode,
    (reason, detail): (RejectionReason, String),
    raw: &[u8],
) -> RequestRejection {
    intake.refuse(sender, reason, 1, RequestRejection::new(status, detail), raw).await
}

/// Stores the one event of a body.
async fn store(
    intake: Intake<'_>,
    sender: &AdmittedSender,
    envelope: Envelope,
    raw: &[u8],
    event: Result<domain::event::NewEvent, Rejection>,
) -> Result<(), RequestRejection> {
    let receipt = intake.accept(sender, envelope, vec![IncomingItem::new(raw, event)]).await?;
    match receipt.refused.first() {
        None => Ok(()),
        Some(item) => {
            let rejection = RequestRejection::nothing_stored(&receipt.refused);
            Err(RequestRejection { message: item.detail.clone(), ..rejection })
        }
    }
}
