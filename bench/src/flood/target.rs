//! The server under a flood, and requests to it whose answers do not matter.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::ingest::Footfall;

/// Where floods come from.
const SOURCE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// Requests that are under way at once, where a flood is one of requests.
const AT_ONCE: usize = 8;
/// Longer nobody waits for an answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// `HTTP/1.1 200`.
const STATUS_LINE_BYTES: usize = 12;

/// A server and what a flood may know of it.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) address: SocketAddr,
    pub(super) key: String,
    pub(super) cookie: String,
    pub(super) project: String,
}

impl Target {
    pub(super) fn of(footfall: &Footfall) -> Self {
        Self {
            address: footfall.address,
            key: footfall.key.clone(),
            cookie: footfall.cookie().to_owned(),
            project: footfall.project().to_owned(),
        }
    }

    /// A connection from the flood's address.
    pub(super) async fn connect(&self) -> std::io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((SOURCE, 0).into())?;
        socket.connect(self.address).await
    }

    /// The beginning of an ingest request.
    pub(super) fn ingest_head(&self, more: &str, body_bytes: usize) -> String {
        format!(
            "POST /ingest-events HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{more}\
             Content-Length: {body_bytes}\r\n\r\n",
            self.address
        )
    }

    /// Sends bytes on connections of their own and keeps these open.
    pub(super) async fn open_connections(&self, count: usize, bytes: Vec<u8>) -> Vec<TcpStream> {
        let bytes = std::rc::Rc::new(bytes);
        let mut sending = JoinSet::new();
        for _ in 0..count {
            let (target, bytes) = (self.clone(), bytes.clone());
            sending.spawn_local(async move {
                let mut stream = target.connect().await.ok()?;
                let writing = tokio::time::timeout(PATIENCE, stream.write_all(&bytes));
                // A server that refuses closes the connection, which is the point.
                let _ = writing.await;
                Some(stream)
            });
        }
        sending.join_all().await.into_iter().flatten().collect()
    }

    /// A request of JSON by the flood's member.
    pub(super) fn post(&self, path: &str, body: &str) -> String {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len(),
            address = self.address,
        )
    }

    /// Sends so many requests, some at once, and waits for their answers' beginnings. Returns how often
    /// each status was answered; 0 stands for no answer.
    pub(super) async fn send(
        &self,
        count: usize,
        request: impl Fn(usize) -> Vec<u8>,
    ) -> BTreeMap<u16, usize> {
        let mut statuses = BTreeMap::new();
        let mut sending = JoinSet::new();
        for number in 0..count {
            if sending.len() >= AT_ONCE {
                count_status(&mut statuses, sending.join_next().await);
            }
            let (target, bytes) = (self.clone(), request(number));
            sending.spawn_local(async move {
                let exchange = async {
                    let mut stream = target.connect().await?;
                    stream.write_all(&bytes).await?;
                    let mut beginning = [0; STATUS_LINE_BYTES];
                    stream.read_exact(&mut beginning).await?;
                    std::io::Result::Ok(beginning)
                };
                let beginning = tokio::time::timeout(PATIENCE, exchange).await.ok()?.ok()?;
                std::str::from_utf8(beginning.get(9..)?).ok()?.parse().ok()
            });
        }
        while let Some(done) = sending.join_next().await {
            count_status(&mut statuses, Some(done));
        }
        statuses
    }
}

fn count_status(
    statuses: &mut BTreeMap<u16, usize>,
    done: Option<Result<Option<u16>, tokio::task::JoinError>>,
) {
    let status = done.and_then(Result::ok).flatten().unwrap_or_default();
    *statuses.entry(status).or_default() += 1;
}
