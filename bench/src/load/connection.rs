//! An HTTP/1.1 connection that knows as much of the protocol as our servers speak.

use std::io;
use std::net::SocketAddr;

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept alive.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// What came back: views into the connection's buffer.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) head: &'a [u8],
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)
            .await
            .with_context(|| format!("{address} does not take a connection"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(4_096) })
    }

    /// Sends one request and waits for its whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.stream.write_all(request).await.context("a request could not be sent")?;
        self.received.clear();
        let head_bytes = loop {
            self.receive().await?;
            if let Some(at) = self.received.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let status = status(&self.received)?;
        let length = content_length(&self.received[..head_bytes], status)?;
        while self.received.len() < head_bytes + length {
            self.receive().await?;
        }
        let (head, body) = self.received.split_at(head_bytes);
        Ok(Answer { status, head, body: &body[..length] })
    }

    async fn receive(&mut self) -> anyhow::Result<()> {
        let read = self.stream.read_buf(&mut self.received).await.context("no answer came")?;
        if read == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof))
                .context("the server hung up");
        }
        Ok(())
    }
}

fn status(answer: &[u8]) -> anyhow::Result<u16> {
    let digits = answer.strip_prefix(b"HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let status = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    status.context("the answer does not begin as HTTP/1.1 does")
}

fn content_length(head: &[u8], status: u16) -> anyhow::Result<usize> {
    const NAME: &[u8] = b"content-length:";
    for line in head.split(|byte| *byte == b'\n') {
        if line.len() > NAME.len() && line[..NAME.len()].eq_ignore_ascii_case(NAME) {
            let value = std::str::from_utf8(&line[NAME.len()..])?.trim();
            return value.parse().context("content-length is not a number");
        }
    }
    if status == 204 {
        return Ok(0);
    }
    bail!("the answer does not say how long it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_found_however_it_is_spelt() {
        let head = b"HTTP/1.1 200 OK\r\nx: 1\r\nContent-Length: 12\r\n\r\n";
        assert_eq!(content_length(head, 200).expect("length"), 12);
        assert_eq!(status(head).expect("status"), 200);
        assert!(content_length(b"HTTP/1.1 200 OK\r\n\r\n", 200).is_err());
        assert!(status(b"HTTP/2 200").is_err());
    }
}
