//! A request's body, and what is asked before any of it is read: the address's limit, then the key that
//! stands outside of it.

use std::ops::Deref;

use axum::body::Body;
use bytes::Bytes;
use domain::outcome::Reason;
use engine::ingest::{Admitted, Denied};

use super::body::BadBody;
use super::error::Refused;
use super::intake::Intake;
use super::{body, key, nul};
use crate::bodies::{Reservation, Trust};

/// How a contract knows its senders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identified {
    /// By an ingest key, which counts events.
    ByKey,
    /// By an ingest key, which counts what comes beside events.
    ByKeyBeside,
    /// By what stands in the body, or by something else than an ingest key.
    Otherwise,
    /// It has been admitted.
    Already,
}

/// What became of the key that stands outside of the body.
pub(super) struct ShownKey {
    key: String,
    admitted: Result<Admitted, Denied>,
}

/// A body, and what was found out about its sender before it was read.
pub(super) struct Received {
    bytes: Bytes,
    shown_key: Option<ShownKey>,
    _held: Reservation,
}

impl Deref for Received {
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
        identified: Identified,
    ) -> Result<Received, Refused> {
        let max_bytes = self.app.settings.max_body_bytes;
        let (body, shown_key, mut held) = self.open(body, identified).await?;
        match body::read(&self.parts.headers, body, max_bytes, &mut held).await {
            Ok(bytes) => Ok(Received { bytes: nul::replaced(bytes), shown_key, _held: held }),
            Err(bad) => Err(self.bad_body(shown_key.as_ref(), bad, max_bytes).await),
        }
    }

    /// The whole body within a cap of its own. What begins as gzip does is gzip: pages pack what they send,
    /// and cannot say so without a preflight.
    pub(super) async fn read_packed(
        &self,
        body: Body,
        max_bytes: usize,
    ) -> Result<Received, Refused> {
        let (body, shown_key, mut held) = self.open(body, Identified::ByKeyBeside).await?;
        match body::read_packed(&self.parts.headers, body, max_bytes, &mut held).await {
            Ok(bytes) => Ok(Received { bytes, shown_key, _held: held }),
            Err(bad) => Err(self.bad_body(shown_key.as_ref(), bad, max_bytes).await),
        }
    }

    /// Counts the request against its address's limit, then looks at the key outside of the body. The
    /// body of a sender that cannot write is not kept, whatever it says. What may still be admitted, or has to
    /// be accounted for by its events, is read within the small share of those that showed no key.
    pub(super) async fn open(
        &self,
        body: Body,
        identified: Identified,
    ) -> Result<(Body, Option<ShownKey>, Reservation), Refused> {
        let shown_key = match self.look_at_key(identified).await {
            Ok(shown_key) => shown_key,
            Err(denied) => {
                body::drain(body).await;
                return Err(Refused::denied(&denied));
            }
        };
        let is_admitted = identified == Identified::Already
            || shown_key.as_ref().is_some_and(|shown| shown.admitted.is_ok());
        let trust = if is_admitted { Trust::Proven } else { Trust::Unproven };
        Ok((body, shown_key, self.app.bodies().reservation(self.address(), trust)))
    }

    async fn look_at_key(&self, identified: Identified) -> Result<Option<ShownKey>, Denied> {
        if identified == Identified::Already {
            return Ok(None);
        }
        let ingest = &self.app.ingest;
        ingest.admit_address(self.address())?;
        let Some(key) = self.key(None) else { return Ok(None) };
        let admitted = match identified {
            Identified::ByKey => ingest.admit(Some(&key), self.origin()).await,
            Identified::ByKeyBeside => ingest.admit_beside(Some(&key), self.origin()).await,
            Identified::Otherwise | Identified::Already => return Ok(None),
        };
        match admitted {
            Err(denied @ Denied::Failed(_)) => Err(denied),
            // A key in the body counts before those of the query and the bearer token.
            Err(denied @ Denied::UnknownKey) if key::is_in_header(&self.parts.headers) => {
                Err(denied)
            }
            admitted => Ok(Some(ShownKey { key, admitted })),
        }
    }

    async fn bad_body(
        &self,
        shown_key: Option<&ShownKey>,
        bad: BadBody,
        max_bytes: usize,
    ) -> Refused {
        let refused = Refused::bad_body(bad, max_bytes);
        match bad.reason() {
            Some(reason) => self.unread(shown_key, reason, refused, &[]).await,
            None => refused,
        }
    }

    /// Accounts for a body that could not be read, if its key stands outside it.
    pub(super) async fn unread(
        &self,
        shown_key: Option<&ShownKey>,
        reason: Reason,
        refused: Refused,
        raw: &[u8],
    ) -> Refused {
        let Some(shown) = shown_key else { return refused };
        match self.accounted(&shown.admitted, 1, raw).await {
            Ok(admitted) => self.refuse(&admitted, reason, 1, refused, raw).await,
            Err(denied) => denied,
        }
    }
}

impl ShownKey {
    /// What became of `key`, if this is it.
    pub(super) fn admitted(&self, key: Option<&str>) -> Option<&Result<Admitted, Denied>> {
        (key == Some(&*self.key)).then_some(&self.admitted)
    }
}

impl Received {
    /// The key that stands outside of it.
    pub(super) fn shown_key(&self) -> Option<&ShownKey> {
        self.shown_key.as_ref()
    }
}
