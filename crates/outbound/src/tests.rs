//! Allowed and blocked hosts, and response timeouts.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::webhook::Target;
use engine::ports::outbound::{Outbound, OutboundError, OutboundRequest, OutboundResponse};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::{Client, DnsLookup, Limits};

const SHORT: Limits =
    Limits { connect: Duration::from_millis(500), total: Duration::from_millis(700) };

/// Answers each look-up by the next of these lists, the last one for ever.
#[derive(Debug)]
struct Script(Mutex<VecDeque<Vec<IpAddr>>>);

fn script(answers: &[&[&str]]) -> Script {
    let read = |answer: &&[&str]| answer.iter().map(|text| text.parse().unwrap()).collect();
    Script(Mutex::new(answers.iter().map(read).collect()))
}

#[async_trait]
impl DnsLookup for Script {
    async fn addresses(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        let mut answers = self.0.lock().unwrap();
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        next.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// A look-up that never ends.
#[derive(Debug)]
struct Never;

#[async_trait]
impl DnsLookup for Never {
    async fn addresses(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        std::future::pending().await
    }
}

/// A receiver on loopback that answers every connection with these bytes.
struct Receiver {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

/// What a receiver does after its answer.
#[derive(Clone, Copy)]
enum Then {
    Ends,
    Hangs,
    StreamsForEver,
}

async fn receiver(answer: &str, then: Then) -> Receiver {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let (seen, answer) = (connections.clone(), answer.to_owned());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            seen.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, answer.clone(), then));
        }
    });
    Receiver { address, connections }
}

async fn serve(mut stream: TcpStream, answer: String, then: Then) -> io::Result<()> {
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await?;
    stream.write_all(answer.as_bytes()).await?;
    match then {
        Then::Ends => Ok(()),
        Then::Hangs => std::future::pending().await,
        Then::StreamsForEver => loop {
            stream.write_all(&[b'a'; 1024]).await?;
        },
    }
}

