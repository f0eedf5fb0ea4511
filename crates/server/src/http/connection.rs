//! One connection: how it is read, and what it may ask of memory.

use std::net::SocketAddr;

use api::Peer;
use axum::Router;
use axum::body::Body;
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::Watcher;
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use super::activity::{ConnectionActivity, Timeouts};
use super::bodies::{RequestBody, ResponseBody};
use super::connection_limiter::ConnectionPermit;
use super::stream::Stream;

/// Longest head of HTTP/1, in bytes, and what is read of a body before somebody asks for it.
const HTTP1_BUFFER_BYTES: usize = 32 * 1024;
/// Longest head of HTTP/2, in bytes, after decompression.
const HTTP2_HEAD_BYTES: u32 = 32 * 1024;
/// Requests that one HTTP/2 connection may have open.
const HTTP2_STREAMS: u32 = 32;
/// What a client may send of one body, and of all of a connection's, before somebody reads it.
const HTTP2_STREAM_WINDOW_BYTES: u32 = 64 * 1024;
const HTTP2_CONNECTION_WINDOW_BYTES: u32 = 256 * 1024;
/// What is kept of an answer whose client does not read.
const HTTP2_SEND_BUFFER_BYTES: usize = 32 * 1024;
/// Requests taken back before they were looked at (CVE-2023-44487); more end the connection.
const HTTP2_RESET_STREAMS: usize = 16;
/// A client that does not answer a ping before the next one is due is gone.
const HTTP2_PING_EVERY: std::time::Duration = std::time::Duration::from_secs(20);

pub(super) type Builder = auto::Builder<TokioExecutor>;

/// How connections are read. Silence is `activity.rs`'s to notice: hyper does not notice it before it
/// knows the protocol.
pub(super) fn builder() -> Builder {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_buf_size(HTTP1_BUFFER_BYTES)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HTTP2_PING_EVERY)
        .keep_alive_timeout(HTTP2_PING_EVERY)
        .adaptive_window(false)
        .initial_stream_window_size(HTTP2_STREAM_WINDOW_BYTES)
        .initial_connection_window_size(HTTP2_CONNECTION_WINDOW_BYTES)
        .max_concurrent_streams(HTTP2_STREAMS)
        .max_header_list_size(HTTP2_HEAD_BYTES)
        .max_pending_accept_reset_streams(HTTP2_RESET_STREAMS)
        .max_send_buf_size(HTTP2_SEND_BUFFER_BYTES);
    builder
}

/// A connection that has its place.
pub(super) struct Connection {
    pub(super) socket: TcpStream,
    pub(super) peer: SocketAddr,
    pub(super) slot: ConnectionPermit,
    pub(super) router: Router,
}

impl Connection {
    /// Answers its requests until it ends, its client is overdue, or the server stops.
    pub(super) fn serve(
        self,
        builder: &Builder,
        timeouts: Timeouts,
        watcher: Watcher,
    ) -> impl Future<Output = ()> + use<> {
        let Self { socket, peer, slot, router } = self;
        // Answers are small: waiting to fill a packet only delays them.
        let _ = socket.set_nodelay(true);
        let activity = ConnectionActivity::new(timeouts);
        let stream = Stream::new(socket, activity.clone(), timeouts.write, slot);
        let exchanges = activity.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let exchange = exchanges.begin();
            let mut request = request.map(|body| incoming(body, timeouts));
            request.extensions_mut().insert(Peer(peer));
            let answer = router.clone().oneshot(request);
            async move {
                let answer = answer.await?;
                Ok::<_, std::convert::Infallible>(
                    answer.map(|body| ResponseBody::new(body, exchange)),
                )
            }
        });
        let connection =
            builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
        let served = watcher.watch(connection);
        async move {
            tokio::select! {
                ended = served => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection failed");
                    }
                }
                why = activity.overdue() => tracing::debug!(why, "a connection was closed"),
            }
        }
    }
}

fn incoming(body: Incoming, timeouts: Timeouts) -> Body {
    if body.is_end_stream() {
        Body::empty()
    } else {
        Body::new(RequestBody::new(body, timeouts.body))
    }
}
