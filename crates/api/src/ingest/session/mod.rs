//! Contract 5, `POST /api/analytics/session/{start,end}`: a customer's session begins and ends.
//!
//! Ingest writes no table, so whether a session is known is asked of the catalog and, before it is
//! denied, of everything accepted so far: a start followed at once by its end answers 200, whichever
//! servers took them. When the projection is too far behind to tell, the end is stored and answered
//! 200: the fold passes over an end of a session that never was.

mod end;
mod start;

use axum::http::StatusCode;
use domain::outcome::Reason;
use engine::ingest::{Admitted, Envelope, Incoming, Invalid};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::Refused;
use super::intake::Intake;
use super::values::Text;

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
fn given(text: Option<Text>) -> Option<String> {
    text.map(|Text(text)| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Refuses a body for one field and accounts for it.
async fn refuse(
    intake: Intake<'_>,
    admitted: &Admitted,
    status: StatusCode,
    (reason, detail): (Reason, String),
    raw: &[u8],
) -> Refused {
    intake.refuse(admitted, reason, 1, Refused::new(status, detail), raw).await
}

/// Stores the one event of a body.
async fn store(
    intake: Intake<'_>,
    admitted: &Admitted,
    envelope: Envelope,
    raw: &[u8],
    event: Result<domain::event::NewEvent, Invalid>,
) -> Result<(), Refused> {
    let receipt = intake.accept(admitted, envelope, vec![Incoming { raw, event }]).await?;
    match receipt.refused.first() {
        None => Ok(()),
        Some(refusal) => {
            let refused = Refused::nothing_stored(&receipt.refused);
            Err(Refused { message: refusal.detail.clone(), ..refused })
        }
    }
}
