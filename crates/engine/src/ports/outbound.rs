//! Requests to addresses that members write down: the only way out of the server to hosts the operator
//! did not name.
//!
//! # Contract
//!
//! - **Where to.** A host is resolved for each request, every address it has is judged
//!   ([`domain::host_address::is_public`]), and the connection is made to an address that was judged: no
//!   second look-up. One address that must not be called makes the whole host one. The operator may
//!   permit ranges; plain text goes to these ranges only.
//! - **No detours.** No redirect is followed, no proxy asked, no cookie kept.
//! - **Bounded.** In time to connect, in time in all, and in what is read of an answer.
//! - **Errors reveal nothing about a host.** A host that must not be called and one that does not exist
//!   are the same [`OutboundError::Refused`], after no connection.

use std::time::Duration;

use async_trait::async_trait;
use domain::webhook::Target;

/// What to send: a POST of JSON.
#[derive(Debug, Clone)]
pub struct OutboundRequest {
    /// Where to.
    pub target: Target,
    /// Headers beside `content-type` and `user-agent`, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboundResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The first 1,024 bytes of the body as text; what is none, and what comes late, is left out.
    pub text: String,
    /// From the first look-up to the last byte read.
    pub duration: Duration,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The host must not be called, or does not exist.
    #[error("the host does not resolve to public addresses that can be called by this scheme")]
    Refused,
    /// No connection, or one that broke off.
    #[error("the host cannot be reached")]
    Unreachable,
    /// The other side's certificate is not valid for the host.
    #[error("the certificate is not valid, or the other side does not speak TLS")]
    Tls,
    /// It took longer than it may.
    #[error("no answer in time")]
    Timeout,
    /// What came back is not HTTP.
    #[error("the answer is not HTTP")]
    Garbled,
}

/// The one way out. See the module for the contract.
#[async_trait]
pub trait Outbound: Send + Sync + std::fmt::Debug {
    /// Whether the target could be called now; resolves its host, connects to nothing.
    ///
    /// # Errors
    /// [`OutboundError::Refused`], or [`OutboundError::Timeout`] when the host's addresses are not known in
    /// time.
    async fn check(&self, target: &Target) -> Result<(), OutboundError>;

    /// Sends a request and reads the answer. Every status is an answer.
    async fn send(&self, request: OutboundRequest) -> Result<OutboundResponse, OutboundError>;
}
