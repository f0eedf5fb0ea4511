//! Set-up, sign-in, and who is signed in.

mod accept;
pub(crate) mod cookie;
mod me;
mod profile;
mod set_up;
mod sign_in;

use utoipa::IntoResponses;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::openapi::{Responses, problems};
use crate::state::App;

pub(crate) use me::{ProjectAnswer, ProjectRole, logo_url};

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(set_up::state, set_up::complete))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(me::me, profile::rename))
        .routes(routes!(profile::change_password))
        .routes(routes!(profile::sign_out_everywhere))
        .routes(routes!(accept::look))
        .routes(routes!(accept::accept))
}

/// What is answered where a password would be checked or kept.
enum PasswordErrors {}

impl IntoResponses for PasswordErrors {
    fn responses() -> Responses {
        problems(&[
            (429, "Too many attempts to sign in; see Retry-After"),
            (503, "Too many request bodies or passwords are being processed; see Retry-After"),
        ])
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    /// How `Debug` shows a request of these fields.
    fn shown<T: DeserializeOwned + std::fmt::Debug>(body: serde_json::Value) -> String {
        let request: T = serde_json::from_value(body).expect("a request");
        format!("{request:?}{request:#?}")
    }

    #[test]
    fn no_password_or_token_of_a_request_is_shown() {
        let (secret, email) = ("hunter2 and more", "owner@shop.test");
        let set_up = json!({
            "token": secret, "email": email, "name": "Olga", "password": secret, "project_name": "Shop",
        });
        for shown in [
            shown::<sign_in::SignInRequest>(json!({"email": email, "password": secret})),
            shown::<set_up::SetupRequest>(set_up),
            shown::<accept::Acceptance>(json!({"name": "Olga", "password": secret})),
            shown::<profile::PasswordChange>(json!({"old_password": secret, "password": secret})),
        ] {
            assert!(shown.contains("REDACTED") && !shown.contains("hunter2"), "{shown}");
        }
    }
}
