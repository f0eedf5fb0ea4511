//! Recording chunks and screenshots. They bypass the journal (`docs/adr/0011`).

mod chunk;
mod screenshot;

use axum::http::StatusCode;
use domain::outcome::RejectionReason;
use domain::recording::InvalidMedia;
use engine::ingest::AdmittedSender;
use engine::recordings::RecordingRejection;

use super::error::RequestRejection;
use super::intake::Intake;
use super::received_body::PresentedKey;

pub(crate) use chunk::{__path_store, store};
pub(crate) use screenshot::{__path_upload, MAX_BODY_BYTES, upload};

/// Admits the holder of a key, which may have been looked at before the body was read. What is refused
/// here is counted, and not kept: it shows a visit.
async fn admit(
    intake: &Intake<'_>,
    body_key: Option<&str>,
    shown_key: Option<&PresentedKey>,
) -> Result<AdmittedSender, RequestRejection> {
    let key = intake.key(body_key);
    if let Some(sender) = shown_key.and_then(|shown| shown.admitted(key.as_deref())) {
        return intake.account_rejection(sender, 1, &[]).await;
    }
    let admitted = intake.app.ingest.admit_auxiliary(key.as_deref(), intake.origin()).await;
    intake.account_rejection(&admitted, 1, &[]).await
}

fn missing(field: &str) -> RequestRejection {
    RequestRejection::new(StatusCode::BAD_REQUEST, format!("{field} is missing"))
}

/// Accounts for what an admitted sender sent in vain.
async fn refuse(
    intake: &Intake<'_>,
    sender: &AdmittedSender,
    reason: RejectionReason,
    rejection: RequestRejection,
) -> RequestRejection {
    intake.refuse(sender, reason, 1, rejection, &[]).await
}

async fn not_taken(
    intake: &Intake<'_>,
    sender: &AdmittedSender,
    why: RecordingRejection,
) -> RequestRejection {
    match why {
        RecordingRejection::Failed(error) => RequestRejection::engine(&error),
        RecordingRejection::Off(_) => {
            let rejection = RequestRejection::new(StatusCode::FORBIDDEN, why.to_string());
            refuse(intake, sender, RejectionReason::RecordingOff, rejection).await
        }
        RecordingRejection::Paused { retry_after_seconds } => {
            let refused = RequestRejection {
                retry_after_seconds: Some(retry_after_seconds),
                ..RequestRejection::new(StatusCode::TOO_MANY_REQUESTS, why.to_string())
            };
            refuse(intake, sender, RejectionReason::RateLimited, refused).await
        }
        RecordingRejection::Bad(InvalidMedia { .. }) => {
            let refused = RequestRejection::new(StatusCode::BAD_REQUEST, why.to_string());
            refuse(intake, sender, RejectionReason::InvalidField, refused).await
        }
        RecordingRejection::Erased => {
            let refused = RequestRejection::new(StatusCode::UNPROCESSABLE_ENTITY, why.to_string());
            refuse(intake, sender, RejectionReason::Erased, refused).await
        }
    }
}

fn count(kind: &'static str) {
    metrics::counter!("footfall_recordings_taken_total", "kind" => kind).increment(1);
}
