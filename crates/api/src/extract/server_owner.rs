//! The extractor of the server's owner.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use utoipa::IntoResponses;

use super::Caller;
use crate::error::Error;
use crate::openapi::{Responses, problems};
use crate::state::App;

/// The member who owns the server: set-up created their account. A secret key never acts for them,
/// since it belongs to a project.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServerOwner;

impl FromRequestParts<App> for ServerOwner {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let refused = |detail| Err(Error::new(StatusCode::FORBIDDEN, detail));
        match Caller::from_request_parts(parts, app).await? {
            Caller::Program(_) => {
                refused("a secret key cannot do this: sign in as the owner of the server")
            }
            Caller::Member(member) if app.auth.is_server_owner(member.id).await? => Ok(Self),
            Caller::Member(_) => refused("only the owner of the server can do this"),
        }
    }
}

impl IntoResponses for ServerOwner {
    fn responses() -> Responses {
        problems(&[
            (401, "Not signed in"),
            (
                403,
                "The caller is not the owner of the server, or the request comes from another site's page",
            ),
        ])
    }
}
