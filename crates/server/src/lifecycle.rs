//! Starting everything in order, and stopping it in the opposite one.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use api::TrustedProxies;
use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::background::{Background, Purpose};
use crate::config::{Config, SignInTransport};
use crate::wiring::{self, Components, OutboundLayer};
use crate::{descriptors, http, telemetry};

/// How often metrics' internal buffers are folded.
const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// A server whose stores are open and whose port is bound, before it answers.
pub(crate) struct Server {
    pub(crate) parts: Components,
    pub(crate) address: SocketAddr,
    listener: TcpListener,
    bounds: http::Bounds,
}

/// Opens the stores and binds the port, unless people's sign-ins would be unsafe there.
///
/// `outbound` may answer for the client of outgoing requests.
pub(crate) async fn prepare(config: &Config, outbound: OutboundLayer) -> anyhow::Result<Server> {
    if config.sign_ins()? == SignInTransport::InPlainText {
        tracing::warn!("people sign in over the network in plain text (server.insecure_cookies)");
    }
    let prometheus = telemetry::start_metrics()?;
    let listen = config.server.listen;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("server.listen: {listen} cannot be bound"))?;
    let address = listener.local_addr()?;
    let parts = wiring::assemble(config, prometheus, outbound).await?;
    let bounds = bounds(config);
    Ok(Server { parts, address, listener, bounds })
}

/// What connections may do: as set, and never so many that the stores find no descriptor.
fn bounds(config: &Config) -> http::Bounds {
    let set = &config.connections;
    let limit = descriptors::raise_limit();
    let max = set.max.min(descriptors::for_connections(limit));
    tracing::info!(descriptors = limit, connections = max, "limits");
    if max < set.max {
        tracing::warn!(
            "connections.max is {}, and open files suffice for {max}: raise the limit of open files",
            set.max
        );
    }
    http::Bounds {
        max,
        max_per_address: set.max_per_address,
        trusted_proxies: TrustedProxies::new(config.server.trusted_proxies.clone()),
        timeouts: set.timeouts(),
    }
}

/// The URL people use.
pub(crate) fn base_url(config: &Config, address: SocketAddr) -> String {
    let public =
        config.server.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    public.unwrap_or_else(|| {
        let host = if address.ip().is_unspecified() {
            "localhost".to_owned()
        } else {
            address.ip().to_string()
        };
        format!("http://{host}:{}", address.port())
    })
}

/// Runs until a signal to stop. Then: no new connections, the last answers, what is journaled into
/// the tables, what is noted stored, and the journal closed.
///
/// `pages` are answered beside the server's own.
pub(crate) async fn run(server: Server, pages: Router) -> anyhow::Result<()> {
    let Server { parts, address, listener, bounds } = server;
    let (serving, working) = (CancellationToken::new(), CancellationToken::new());
    let start =
        |purpose| Background::start(purpose).context("the background threads cannot be started");
    let (following, background) = (start(Purpose::Projections)?, start(Purpose::Jobs)?);
    let mut projections = JoinSet::new();
    for (projection, position) in parts.projections {
        let stop = working.clone();
        let journal = parts.journal.clone();
        let running = engine::projections::run(journal, projection, position, stop);
        projections.spawn_on(running, following.handle());
    }
    let mut others = JoinSet::new();
    let (live, visible, stop) = (parts.app.live.clone(), parts.visible, working.clone());
    others.spawn(async move { live.run(visible, stop).await });
    others.spawn_on(parts.jobs.clone().run(working.clone()), background.handle());
    let (prometheus, stop) = (parts.prometheus, working.clone());
    others.spawn(async move {
        while tokio::time::timeout(METRICS_UPKEEP, stop.cancelled()).await.is_err() {
            prometheus.run_upkeep();
        }
    });
    let router = api::router(parts.app).merge(pages);
    let http = tokio::spawn(http::serve(listener, router, bounds, serving.clone()));
    tracing::info!(%address, "ready");
    tokio::select! {
        signal = stop_signal() => signal?,
        () = report_panics(&mut projections, &mut others) => {}
    }
    tracing::info!("stopping");
    serving.cancel();
    http.await.context("the server failed")?;
    working.cancel();
    while projections.join_next().await.is_some() {}
    while others.join_next().await.is_some() {}
    parts.catalog.close().await;
    drop(parts.journal);
    tracing::info!("stopped");
    Ok(())
}

/// Logs background tasks that panic. Never resolves: what is left goes on.
async fn report_panics(projections: &mut JoinSet<()>, others: &mut JoinSet<()>) {
    loop {
        let ended = tokio::select! {
            Some(ended) = projections.join_next() => ended,
            Some(ended) = others.join_next() => ended,
            else => std::future::pending().await,
        };
        if let Err(error) = ended {
            tracing::error!(%error, "a background task has ended; restart the server");
        }
    }
}

/// Resolves on SIGINT or SIGTERM.
async fn stop_signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
