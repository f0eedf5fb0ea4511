//! A connection whose bytes the test writes itself, for requests no client library would send.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// A connection to the server.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.expect("a connection"))
    }

    /// The same from another of this machine's addresses.
    pub(crate) async fn open_from(local: Ipv4Addr, address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((local, 0).into()).expect("an address of this machine");
        Self(socket.connect(address).await.expect("a connection"))
    }

    /// Whether the server closes the connection at once, without an answer.
    pub(crate) async fn is_refused(&mut self) -> bool {
        self.write(b"GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        self.beginning().await.is_empty()
    }

    /// Writes; whether the server still takes it.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// Says that nothing more will come.
    pub(crate) async fn end(&mut self) {
        // Fails when the server has closed the connection, which is for the answer to tell.
        let _ = self.0.shutdown().await;
    }

    /// Everything the server says until it closes the connection.
    pub(crate) async fn answer(mut self) -> String {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4_096];
        while let Ok(count @ 1..) = self.0.read(&mut buffer).await {
            bytes.extend_from_slice(&buffer[..count]);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The first bytes the server says.
    pub(crate) async fn beginning(&mut self) -> String {
        let mut buffer = vec![0; 4_096];
        let count = self.0.read(&mut buffer).await.unwrap_or(0);
        String::from_utf8_lossy(&buffer[..count]).into_owned()
    }
}

/// The head of an ingest request whose body has this length.
pub(crate) fn ingest_head(key: &str, content_length: usize) -> String {
    format!(
        "POST /ingest-events HTTP/1.1\r\nhost: shop.test\r\nx-api-key: {key}\r\n\
         content-type: application/json\r\ncontent-length: {content_length}\r\n\r\n"
    )
}
