//! JSON bodies and query strings.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bodies::{CollectError, Trust, collect};
use crate::error::Error;
use crate::object;
use crate::state::App;

/// Largest JSON body of the dashboard's API, in bytes.
const MAX_JSON_BYTES: usize = 64 * 1024;

/// A JSON body, in and out.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value.split(';').next().unwrap_or_default().trim() == "application/json"
            });
        if !is_json {
            return Err(Error::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send JSON with content-type application/json",
            ));
        }
        let proxies = &app.settings().trusted_proxies;
        let sender = proxies.client_address(request.extensions(), request.headers());
        let mut held = app.bodies().reservation(sender, Trust::Unproven);
        let body = collect(&mut request.into_body(), MAX_JSON_BYTES, &mut held).await;
        let body = body.map_err(|why| not_collected(why, "64 KiB"))?;
        let unread = |error: &serde_json::Error| format!("the body cannot be read: {error}");
        object::check(&body)
            .map_err(|error| Error::new(StatusCode::BAD_REQUEST, unread(&error)))?;
        let mut reader = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            let detail = unread(error.inner());
            if field == "." {
                Error::new(StatusCode::BAD_REQUEST, detail)
            } else {
                Error::invalid(field, detail)
            }
        })?;
        Ok(Self(value))
    }
}

/// The answer to a body that was not read; `most` is the largest that is.
pub(crate) fn not_collected(why: CollectError, most: &str) -> Error {
    match why {
        CollectError::TooLarge => {
            let detail = format!("the body is larger than {most}");
            Error::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
        }
        CollectError::Incomplete => {
            Error::new(StatusCode::BAD_REQUEST, "the body ended before it was complete")
        }
        CollectError::BudgetExceeded => Error::body_budget_exceeded(),
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Error::from(engine::Error::internal(error)).into_response(),
        }
    }
}

/// A query string.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let reader =
            serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| {
            let (path, detail) = (error.path().to_string(), error.inner().to_string());
            // A parameter that is not there has no place, and a name in the message only.
            let missing = detail.split('`').nth(1).filter(|_| path == ".");
            let field = missing.unwrap_or(&path).to_owned();
            Error::invalid(field.clone(), format!("{field}: {detail}"))
        })
    }
}
