//! Ingest errors, in the shape the five products' pages know: `{"error", "request_id", …}`.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::limits::{MAX_DETAIL_BYTES, cut};
use domain::outcome::{IndexedRejection, RejectionReason};
use engine::ingest::AdmissionRejection;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::BodyError;
use super::cors;
use crate::bodies::BodyBudgetExceeded;
use crate::{error, request_id};

/// Refused items of one answer that come with what is wrong. The others come with their place and reason,
/// so that an answer is not much larger than the request.
const MAX_DETAILS: usize = 100;

/// Why a whole request was not taken.
#[derive(Debug)]
pub(super) struct RequestRejection {
    pub(super) status: StatusCode,
    pub(super) message: String,
    pub(super) rejected: Vec<RejectedItem>,
    pub(super) retry_after_seconds: Option<u32>,
    /// Whether the sender's page may read this answer.
    pub(super) is_readable: bool,
}

/// The body of an ingest error.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IngestError {
    /// What is wrong.
    error: String,
    /// Names the request in the server's log.
    request_id: String,
    /// The items that were refused, if it is about items.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<RejectedItem>,
}

/// An event that was refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedItem)]
pub(crate) struct RejectedItem {
    /// Its place in `events`.
    index: usize,
    /// The stable reason.
    #[schema(value_type = String)]
    reason: &'static str,
    /// What is wrong, naming the field; left out after the first 100 items of an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

impl RejectedItem {
    /// The refused items of a request, as its answer lists them.
    pub(crate) fn list(rejection: &[IndexedRejection]) -> Vec<Self> {
        let explained = |(place, item): (usize, &IndexedRejection)| Self {
            index: item.index,
            reason: item.reason.as_str(),
            detail: (place < MAX_DETAILS).then(|| item.detail.clone()),
        };
        rejection.iter().enumerate().map(explained).collect()
    }

    /// Leaves out what is wrong with all but the first of a list.
    pub(super) fn shorten(list: &mut [Self]) {
        list.iter_mut().skip(MAX_DETAILS).for_each(|item| item.detail = None);
    }

    /// An item refused for a reason that is accounted for nowhere, since no project is known.
    pub(super) fn unaccounted(index: usize, reason: &'static str, detail: String) -> Self {
        Self { index, reason, detail: Some(cut(detail, MAX_DETAIL_BYTES)) }
    }

    /// The stable reason.
    pub(super) fn reason(&self) -> &'static str {
        self.reason
    }

    /// What is wrong.
    pub(super) fn detail(&self) -> &str {
        self.detail.as_deref().unwrap_or_default()
    }

    /// Its place in `events`.
    pub(super) fn index(&self) -> usize {
        self.index
    }
}

impl From<IndexedRejection> for RejectedItem {
    fn from(rejection: IndexedRejection) -> Self {
        Self {
            index: rejection.index,
            reason: rejection.reason.as_str(),
            detail: Some(rejection.detail),
        }
    }
}

impl RequestRejection {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            // It may quote what was sent.
            message: cut(message.into(), MAX_DETAIL_BYTES),
            rejected: Vec::new(),
            retry_after_seconds: None,
            is_readable: true,
        }
    }

    /// For a request of which every item was refused.
    pub(super) fn nothing_stored(rejection: &[IndexedRejection]) -> Self {
        let is_incomplete =
            rejection.iter().all(|item| item.reason == RejectionReason::MissingField);
        let status =
            if is_incomplete { StatusCode::BAD_REQUEST } else { StatusCode::UNPROCESSABLE_ENTITY };
        let rejected = RejectedItem::list(rejection);
        Self { rejected, ..Self::new(status, "none of the events can be stored") }
    }

    pub(super) fn bad_body(bad: BodyError, max_bytes: usize) -> Self {
        match bad {
            BodyError::TooLarge => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!(
                    "the body is larger than {max_bytes} bytes after decompression; send fewer events at once"
                ),
            ),
            BodyError::UnsupportedEncoding => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "content-encoding must be one of identity, gzip, deflate, br, zstd",
            ),
            BodyError::Malformed => {
                Self::new(StatusCode::BAD_REQUEST, "the body does not match its content-encoding")
            }
            BodyError::Incomplete => {
                Self::new(StatusCode::BAD_REQUEST, "the body ended before it was complete")
            }
            BodyError::BudgetExceeded => Self::body_budget_exceeded(),
        }
    }

    /// For a body there is no memory for now.
    pub(super) fn body_budget_exceeded() -> Self {
        Self {
            retry_after_seconds: Some(1),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, BodyBudgetExceeded.to_string())
        }
    }

    pub(super) fn from_admission(rejection: &AdmissionRejection) -> Self {
        match rejection {
            AdmissionRejection::NoKey => Self::new(
                StatusCode::UNAUTHORIZED,
                "an API key is required: x-api-key header, api_key in the body, ?key= or bearer token",
            ),
            AdmissionRejection::UnknownKey => {
                Self::new(StatusCode::UNAUTHORIZED, "the API key is unknown")
            }
            AdmissionRejection::KeyInactive(_) => {
                Self::new(StatusCode::FORBIDDEN, "the API key is switched off")
            }
            AdmissionRejection::OriginNotAllowed(_) => Self {
                is_readable: false,
                ..Self::new(
                    StatusCode::FORBIDDEN,
                    "the page's origin is not among the API key's allowed_domains",
                )
            },
            AdmissionRejection::KeyLimited(_, exhausted) => Self {
                retry_after_seconds: Some(exhausted.retry_after_seconds),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "the API key's rate_limit_per_minute is used up",
                )
            },
            AdmissionRejection::AddressLimited(exhausted) => Self {
                retry_after_seconds: Some(exhausted.retry_after_seconds),
                ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too many requests from this address")
            },
            AdmissionRejection::Failed(error) => Self::engine(error),
        }
    }

    pub(super) fn engine(error: &engine::Error) -> Self {
        error::log(error);
        let status = error::status(error.kind());
        let retry_after_seconds = match error {
            engine::Error::Limited { retry_after_seconds } => Some(*retry_after_seconds),
            _ => (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        };
        Self { retry_after_seconds, ..Self::new(status, error.to_string()) }
    }

    pub(super) fn into_response(self, request: &HeaderMap) -> Response {
        metrics::counter!("footfall_ingest_refused_requests_total", "status" => self.status.as_u16().to_string())
            .increment(1);
        let body = IngestError {
            error: self.message,
            request_id: request_id::current().to_string(),
            rejected: self.rejected,
        };
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let content_type = HeaderValue::from_static("application/json");
        let mut response =
            (self.status, [(header::CONTENT_TYPE, content_type)], json).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        let origin = request.get(header::ORIGIN).filter(|_| self.is_readable);
        cors::admit(response.headers_mut(), origin);
        response
    }
}

/// The project and reason a denial is accounted for under; none when no project is known.
pub(super) fn rejection_of(
    rejection: &AdmissionRejection,
) -> Option<(domain::id::ProjectId, RejectionReason)> {
    match rejection {
        AdmissionRejection::KeyInactive(project) => Some((*project, RejectionReason::KeyInactive)),
        AdmissionRejection::OriginNotAllowed(project) => {
            Some((*project, RejectionReason::OriginNotAllowed))
        }
        AdmissionRejection::KeyLimited(project, _) => {
            Some((*project, RejectionReason::RateLimited))
        }
        AdmissionRejection::NoKey
        | AdmissionRejection::UnknownKey
        | AdmissionRejection::AddressLimited(_)
        | AdmissionRejection::Failed(_) => None,
    }
}
