//! Sending a request, and reading no more of the answer than is wanted.

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::webhook::Target;
use engine::ports::outbound::{Outbound, OutboundError, OutboundRequest, OutboundResponse};
use ipnet::IpNet;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{ClientBuilder, Response, redirect};

use crate::guard::{Guard, HostBlocked};
use crate::lookup::DnsLookup;

/// What is read of an answer, in bytes, before the connection is cut.
const MAX_READ_BYTES: usize = 16 * 1024;
/// What is kept of it.
const MAX_KEPT_BYTES: usize = 1024;
/// Longest header that is looked at, in bytes.
const MAX_HEADER_BYTES: usize = 100;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// To connect, TLS included.
    pub connect: Duration,
    /// In all.
    pub total: Duration,
}

impl Default for Limits {
    /// 5 and 15 seconds.
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15) }
    }
}

/// The client. No connection outlives its request, so that each request is judged by addresses of its
/// own.
#[derive(Debug, Clone)]
pub struct Client {
    /// For `https`.
    secure: Line,
    /// For `http`: to ranges the operator permits, and nowhere else.
    plain: Line,
    total: Duration,
}

/// What requests of one scheme are sent by.
#[derive(Debug, Clone)]
struct Line {
    guard: Guard,
    client: reqwest::Client,
}

impl Client {
    /// A client that calls public hosts, and hosts in the `permitted` ranges. Fails when the system's
    /// certificates cannot be read.
    pub fn new(
        lookup: &Arc<dyn DnsLookup>,
        permitted: Vec<IpNet>,
        limits: Limits,
    ) -> Result<Self, reqwest::Error> {
        let permitted: Arc<[IpNet]> = permitted.into();
        let line = |permitted_only| {
            let guard = Guard::new(lookup.clone(), permitted.clone(), permitted_only);
            let client = builder(limits).dns_resolver(guard.clone()).build()?;
            Ok::<_, reqwest::Error>(Line { guard, client })
        };
        Ok(Self { secure: line(false)?, plain: line(true)?, total: limits.total })
    }

    fn line(&self, target: &Target) -> &Line {
        if target.is_plain_text() { &self.plain } else { &self.secure }
    }

    async fn exchange(&self, request: OutboundRequest) -> Result<OutboundResponse, OutboundError> {
        let began = Instant::now();
        let line = self.line(&request.target);
        // The connector asks no resolver about a host that is an address.
        if let Some(address) = request.target.address() {
            line.guard.judge(address).map_err(|HostBlocked| OutboundError::Refused)?;
        }
        let mut sending = line
            .client
            .post(request.target.as_str())
            .header("content-type", "application/json")
            .body(request.body);
        for (name, value) in request.headers {
            sending = sending.header(name, value);
        }
        let response = sending.send().await.map_err(|error| failure(&error))?;
        let status = response.status().as_u16();
        let retry_after = short(response.headers());
        let text = text(response, began + self.total).await;
        Ok(OutboundResponse { status, retry_after, text, duration: began.elapsed() })
    }
}

#[async_trait]
impl Outbound for Client {
    async fn check(&self, target: &Target) -> Result<(), OutboundError> {
        let guard = &self.line(target).guard;
        let judged = async {
            match (target.address(), target.name()) {
                (Some(address), _) => guard.judge(address),
                (None, Some(name)) => guard.resolve_name(name).await.map(|_| ()),
                (None, None) => Err(HostBlocked),
            }
        };
        let judged = tokio::time::timeout(self.total, judged).await;
        judged.map_err(|_| OutboundError::Timeout)?.map_err(|HostBlocked| OutboundError::Refused)
    }

    async fn send(&self, request: OutboundRequest) -> Result<OutboundResponse, OutboundError> {
        // What the library limits ends with the last byte; a look-up may hang before the first.
        let whole = self.total + Duration::from_secs(1);
        tokio::time::timeout(whole, self.exchange(request))
            .await
            .unwrap_or(Err(OutboundError::Timeout))
    }
}

fn builder(limits: Limits) -> ClientBuilder {
    reqwest::Client::builder()
        .user_agent("Footfall")
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .http1_only()
        // What is read is what was sent: nothing small becomes large here.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .pool_max_idle_per_host(0)
        .connect_timeout(limits.connect)
        .timeout(limits.total)
}

fn short(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    (text.len() <= MAX_HEADER_BYTES).then(|| text.to_owned())
}

/// The beginning of the body. A body that breaks off or never ends changes nothing about the status
/// that came before it.
async fn text(mut response: Response, until: Instant) -> String {
    let mut bytes = Vec::new();
    let reading = async {
        while let Ok(Some(chunk)) = response.chunk().await {
            bytes.extend_from_slice(&chunk);
            if bytes.len() >= MAX_READ_BYTES {
                break;
            }
        }
    };
    // The part read so far stands, whether the rest came in time or not.
    let _ = tokio::time::timeout_at(until.into(), reading).await;
    let kept = &bytes[..bytes.len().min(MAX_KEPT_BYTES)];
    let text = String::from_utf8_lossy(kept);
    let is_kept = |character: &char| !character.is_control() || *character == '\n';
    text.chars().filter(is_kept).collect()
}

/// What the library's error means. Its own text names the address, and goes nowhere.
fn failure(error: &reqwest::Error) -> OutboundError {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<HostBlocked>() {
            return OutboundError::Refused;
        }
        if is_tls(inner) {
            return OutboundError::Tls;
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        OutboundError::Timeout
    } else if error.is_connect() {
        OutboundError::Unreachable
    } else {
        OutboundError::Garbled
    }
}

/// Whether TLS failed: what its library reports comes as data that is not valid, perhaps within another
/// error of the same type.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let first = error.downcast_ref::<io::Error>();
    std::iter::successors(first, |error| error.get_ref()?.downcast_ref())
        .any(|error| error.kind() == ErrorKind::InvalidData)
}