impl Receiver {
    fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn client(lookup: impl DnsLookup + 'static, permitted: &[&str], limits: Limits) -> Client {
    shared(&(Arc::new(lookup) as Arc<dyn DnsLookup>), permitted, limits)
}

fn shared(lookup: &Arc<dyn DnsLookup>, permitted: &[&str], limits: Limits) -> Client {
    let permitted = permitted.iter().map(|text| text.parse().unwrap()).collect();
    Client::new(lookup, permitted, limits).unwrap()
}

async fn post(client: &Client, url: &str) -> Result<OutboundResponse, OutboundError> {
    let target = Target::parse(url).unwrap();
    let headers = vec![("webhook-id", "msg_1".to_owned())];
    client.send(OutboundRequest { target, headers, body: "{}".to_owned() }).await
}

async fn check(client: &Client, url: &str) -> Result<(), OutboundError> {
    client.check(&Target::parse(url).unwrap()).await
}

#[tokio::test]
async fn an_answer_comes_back_with_the_beginning_of_its_body() {
    let answer = "HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\na\u{7}b\n";
    let receiver = receiver(answer, Then::Ends).await;
    let client = client(script(&[]), &["127.0.0.0/8"], Limits::default());
    let answer = post(&client, &receiver.url()).await.unwrap();
    assert_eq!((answer.status, &*answer.text), (503, "ab\n"));
    assert_eq!(answer.retry_after.as_deref(), Some("7"));
}

#[tokio::test]
async fn a_name_is_called_at_the_address_that_was_judged() {
    let receiver = receiver("HTTP/1.1 204 No Content\r\n\r\n", Then::Ends).await;
    let lookup = script(&[&["127.0.0.1"]]);
    let client = client(lookup, &["127.0.0.0/8"], Limits::default());
    let url = format!("http://hooks.test:{}/", receiver.address.port());
    assert_eq!(post(&client, &url).await.map(|answer| answer.status), Ok(204));
}

#[tokio::test]
async fn a_blocked_host_is_refused_without_a_connection() {
    let receiver = receiver("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Ends).await;
    let port = receiver.address.port();
    let client = client(crate::SystemDns, &["10.9.0.0/16"], SHORT);
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::127.0.0.1]",
        "１２７.０.０.１",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "192.168.1.1",
        "172.16.0.1",
        "255.255.255.255",
        "224.0.0.1",
    ] {
        for scheme in ["https", "http"] {
            let url = format!("{scheme}://{host}:{port}/");
            assert_eq!(check(&client, &url).await, Err(OutboundError::Refused), "{url}");
            assert_eq!(post(&client, &url).await, Err(OutboundError::Refused), "{url}");
        }
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn one_private_address_among_public_ones_refuses_the_name() {
    let receiver = receiver("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Ends).await;
    let port = receiver.address.port();
    for answer in [
        &["8.8.8.8", "127.0.0.1"][..],
        &["127.0.0.1", "8.8.8.8"],
        &["2606:4700::1111", "::1"],
        &["::ffff:127.0.0.1"],
        &[],
    ] {
        let client = client(script(&[answer]), &[], SHORT);
        let url = format!("https://both.test:{port}/");
        assert_eq!(check(&client, &url).await, Err(OutboundError::Refused), "{answer:?}");
        assert_eq!(post(&client, &url).await, Err(OutboundError::Refused), "{answer:?}");
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_name_that_turns_private_after_it_was_checked_is_refused() {
    let receiver = receiver("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Ends).await;
    let client = client(script(&[&["8.8.8.8"], &["127.0.0.1"]]), &[], SHORT);
    let url = format!("https://rebinding.test:{}/", receiver.address.port());
    assert_eq!(check(&client, &url).await, Ok(()));
    assert_eq!(post(&client, &url).await, Err(OutboundError::Refused));
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_name_is_looked_up_once_for_a_request() {
    let receiver = receiver("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Ends).await;
    // Whoever looked twice would call where nobody is.
    let lookup = script(&[&["127.0.0.1"], &["127.0.0.9"], &["127.0.0.1"], &["127.0.0.9"]]);
    let lookup = Arc::new(lookup);
    let client = shared(&(lookup.clone() as Arc<dyn DnsLookup>), &["127.0.0.0/8"], SHORT);
    let url = format!("http://once.test:{}/", receiver.address.port());
    assert_eq!(post(&client, &url).await.map(|answer| answer.status), Ok(200));
    assert_eq!(lookup.0.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn plain_text_goes_to_permitted_ranges_only() {
    let client = client(script(&[&["8.8.8.8"]]), &["127.0.0.0/8"], SHORT);
    for url in ["http://public.test/", "http://8.8.8.8/"] {
        assert_eq!(check(&client, url).await, Err(OutboundError::Refused), "{url}");
        assert_eq!(post(&client, url).await, Err(OutboundError::Refused), "{url}");
    }
    for url in ["https://public.test/", "https://8.8.8.8/", "http://127.0.0.1/"] {
        assert_eq!(check(&client, url).await, Ok(()), "{url}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_nothing_is_called_after_it() {
    let inner = receiver("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Ends).await;
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let answer =
            format!("HTTP/1.1 {status}\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", inner.url());
        let outer = receiver(&answer, Then::Ends).await;
        let client = client(script(&[]), &["127.0.0.0/8"], Limits::default());
        let answer = post(&client, &outer.url()).await.unwrap();
        assert_eq!(answer.status.to_string(), status[..3]);
        assert_eq!(outer.connections(), 1);
    }
    assert_eq!(inner.connections(), 0);
}

#[tokio::test]
async fn a_receiver_that_hangs_is_cut() {
    let silent = receiver("", Then::Hangs).await;
    let slow = receiver("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", Then::Hangs).await;
    let client = client(script(&[]), &["127.0.0.0/8"], SHORT);
    assert_eq!(post(&client, &silent.url()).await, Err(OutboundError::Timeout));
    let answer = post(&client, &slow.url()).await.unwrap();
    assert_eq!((answer.status, &*answer.text), (200, "abc"));
}

#[tokio::test]
async fn a_body_without_end_is_cut() {
    let endless = receiver("HTTP/1.1 200 OK\r\n\r\n", Then::StreamsForEver).await;
    let client = client(script(&[]), &["127.0.0.0/8"], Limits::default());
    let answer = post(&client, &endless.url()).await.unwrap();
    assert_eq!((answer.status, answer.text.len()), (200, 1024));
    let headers = receiver("HTTP/1.1 200 OK\r\nx: ", Then::StreamsForEver).await;
    assert_eq!(post(&client, &headers.url()).await, Err(OutboundError::Garbled));
}

#[tokio::test]
async fn http_tls_and_connect_errors_are_distinct() {
    let garbled = receiver("220 mail.test ESMTP\r\n", Then::Ends).await;
    let client = client(script(&[]), &["127.0.0.0/8"], SHORT);
    assert_eq!(post(&client, &garbled.url()).await, Err(OutboundError::Garbled));
    let secure = garbled.url().replace("http:", "https:");
    assert_eq!(post(&client, &secure).await, Err(OutboundError::Tls));
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(post(&client, &format!("http://{gone}/")).await, Err(OutboundError::Unreachable));
}

#[tokio::test]
async fn a_look_up_that_never_ends_is_cut() {
    let client = client(Never, &[], SHORT);
    assert_eq!(check(&client, "https://never.test/").await, Err(OutboundError::Timeout));
    assert_eq!(post(&client, "https://never.test/").await, Err(OutboundError::Timeout));
}
