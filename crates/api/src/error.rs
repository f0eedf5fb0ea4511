//! The one error that becomes a response, as `application/problem+json` (RFC 9457).
//!
//! A fault of ours answers a constant text; its cause goes to the log, once, here.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Kind;
use engine::ports::sql::Diagnostic;
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::bodies::BodyBudgetExceeded;
use crate::openapi::{Responses, problems};
use crate::request_id;

/// Why a request did not succeed.
#[derive(Debug)]
pub(crate) struct Error {
    status: StatusCode,
    detail: String,
    field: Option<String>,
    allowed: Option<Vec<&'static str>>,
    retry_after_seconds: Option<u32>,
    diagnostic: Option<Box<Diagnostic>>,
}

/// The body of every error outside the ingest routes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong and how to fix it, for people.
    detail: String,
    /// The field to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The values that field may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<Vec<&'static str>>,
    /// The line of the statement where it is wrong, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// The column of that line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    /// Names the statement may have meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<Vec<String>>,
    /// Names the request in the server's log.
    request_id: String,
}

/// What is answered to a request that can be read and cannot be met.
pub(crate) enum Unprocessable {}

impl IntoResponses for Unprocessable {
    fn responses() -> Responses {
        problems(&[(422, "A value is invalid (`field` names it), or the answer takes too long")])
    }
}

impl Error {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            field: None,
            allowed: None,
            retry_after_seconds: None,
            diagnostic: None,
        }
    }

    /// A field's value cannot be used.
    pub(crate) fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut error = Self::new(StatusCode::BAD_REQUEST, detail);
        error.field = Some(field.into());
        error
    }

    /// A field's value is not one of the allowed ones.
    pub(crate) fn not_allowed(field: &'static str, allowed: Vec<&'static str>) -> Self {
        Self::invalid(field, format!("{field} must be one of {}", allowed.join(", ")))
            .allowing(allowed)
    }

    /// The same of something that a field holds, which can be read but not be used.
    pub(crate) fn within(self, field: &str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            detail: format!("{field}: {}", self.detail),
            field: Some(field.to_owned()),
            ..self
        }
    }

    /// The same, with the values that the field may have.
    pub(crate) fn allowing(mut self, allowed: Vec<&'static str>) -> Self {
        self.allowed = Some(allowed);
        self
    }

    /// There are as many as may be; trying again after so many seconds can succeed.
    pub(crate) fn limited(detail: impl Into<String>, retry_after_seconds: u32) -> Self {
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, detail);
        error.retry_after_seconds = Some(retry_after_seconds);
        error
    }

    /// There is no memory for the body now.
    pub(crate) fn body_budget_exceeded() -> Self {
        let error = Self::new(StatusCode::SERVICE_UNAVAILABLE, BodyBudgetExceeded.to_string());
        Self { retry_after_seconds: Some(1), ..error }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not found")
    }
}

/// The status for each kind of engine error, on every route.
pub(crate) fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid | Kind::Timeout => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Limited => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Logs an error the operator should know of. Called where it becomes a response.
pub(crate) fn log(error: &engine::Error) {
    let request_id = tracing::field::display(request_id::current());
    match error.kind() {
        Kind::Internal => {
            tracing::error!(request_id, error = %engine::error_chain(error), "request failed");
        }
        Kind::Unavailable => {
            tracing::warn!(request_id, error = %engine::error_chain(error), "a store is unavailable");
        }
        _ => tracing::debug!(request_id, %error, "request refused"),
    }
}

impl From<engine::Error> for Error {
    fn from(error: engine::Error) -> Self {
        log(&error);
        let mut response = Self::new(status(error.kind()), error.to_string());
        match error {
            engine::Error::Invalid { field, .. } => response.field = field.map(Into::into),
            engine::Error::Limited { retry_after_seconds } => {
                response.retry_after_seconds = Some(retry_after_seconds);
            }
            engine::Error::Statement(diagnostic) => response.diagnostic = Some(diagnostic),
            engine::Error::Unavailable { .. } => response.retry_after_seconds = Some(1),
            _ => {}
        }
        response
    }
}

impl From<engine::ports::lake::Error> for Error {
    fn from(error: engine::ports::lake::Error) -> Self {
        engine::Error::from(error).into()
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let diagnostic = self.diagnostic.unwrap_or_default();
        let problem = Problem {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: self.detail,
            field: self.field,
            allowed: self.allowed,
            line: diagnostic.at.map(|(line, _)| line),
            column: diagnostic.at.map(|(_, column)| column),
            suggestions: Some(diagnostic.suggestions).filter(|names| !names.is_empty()),
            request_id: request_id::current().to_string(),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let content_type = HeaderValue::from_static("application/problem+json");
        let mut response =
            (self.status, [(header::CONTENT_TYPE, content_type)], body).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
