//! Steps shared by all contracts: read the body (`received.rs`), admit the sender, account
//! for what is refused, and take its events in.

use std::net::IpAddr;
use std::sync::LazyLock;

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::limits::MAX_EVENTS_PER_REQUEST;
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{AdmissionRejection, AdmittedSender, Envelope, IncomingItem, Receipt, Sender};
use metrics::{Counter, counter};
use serde::{Deserialize, Serialize};

use super::error::{RequestRejection, rejection_of};
use super::received_body::ReceivedBody;
use super::{cors, key};
use crate::extract::Json;
use crate::object;
use crate::state::App;

/// A longer user agent is cut, before it is kept or read.
const MAX_USER_AGENT_BYTES: usize = 1_024;

/// A request on its way in.
#[derive(Clone, Copy)]
pub(super) struct Intake<'a> {
    pub(super) app: &'a App,
    pub(super) parts: &'a Parts,
    pub(super) contract: Contract,
}

impl Intake<'_> {
    /// The body as the contract's shape. What is not JSON of that shape is accounted for where a key
    /// outside of the body tells whose it is.
    pub(super) async fn parse<'b, T: Deserialize<'b>>(
        &self,
        received: &'b ReceivedBody,
    ) -> Result<T, RequestRejection> {
        match object::from_slice(received) {
            Ok(request) => Ok(request),
            Err(error) => {
                let message =
                    format!("the body is not a JSON object of the expected shape: {error}");
                let rejection = RequestRejection::new(StatusCode::BAD_REQUEST, message);
                Err(self
                    .reject_unread(
                        received.shown_key(),
                        RejectionReason::Unparseable,
                        rejection,
                        received,
                    )
                    .await)
            }
        }
    }

    /// Admits the holder of a key, or accounts for the refusal of `count` items.
    pub(super) async fn admit(
        &self,
        body_key: Option<&str>,
        count: usize,
        received: &ReceivedBody,
    ) -> Result<AdmittedSender, RequestRejection> {
        let key = self.key(body_key);
        let shown = received.shown_key();
        if let Some(sender) = shown.and_then(|shown| shown.admitted(key.as_deref())) {
            return self.account_rejection(sender, count, received).await;
        }
        let admitted = self.app.ingest.admit(key.as_deref(), self.origin()).await;
        self.account_rejection(&admitted, count, received).await
    }

    /// Admits the holder of a key; without one, a page whose origin exactly one project admits.
    pub(super) async fn admit_page(
        &self,
        body_key: Option<&str>,
        count: usize,
        received: &ReceivedBody,
    ) -> Result<AdmittedSender, RequestRejection> {
        if self.key(body_key).is_some() {
            return self.admit(body_key, count, received).await;
        }
        let sender = self.app.ingest.admit_origin(self.origin()).await;
        self.account_rejection(&sender, count, received).await
    }

    /// Accounts for a denial.
    pub(super) async fn account_rejection(
        &self,
        sender: &Result<AdmittedSender, AdmissionRejection>,
        count: usize,
        raw: &[u8],
    ) -> Result<AdmittedSender, RequestRejection> {
        let rejection = match sender {
            Ok(admitted) => return Ok(admitted.clone()),
            Err(denied) => denied,
        };
        tracing::debug!(?rejection, uri = %self.parts.uri.path(), origin = ?self.origin(), "not admitted");
        let refused = RequestRejection::from_admission(rejection);
        if let Some((project, reason)) = rejection_of(rejection) {
            let ingest = &self.app.ingest;
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let kept =
                ingest.refuse(project, self.contract, reason, &refused.message, count, raw).await;
            kept.map_err(|error| RequestRejection::engine(&error))?;
        }
        Err(refused)
    }

    /// Accounts for the refusal of an admitted sender's request.
    pub(super) async fn refuse(
        &self,
        sender: &AdmittedSender,
        reason: RejectionReason,
        count: usize,
        rejection: RequestRejection,
        raw: &[u8],
    ) -> RequestRejection {
        let ingest = &self.app.ingest;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let project = sender.project_id;
        match ingest.refuse(project, self.contract, reason, &rejection.message, count, raw).await {
            Ok(()) => rejection,
            Err(error) => RequestRejection::engine(&error),
        }
    }

    /// Refuses a request of more events than one may hold.
    pub(super) async fn check_count(
        &self,
        sender: &AdmittedSender,
        count: usize,
        raw: &[u8],
    ) -> Result<(), RequestRejection> {
        if count <= MAX_EVENTS_PER_REQUEST {
            return Ok(());
        }
        let message = format!(
            "events contains more than {MAX_EVENTS_PER_REQUEST} events; send fewer at once"
        );
        let rejection = RequestRejection::new(StatusCode::PAYLOAD_TOO_LARGE, message);
        Err(self.refuse(sender, RejectionReason::TooLarge, count, rejection, raw).await)
    }

    /// Takes the items in; what this returns is on disk.
    pub(super) async fn accept(
        &self,
        sender: &AdmittedSender,
        envelope: Envelope,
        items: Vec<IncomingItem<'_>>,
    ) -> Result<Receipt, RequestRejection> {
        let ingest = &self.app.ingest;
        let receipt = ingest.accept(self.contract, sender, self.sender(), envelope, items).await;
        let receipt = receipt.map_err(|error| RequestRejection::engine(&error))?;
        count_outcomes(&receipt);
        Ok(receipt)
    }

    /// The page's origin as its browser names it.
    pub(super) fn origin(&self) -> Option<&str> {
        cors::origin(&self.parts.headers)
    }

    /// The client's address, after trusted proxies.
    pub(super) fn address(&self) -> IpAddr {
        let Parts { extensions, headers, .. } = self.parts;
        self.app.settings().trusted_proxies.client_address(extensions, headers)
    }

    /// The user agent of the request; empty where there is none.
    pub(super) fn user_agent(&self) -> &str {
        let value = self.parts.headers.get(header::USER_AGENT);
        let text = value.and_then(|value| value.to_str().ok()).unwrap_or("");
        &text[..text.floor_char_boundary(MAX_USER_AGENT_BYTES)]
    }

    fn sender(&self) -> Sender<'_> {
        Sender { user_agent: self.user_agent(), address: self.address() }
    }

    /// The key, wherever it stands.
    pub(super) fn key(&self, body: Option<&str>) -> Option<String> {
        key::find(&self.parts.headers, body, &self.parts.uri)
    }
}

