//! Reads a request's body after two checks: the address's rate limit, then the key that
//! stands outside of it.

use std::ops::Deref;

use axum::body::Body;
use bytes::Bytes;
use domain::outcome::RejectionReason;
use engine::ingest::{AdmissionRejection, AdmittedSender};

use super::body::BodyError;
use super::error::RequestRejection;
use super::intake::Intake;
use super::{body, key, nul};
use crate::bodies::{Reservation, Trust};

/// How a contract knows its senders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SenderIdentification {
    /// By an ingest key, which counts events.
    ByKey,
    /// By an ingest key, which counts what comes beside events.
    ByKeyAuxiliary,
    /// By what stands in the body, or by something else than an ingest key.
    Otherwise,
    /// It has been admitted.
    AlreadyAdmitted,
}

/// What became of the key that stands outside of the body.
pub(super) struct PresentedKey {
    key: String,
    admitted: Result<AdmittedSender, AdmissionRejection>,
}

/// A body, and the result of the checks made before reading it.
pub(super) struct ReceivedBody {
    bytes: Bytes,
    presented_key: Option<PresentedKey>,
    _reservation: Reservation,
}

impl Deref for ReceivedBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Intake<'_> {
    /// The whole body, decompressed within its cap, without U+0000, after its sender was looked at.
    pub(super) async fn read(
        &self,
        body: Body,
        identified: SenderIdentification,
    ) -> Result<ReceivedBody, RequestRejection> {
        let max_bytes = self.app.settings().max_body_bytes;
        let (body, shown_key, mut reservation) = self.open(body, identified).await?;
        match body::read(&self.parts.headers, body, max_bytes, &mut reservation).await {
            Ok(bytes) => Ok(ReceivedBody {
                bytes: nul::replaced(bytes),
                presented_key: shown_key,
                _reservation: reservation,
            }),
            Err(bad) => Err(self.bad_body(shown_key.as_ref(), bad, max_bytes).await),
        }
    }

    /// The whole body within a cap of its own. What begins as gzip does is gzip: pages pack what they send,
    /// and cannot say so without a preflight.
    pub(super) async fn read_maybe_gzipped(
        &self,
        body: Body,
        max_bytes: usize,
    ) -> Result<ReceivedBody, RequestRejection> {
        let (body, shown_key, mut reservation) =
            self.open(body, SenderIdentification::ByKeyAuxiliary).await?;
        match body::read_maybe_gzipped(&self.parts.headers, body, max_bytes, &mut reservation).await
        {
            Ok(bytes) => {
                Ok(ReceivedBody { bytes, presented_key: shown_key, _reservation: reservation })
            }
            Err(bad) => Err(self.bad_body(shown_key.as_ref(), bad, max_bytes).await),
        }
    }

    /// Counts the request against its address's limit, then looks at the key outside of the body. The
    /// body of a sender that cannot write is not kept, whatever it says. What may still be admitted, or has
    /// to be accounted for by its events, is read within the small share of those that showed no key.
    pub(super) async fn open(
        &self,
        body: Body,
        identified: SenderIdentification,
    ) -> Result<(Body, Option<PresentedKey>, Reservation), RequestRejection> {
        let shown_key = match self.look_at_key(identified).await {
            Ok(shown_key) => shown_key,
            Err(rejection) => {
                body::drain(body).await;
                return Err(RequestRejection::from_admission(&rejection));
            }
        };
        let is_admitted = identified == SenderIdentification::AlreadyAdmitted
            || shown_key.as_ref().is_some_and(|shown| shown.admitted.is_ok());
        let trust = if is_admitted { Trust::Proven } else { Trust::Unproven };
        Ok((body, shown_key, self.app.bodies().reservation(self.address(), trust)))
    }

    async fn look_at_key(
        &self,
        identified: SenderIdentification,
    ) -> Result<Option<PresentedKey>, AdmissionRejection> {
        if identified == SenderIdentification::AlreadyAdmitted {
            return Ok(None);
        }
        let ingest = &self.app.ingest;
        ingest.admit_address(self.address())?;
        let Some(key) = self.key(None) else { return Ok(None) };
        let sender = match identified {
            SenderIdentification::ByKey => ingest.admit(Some(&key), self.origin()).await,
            SenderIdentification::ByKeyAuxiliary => {
                ingest.admit_auxiliary(Some(&key), self.origin()).await
            }
            SenderIdentification::Otherwise | SenderIdentification::AlreadyAdmitted => {
                return Ok(None);
            }
        };
        match sender {
            Err(rejection @ AdmissionRejection::Failed(_)) => Err(rejection),
            // A key in the body counts before those of the query and the bearer token.
            Err(denied @ AdmissionRejection::UnknownKey)
                if key::is_in_header(&self.parts.headers) =>
            {
                Err(denied)
            }
            admitted => Ok(Some(PresentedKey { key, admitted })),
        }
    }

    async fn bad_body(
        &self,
        shown_key: Option<&PresentedKey>,
        bad: BodyError,
        max_bytes: usize,
    ) -> RequestRejection {
        let rejection = RequestRejection::bad_body(bad, max_bytes);
        match bad.reason() {
            Some(reason) => self.reject_unread(shown_key, reason, rejection, &[]).await,
            None => rejection,
        }
    }

    /// Accounts for a body that could not be read, if its key stands outside it.
    pub(super) async fn reject_unread(
        &self,
        shown_key: Option<&PresentedKey>,
        reason: RejectionReason,
        refused: RequestRejection,
        raw: &[u8],
    ) -> RequestRejection {
        let Some(shown) = shown_key else { return refused };
        match self.account_rejection(&shown.admitted, 1, raw).await {
            Ok(sender) => self.refuse(&sender, reason, 1, refused, raw).await,
            Err(rejection) => rejection,
        }
    }
}

impl PresentedKey {
    /// What became of `key`, if this is it.
    pub(super) fn admitted(
        &self,
        key: Option<&str>,
    ) -> Option<&Result<AdmittedSender, AdmissionRejection>> {
        (key == Some(&*self.key)).then_some(&self.admitted)
    }
}

impl ReceivedBody {
    /// The key that stands outside of it.
    pub(super) fn shown_key(&self) -> Option<&PresentedKey> {
        self.presented_key.as_ref()
    }
}
