//! Admits reports of orders and bookings: secret keys with that role, never pages.
//!
//! A request that carries an `Origin` is refused: a browser sent it, and what a browser holds is public. The
//! key stands in a header: bodies and addresses end up in logs. So the sender is admitted before anything
//! of the body is read.

use axum::http::{StatusCode, header};
use domain::key::SecretKeyRole;
use engine::ingest::AdmittedSender;

use super::error::RequestRejection;
use super::intake::Intake;
use super::key;

/// Admits a program by its secret key.
pub(super) async fn admit(intake: Intake<'_>) -> Result<AdmittedSender, RequestRejection> {
    let Intake { app, parts, .. } = intake;
    if parts.headers.contains_key(header::ORIGIN) {
        return Err(RequestRejection {
            is_readable: false,
            ..RequestRejection::new(
                StatusCode::FORBIDDEN,
                "report orders and bookings from your server, not from a web page",
            )
        });
    }
    app.ingest
        .admit_address(intake.address())
        .map_err(|rejection| RequestRejection::from_admission(&rejection))?;
    let key = key::in_header(&parts.headers).unwrap_or_default();
    let principal = app.secret_keys.authenticate(&key).await;
    let Some(holder) = principal.map_err(|error| RequestRejection::engine(&error))? else {
        let message = "a secret key (fs_…) of the project is required, in the header \
             Authorization: Bearer or x-api-key";
        return Err(RequestRejection::new(StatusCode::UNAUTHORIZED, message));
    };
    if !holder.role.may_write() {
        let message = format!(
            "the role of this secret key is {}: reporting orders and bookings requires the role {}",
            holder.role.as_str(),
            SecretKeyRole::Writer.as_str(),
        );
        return Err(RequestRejection::new(StatusCode::FORBIDDEN, message));
    }
    let project = app.auth.project(holder.project_id).await;
    let project = project.map_err(|error| RequestRejection::engine(&error))?;
    Ok(AdmittedSender { project_id: project.id, retention_days: project.retention_days })
}
