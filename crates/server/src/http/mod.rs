//! Accepting connections, within bounds of number and time, and letting the last ones finish.
//!
//! A client that does nothing, or only a little at a time, must not keep others out: every part that
//! is a client's has a deadline (`activity.rs`, `bodies.rs`, `stream.rs`), and connections beyond
//! their number are closed before anything is read of them (`slots.rs`).

mod activity;
mod backoff;
mod bodies;
mod connection;
mod connection_limiter;
mod stream;

use std::net::SocketAddr;
use std::time::Duration;

use api::TrustedProxies;
use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use backoff::{AcceptBackoff, LogThrottle};
use connection_limiter::{ConnectionLimitReached, ConnectionLimiter};

pub(crate) use activity::Timeouts;

/// What is being answered when the server stops may take this long.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// What connections may do.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// Connections at once.
    pub(crate) max: usize,
    /// Of one address (/64 for IPv6) that is no trusted proxy's.
    pub(crate) max_per_address: usize,
    /// Whose connections speak for many clients.
    pub(crate) trusted_proxies: TrustedProxies,
    /// How long clients may take.
    pub(crate) timeouts: Timeouts,
}

/// Serves `router` on `listener` until `stop`; returns when the last request has been answered.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    stop: CancellationToken,
) {
    let builder = connection::builder();
    let graceful = GracefulShutdown::new();
    let mut gate = ConnectionGate::new(&bounds);
    let mut back_off = AcceptBackoff::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((socket, peer)) => {
                back_off = AcceptBackoff::default();
                if let Some(slot) = gate.admit(&bounds, peer) {
                    let router = router.clone();
                    let one = connection::Connection { socket, peer, slot, router };
                    tokio::spawn(one.serve(&builder, bounds.timeouts, graceful.watcher()));
                }
            }
            Err(error) => {
                if gate.failures.is_due() {
                    tracing::warn!(%error, "connections cannot be accepted");
                }
                // The process is out of descriptors or memory: nothing is different at once.
                tokio::select! {
                    () = tokio::time::sleep(back_off.next_delay()) => {}
                    () = stop.cancelled() => break,
                }
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(SHUTDOWN_GRACE) => {
            tracing::warn!("requests were still running when the server stopped");
        }
    }
}

/// Lets connections in while there are places for them.
struct ConnectionGate {
    slots: ConnectionLimiter,
    rejections: LogThrottle,
    failures: LogThrottle,
}

impl ConnectionGate {
    fn new(bounds: &Bounds) -> Self {
        Self {
            slots: ConnectionLimiter::new(bounds.max, bounds.max_per_address),
            rejections: LogThrottle::default(),
            failures: LogThrottle::default(),
        }
    }

    /// A place for a connection. Without one it is closed at once, since any answer to it would
    /// have to wait for its client.
    fn admit(
        &mut self,
        bounds: &Bounds,
        peer: SocketAddr,
    ) -> Option<connection_limiter::ConnectionPermit> {
        let is_trusted = bounds.trusted_proxies.contains(peer.ip());
        match self.slots.acquire(peer.ip(), is_trusted) {
            Ok(slot) => Some(slot),
            Err(full) => {
                metrics::counter!("footfall_connections_refused_total", "reason" => full.as_str())
                    .increment(1);
                if self.rejections.is_due() {
                    let setting = match full {
                        ConnectionLimitReached::Total => "connections.max",
                        ConnectionLimitReached::Address => "connections.max_per_address",
                    };
                    tracing::warn!(setting, "a connection was refused: there are too many");
                }
                None
            }
        }
    }
}