/// The answer, readable by the page that asked.
pub(super) fn respond<T: Serialize>(
    answer: Result<T, RequestRejection>,
    request: &HeaderMap,
) -> Response {
    match answer {
        Ok(answer) => {
            let mut response = Json(answer).into_response();
            cors::admit(response.headers_mut(), request.get(header::ORIGIN));
            response
        }
        Err(rejection) => rejection.into_response(request),
    }
}

/// The outcomes of nearly all events: looking them up by name and labels at each request costs more than
/// counting.
struct OutcomeCounters {
    accepted: Counter,
    duplicate: Counter,
}

static OUTCOMES: LazyLock<OutcomeCounters> = LazyLock::new(|| {
    let of = |outcome| counter!("footfall_events_total", "outcome" => outcome, "reason" => "");
    OutcomeCounters { accepted: of("accepted"), duplicate: of("duplicate") }
});

fn count_outcomes(receipt: &Receipt) {
    let accepted = receipt.stored.len() - receipt.duplicates;
    OUTCOMES.accepted.increment(accepted as u64);
    OUTCOMES.duplicate.increment(receipt.duplicates as u64);
    for rejection in &receipt.refused {
        counter!("footfall_events_total", "outcome" => "refused", "reason" => rejection.reason.as_str())
            .increment(1);
    }
}
