//! A server that answers connections.

use std::net::SocketAddr;

use api::Peer;
use axum::Extension;
use tokio::net::TcpListener;

use super::TestServer;

impl TestServer {
    /// Answers on a port of this machine, for what needs a connection.
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = self.router.clone().layer(Extension(Peer(address)));
        tokio::spawn(axum::serve(listener, router).into_future());
        address
    }
}
