//! An honest client, and what it notices.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::task::JoinHandle;

use crate::load::Connection;

const EVERY: Duration = Duration::from_millis(50);
/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a client noticed of a flood.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Noticed {
    pub(crate) requests: usize,
    /// Without an answer, or with another than 200.
    pub(crate) errors: usize,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

#[derive(Debug, Default)]
struct Seen {
    latencies_ms: Vec<f64>,
    errors: usize,
}

/// The client; stops when it is finished or dropped.
#[derive(Debug)]
pub(super) struct Honest {
    seen: Rc<RefCell<Seen>>,
    running: JoinHandle<()>,
}

impl Honest {
    /// Sends an event every 50 ms from now on.
    pub(super) fn start(address: SocketAddr, key: &str) -> Self {
        let seen = Rc::new(RefCell::new(Seen::default()));
        let running = tokio::task::spawn_local(run(address, key.to_owned(), seen.clone()));
        Self { seen, running }
    }

    /// Begins to count anew.
    pub(super) fn forget(&mut self) {
        *self.seen.borrow_mut() = Seen::default();
    }

    /// What was noticed since.
    pub(super) async fn finish(self) -> Noticed {
        self.running.abort();
        let _ = self.running.await;
        let mut seen = self.seen.take();
        seen.latencies_ms.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            let index = seen.latencies_ms.len().saturating_sub(1) * percent / 100;
            seen.latencies_ms.get(index).copied().unwrap_or(f64::NAN)
        };
        Noticed {
            requests: seen.latencies_ms.len() + seen.errors,
            errors: seen.errors,
            p50_ms: at(50),
            p99_ms: at(99),
        }
    }
}

async fn run(address: SocketAddr, key: String, seen: Rc<RefCell<Seen>>) {
    let body = r#"{"events":[{"type":"heatmap","interaction_type":"pageview","page_url":"https://shop.test/"}]}"#;
    let request = format!(
        "POST /ingest-events HTTP/1.1\r\nHost: {address}\r\nx-api-key: {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut connection = None;
    let mut ticks = tokio::time::interval(EVERY);
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
