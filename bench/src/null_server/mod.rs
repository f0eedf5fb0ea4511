//! `footfall-bench null-server`: the server that does nothing, on the same stack as Footfall's.
//!
//! Its settings are those of Footfall's server before it had deadlines for connections, its allocator and
//! runtime Footfall's: what it answers in a second is what any server built this way could at most.

mod body;

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use clap::{Args, ValueEnum};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::{ServiceBuilder, ServiceExt};

/// What it says when it is ready, before its address.
pub(crate) const READY: &str = "listening on ";
/// As Footfall's.
const HEADER_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Its flags.
#[derive(Debug, Args)]
pub(crate) struct NullServerArgs {
    /// What it does with a request before it answers 200
    #[arg(long, value_enum)]
    mode: Mode,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

/// What is done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Its body is read.
    Read,
    /// Its body is read and parsed into typed structs.
    Parse,
}

/// Who sent it: kept with every request, as Footfall does.
#[derive(Debug, Clone, Copy)]
#[expect(dead_code, reason = "only its cost matters")]
struct Peer(SocketAddr);

/// Serves until it is killed.
#[tokio::main]
pub(crate) async fn run(args: &NullServerArgs) -> anyhow::Result<()> {
    let listener = TcpListener::bind(args.listen).await.context("--listen cannot be bound")?;
    let router = match args.mode {
        Mode::Read => Router::new().route("/ingest-events", post(read)),
        Mode::Parse => Router::new().route("/ingest-events", post(parse)),
    };
    crate::out(&format!("{READY}{}", listener.local_addr()?));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).keep_alive(true);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(256);
    let graceful = GracefulShutdown::new();
    loop {
        let (stream, address) = listener.accept().await?;
        let watched = graceful.watch(connection(&builder, stream, address, &router));
        tokio::spawn(async move {
            let _ = watched.await;
        });
    }
}

fn connection(
    builder: &auto::Builder<TokioExecutor>,
    stream: TcpStream,
    address: SocketAddr,
    router: &Router,
) -> impl hyper_util::server::graceful::GracefulConnection<
    Error = Box<dyn std::error::Error + Send + Sync>,
> + use<> {
    let _ = stream.set_nodelay(true);
    let service = ServiceBuilder::new()
        .map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(address));
            request.map(Body::new)
        })
        .service(router.clone())
        .boxed_clone();
    builder
        .serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(service))
        .into_owned()
}

async fn read(request: Request<Body>) -> Response {
    match axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await {
        Ok(_) => success(1),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn parse(request: Request<Body>) -> Response {
    let Ok(bytes) = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match body::count(&bytes) {
        Ok(events) => success(events),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// An answer of the shape and size of Footfall's.
fn success(events: usize) -> Response {
    let body = format!(
        r#"{{"success":true,"processed":{events},"breakdown":{{"friction":0,"heatmap":{events},"performance":0}}}}"#
    );
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
