//! Accepting connections, within bounds of number and time, and letting the last ones finish.
//!
//! A client that does nothing, or only a little at a time, must not keep others out: every part that
//! is a client's has a deadline (`activity.rs`, `bodies.rs`, `stream.rs`), and connections beyond
//! their number are closed before anything is read of them (`slots.rs`).

mod activity;
mod back_off;
mod bodies;
mod connection;
mod slots;
mod stream;

use std::net::SocketAddr;
use std::time::Duration;

use api::TrustedProxies;
use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use back_off::{BackOff, Seldom};
use slots::{Full, Slots};

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
    let mut doorkeeper = Doorkeeper::new(&bounds);
    let mut back_off = BackOff::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((socket, peer)) => {
                back_off = BackOff::default();
                if let Some(slot) = doorkeeper.admit(&bounds, peer) {
                    let router = router.clone();
                    let one = connection::Connection { socket, peer, slot, router };
                    tokio::spawn(one.serve(&builder, bounds.timeouts, graceful.watcher()));
                }
            }
            Err(error) => {
                if doorkeeper.failures.is_due() {
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
struct Doorkeeper {
    slots: Slots,
    refusals: Seldom,
    failures: Seldom,
}

impl Doorkeeper {
    fn new(bounds: &Bounds) -> Self {
        Self {
            slots: Slots::new(bounds.max, bounds.max_per_address),
            refusals: Seldom::default(),
            failures: Seldom::default(),
        }
    }

    /// A place for a connection. Without one it is closed at once, since any answer to it would
    /// have to wait for its client.
    fn admit(&mut self, bounds: &Bounds, peer: SocketAddr) -> Option<slots::Slot> {
        let is_trusted = bounds.trusted_proxies.contains(peer.ip());
        match self.slots.take(peer.ip(), is_trusted) {
            Ok(slot) => Some(slot),
            Err(full) => {
                metrics::counter!("footfall_connections_refused_total", "reason" => full.as_str())
                    .increment(1);
                if self.refusals.is_due() {
                    let setting = match full {
                        Full::Total => "connections.max",
                        Full::Address => "connections.max_per_address",
                    };
                    tracing::warn!(setting, "a connection was refused: there are too many");
                }
                None
            }
        }
    }
}
