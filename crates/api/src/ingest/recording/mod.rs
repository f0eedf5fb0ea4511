//! What shows a visit: parts of recordings, and pictures. They do not pass the journal (`docs/adr/0011`).

mod chunk;
mod screenshot;

use axum::http::StatusCode;
use domain::outcome::Reason;
use domain::recording::{BadMedia, Whose};
use engine::ingest::Admitted;
use engine::recordings::NotTaken;

use super::error::Refused;
use super::intake::Intake;
use super::received::ShownKey;

pub(crate) use chunk::{__path_take, take};
pub(crate) use screenshot::{__path_upload, MAX_BODY_BYTES, upload};

/// Admits the holder of a key, which may have been looked at before the body was read. What is refused
/// here is counted, and not kept: it shows a visit.
async fn admit(
    intake: &Intake<'_>,
    body_key: Option<&str>,
    shown_key: Option<&ShownKey>,
) -> Result<Admitted, Refused> {
    let key = intake.key(body_key);
    if let Some(admitted) = shown_key.and_then(|shown| shown.admitted(key.as_deref())) {
        return intake.accounted(admitted, 1, &[]).await;
    }
    let admitted = intake.app.ingest.admit_beside(key.as_deref(), intake.origin()).await;
    intake.accounted(&admitted, 1, &[]).await
}

fn missing(field: &str) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, format!("{field} is missing"))
}

/// Accounts for what an admitted sender sent in vain.
async fn refuse(
    intake: &Intake<'_>,
    admitted: &Admitted,
    reason: Reason,
    refused: Refused,
) -> Refused {
    intake.refuse(admitted, reason, 1, refused, &[]).await
}

async fn not_taken(intake: &Intake<'_>, admitted: &Admitted, why: NotTaken) -> Refused {
    match why {
        NotTaken::Failed(error) => Refused::engine(&error),
        NotTaken::Off(_) => {
            let refused = Refused::new(StatusCode::FORBIDDEN, why.to_string());
            refuse(intake, admitted, Reason::RecordingOff, refused).await
        }
        NotTaken::Paused { retry_after_seconds } => {
            let refused = Refused {
                retry_after_seconds: Some(retry_after_seconds),
                ..Refused::new(StatusCode::TOO_MANY_REQUESTS, why.to_string())
            };
            refuse(intake, admitted, Reason::RateLimited, refused).await
        }
        NotTaken::Bad(BadMedia { .. }) => {
            let refused = Refused::new(StatusCode::BAD_REQUEST, why.to_string());
            refuse(intake, admitted, Reason::InvalidField, refused).await
        }
        NotTaken::Erased => {
            let refused = Refused::new(StatusCode::UNPROCESSABLE_ENTITY, why.to_string());
            refuse(intake, admitted, Reason::Erased, refused).await
        }
    }
}

/// Whose visit it is; the session is required, so that what shows a person is found when they ask.
fn whose(
    session_id: Option<String>,
    visitor_id: Option<String>,
    user_id: Option<String>,
) -> Result<Whose, Refused> {
    let session_id = session_id.ok_or_else(|| missing("session_id"))?;
    Ok(Whose { session_id, visitor_id, user_id })
}

fn count(kind: &'static str) {
    metrics::counter!("footfall_recordings_taken_total", "kind" => kind).increment(1);
}
