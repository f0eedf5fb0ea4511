//! Who may report orders and bookings: programs that hold a secret key, never pages.
//!
//! A request that carries an `Origin` is refused: a browser sent it, and what a browser holds is public.

use axum::http::StatusCode;
use engine::ingest::Admitted;

use super::error::Refused;
use super::intake::Intake;

/// Admits a program by its secret key.
pub(super) async fn admit(intake: Intake<'_>, body_key: Option<&str>) -> Result<Admitted, Refused> {
    if intake.origin().is_some() {
        return Err(Refused {
            is_readable: false,
            ..Refused::new(
                StatusCode::FORBIDDEN,
                "orders and bookings are reported by your server, never by a page",
            )
        });
    }
    let key = intake.key(body_key).unwrap_or_default();
    let app = intake.app;
    let holder = app.secret_keys.authenticate(&key).await;
    let Some(holder) = holder.map_err(|error| Refused::engine(&error))? else {
        let message = "a secret key (fs_…) of the project is required";
        return Err(Refused::new(StatusCode::UNAUTHORIZED, message));
    };
    let project = app.auth.project(holder.project_id).await;
    let project = project.map_err(|error| Refused::engine(&error))?;
    Ok(Admitted { project_id: project.id, retention_days: project.retention_days })
}
