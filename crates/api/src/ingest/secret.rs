//! Who may report orders and bookings: programs that hold a key, never pages.
//!
//! A request that carries an `Origin` is refused: a browser sent it, and what a browser holds is public.

use axum::http::StatusCode;
use engine::ingest::Admitted;

use super::error::Refused;
use super::intake::Intake;

/// Admits a program, or accounts for the refusal of its one item.
///
/// This is the one place that decides it: keys are looked up among the ingest keys as long as there are
/// no secret ones.
pub(super) async fn admit(
    intake: Intake<'_>,
    body_key: Option<&str>,
    raw: &[u8],
) -> Result<Admitted, Refused> {
    if intake.origin().is_some() {
        return Err(Refused {
            is_readable: false,
            ..Refused::new(
                StatusCode::FORBIDDEN,
                "orders and bookings are reported by your server, never by a page",
            )
        });
    }
    intake.admit(body_key, 1, raw).await
}
