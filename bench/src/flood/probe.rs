//! Honest clients, and what they notice.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use crate::load::Connection;

const EVERY: Duration = Duration::from_millis(50);
/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a client noticed of a flood.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct ProbeResult {
    pub(crate) requests: usize,
    /// Without an answer, or with another than 200.
    pub(crate) errors: usize,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) most_ms: f64,
}

#[derive(Debug, Default)]
struct Seen {
    latencies_ms: Vec<f64>,
    errors: usize,
}

/// The client; stops when it is dropped.
#[derive(Debug)]
pub(super) struct ProbeClient {
    seen: Rc<RefCell<Seen>>,
    running: JoinHandle<()>,
}

impl ProbeClient {
    /// Sends an event every 50 ms from now on.
    pub(super) fn start(address: SocketAddr, key: &str) -> Self {
        let body = r#"{"events":[{"type":"heatmap","interaction_type":"pageview","page_url":"https://shop.test/"}]}"#;
        let request = format!(
            "POST /ingest-events HTTP/1.1\r\nHost: {address}\r\nx-api-key: {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Self::sending(address, request)
    }

    /// Sends the same request every 50 ms, or as soon as the one before is answered.
    pub(super) fn sending(address: SocketAddr, request: String) -> Self {
        let seen = Rc::new(RefCell::new(Seen::default()));
        let running = tokio::task::spawn_local(run(address, request, seen.clone()));
        Self { seen, running }
    }

    /// What was noticed since the start or the last time.
    pub(super) fn result(&self) -> ProbeResult {
        let mut seen = self.seen.take();
        seen.latencies_ms.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            let index = seen.latencies_ms.len().saturating_sub(1) * percent / 100;
            seen.latencies_ms.get(index).copied().unwrap_or(f64::NAN)
        };
        ProbeResult {
            requests: seen.latencies_ms.len() + seen.errors,
            errors: seen.errors,
            p50_ms: at(50),
            p99_ms: at(99),
            most_ms: at(100),
        }
    }
}

impl Drop for ProbeClient {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn run(address: SocketAddr, request: String, seen: Rc<RefCell<Seen>>) {
    let mut connection = None;
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let begun = Instant::now();
        let exchange = async {
            let mut open = match connection.take() {
                Some(open) => open,
                None => Connection::open(address).await?,
            };
            let status = open.exchange(request.as_bytes()).await?.status;
            anyhow::Ok((open, status))
        };
        match tokio::time::timeout(PATIENCE, exchange).await {
            Ok(Ok((open, 200))) => {
                seen.borrow_mut().latencies_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
                connection = Some(open);
            }
            Ok(Ok(_) | Err(_)) | Err(_) => seen.borrow_mut().errors += 1,
        }
    }
}
