//! What every contract does with a request: read its body (`received.rs`), admit its sender, account
//! for what is refused, and take its events in.

use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::limits::MAX_EVENTS_PER_REQUEST;
use domain::outcome::{Contract, Reason};
use engine::ingest::{Admitted, Denied, Envelope, Incoming, Receipt, Sender};
use serde::{Deserialize, Serialize};

use super::error::{Refused, accounted};
use super::received::Received;
use super::{cors, key};
use crate::extract::Json;
use crate::object;
use crate::state::App;

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
        received: &'b Received,
    ) -> Result<T, Refused> {
        match object::from_slice(received) {
            Ok(request) => Ok(request),
            Err(error) => {
                let message =
                    format!("the body is not a JSON object of the expected shape: {error}");
                let refused = Refused::new(StatusCode::BAD_REQUEST, message);
                Err(self.unread(received.shown_key(), Reason::Unparseable, refused, received).await)
            }
        }
    }

    /// Admits the holder of a key, or accounts for the refusal of `count` items.
    pub(super) async fn admit(
        &self,
        body_key: Option<&str>,
        count: usize,
        received: &Received,
    ) -> Result<Admitted, Refused> {
        let key = self.key(body_key);
        let shown = received.shown_key();
        if let Some(admitted) = shown.and_then(|shown| shown.admitted(key.as_deref())) {
            return self.accounted(admitted, count, received).await;
        }
        let admitted = self.app.ingest.admit(key.as_deref(), self.origin()).await;
        self.accounted(&admitted, count, received).await
    }

    /// Admits the holder of a key; without one, a page whose origin exactly one project admits.
    pub(super) async fn admit_page(
        &self,
        body_key: Option<&str>,
        count: usize,
        received: &Received,
    ) -> Result<Admitted, Refused> {
        if self.key(body_key).is_some() {
            return self.admit(body_key, count, received).await;
        }
        let admitted = self.app.ingest.admit_origin(self.origin()).await;
        self.accounted(&admitted, count, received).await
    }

    /// Accounts for a denial.
    pub(super) async fn accounted(
        &self,
        admitted: &Result<Admitted, Denied>,
        count: usize,
        raw: &[u8],
    ) -> Result<Admitted, Refused> {
        let denied = match admitted {
            Ok(admitted) => return Ok(admitted.clone()),
            Err(denied) => denied,
        };
        tracing::debug!(?denied, uri = %self.parts.uri.path(), origin = ?self.origin(), "not admitted");
        let refused = Refused::denied(denied);
        if let Some((project, reason)) = accounted(denied) {
            let ingest = &self.app.ingest;
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let kept =
                ingest.refuse(project, self.contract, reason, &refused.message, count, raw).await;
            kept.map_err(|error| Refused::engine(&error))?;
        }
        Err(refused)
    }

    /// Accounts for the refusal of an admitted sender's request.
    pub(super) async fn refuse(
        &self,
        admitted: &Admitted,
        reason: Reason,
        count: usize,
        refused: Refused,
        raw: &[u8],
    ) -> Refused {
        let ingest = &self.app.ingest;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let project = admitted.project_id;
        match ingest.refuse(project, self.contract, reason, &refused.message, count, raw).await {
            Ok(()) => refused,
            Err(error) => Refused::engine(&error),
        }
    }

    /// Refuses a request of more events than one may hold.
    pub(super) async fn check_count(
        &self,
        admitted: &Admitted,
        count: usize,
        raw: &[u8],
    ) -> Result<(), Refused> {
        if count <= MAX_EVENTS_PER_REQUEST {
            return Ok(());
        }
        let message =
            format!("events holds more than {MAX_EVENTS_PER_REQUEST} events; send fewer at once");
        let refused = Refused::new(StatusCode::PAYLOAD_TOO_LARGE, message);
        Err(self.refuse(admitted, Reason::TooLarge, count, refused, raw).await)
    }

    /// Takes the items in; what this returns is on disk.
    pub(super) async fn accept(
        &self,
        admitted: &Admitted,
        envelope: Envelope,
        items: Vec<Incoming<'_>>,
    ) -> Result<Receipt, Refused> {
        let ingest = &self.app.ingest;
        let receipt = ingest.accept(self.contract, admitted, self.sender(), envelope, items).await;
        let receipt = receipt.map_err(|error| Refused::engine(&error))?;
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
        self.app.settings.trusted_proxies.client_address(extensions, headers)
    }

    fn sender(&self) -> Sender<'_> {
        let user_agent = self.parts.headers.get(header::USER_AGENT);
        let user_agent = user_agent.and_then(|value| value.to_str().ok()).unwrap_or("");
        Sender { user_agent, address: self.address() }
    }

    /// The key, wherever it stands.
    pub(super) fn key(&self, body: Option<&str>) -> Option<String> {
        key::find(&self.parts.headers, body, &self.parts.uri)
    }
}

/// The answer, readable by the page that asked.
pub(super) fn respond<T: Serialize>(answer: Result<T, Refused>, request: &HeaderMap) -> Response {
    match answer {
        Ok(answer) => {
            let mut response = Json(answer).into_response();
            cors::admit(response.headers_mut(), request.get(header::ORIGIN));
            response
        }
        Err(refused) => refused.into_response(request),
    }
}

fn count_outcomes(receipt: &Receipt) {
    let accepted = receipt.stored.len() - receipt.duplicates;
    metrics::counter!("footfall_events_total", "outcome" => "accepted", "reason" => "")
        .increment(accepted as u64);
    metrics::counter!("footfall_events_total", "outcome" => "duplicate", "reason" => "")
        .increment(receipt.duplicates as u64);
    for refusal in &receipt.refused {
        metrics::counter!("footfall_events_total", "outcome" => "refused", "reason" => refusal.reason.as_str())
            .increment(1);
    }
}
