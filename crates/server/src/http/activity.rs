//! Connection deadlines: which phase a connection is in, and until when.
//!
//! A client that does nothing keeps a descriptor and memory. Each state a connection can be in until
//! its client acts has a deadline of its own; while the server works for it there is none. What the
//! socket itself does not take is `stream.rs`'s to notice, what a request's body owes is `bodies.rs`'s.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// What a connection that speaks HTTP/2 begins with.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How long a client may take for its part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    /// To send anything at all.
    pub(crate) first_byte: Duration,
    /// For a whole head, from its first byte.
    pub(crate) head: Duration,
    /// For a whole body, from its head.
    pub(crate) body: Duration,
    /// To take a part of an answer.
    pub(crate) write: Duration,
    /// Between two requests.
    pub(crate) idle: Duration,
}

impl Timeouts {
    /// No deadline that a change of state sets comes sooner than this after it.
    fn shortest(&self) -> Duration {
        self.first_byte.min(self.head).min(self.write).min(self.idle)
    }
}

/// A connection's state, shared by what reads, what answers and what watches.
pub(super) struct ConnectionActivity {
    timeouts: Timeouts,
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    protocol: Protocol,
    /// Requests that are being answered.
    requests: usize,
    /// By request, since when its client could take the next part of its answer. A request whose
    /// answer, or its next part, is not made yet is not in here.
    waiting: HashMap<u64, Instant>,
    next_request: u64,
}

/// What is waited for while no request is being answered.
#[derive(Debug, Clone, Copy)]
enum Phase {
    /// The first byte, since then.
    Silent(Instant),
    /// The rest of a head that began then.
    Head(Instant),
    /// The next request, since then.
    Idle(Instant),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    /// So many bytes were read, and they are the beginning of the preface of HTTP/2.
    Unknown(usize),
    Http1,
    Http2,
}

impl State {
    fn new(now: Instant) -> Self {
        Self {
            phase: Phase::Silent(now),
            protocol: Protocol::Unknown(0),
            requests: 0,
            waiting: HashMap::new(),
            next_request: 0,
        }
    }

    fn read(&mut self, bytes: &[u8], now: Instant) {
        if let Protocol::Unknown(matched) = self.protocol {
            self.protocol = recognise(matched, bytes);
        }
        self.phase = match (self.phase, self.protocol) {
            // Frames do not distinguish a head from a window update: between requests the idle time alone
            // counts.
            (Phase::Silent(_) | Phase::Head(_), Protocol::Http2) => Phase::Idle(now),
            (Phase::Silent(_), _) | (Phase::Idle(_), Protocol::Http1) if self.requests == 0 => {
                Phase::Head(now)
            }
            (phase, _) => phase,
        };
    }

    fn begin(&mut self) -> u64 {
        self.requests += 1;
        self.next_request += 1;
        self.next_request
    }

    fn end(&mut self, request: u64, now: Instant) {
        self.waiting.remove(&request);
        self.requests -= 1;
        if self.requests == 0 {
            self.phase = Phase::Idle(now);
        }
    }

    /// By when the client must act, and what it owes; none while the server works for it.
    fn deadline(&self, timeouts: &Timeouts) -> Option<(Instant, &'static str)> {
        if self.requests > 0 {
            let since = self.waiting.values().min()?;
            return Some((*since + timeouts.write, "the client does not read the response"));
        }
        Some(match self.phase {
            Phase::Silent(since) => (since + timeouts.first_byte, "the client sends nothing"),
            Phase::Head(since) => (since + timeouts.head, "the head of a request is incomplete"),
            Phase::Idle(since) => (since + timeouts.idle, "it is idle"),
        })
    }
}

fn recognise(matched: usize, bytes: &[u8]) -> Protocol {
    let expected = &HTTP2_PREFACE[matched..];
    let common = expected.len().min(bytes.len());
    if bytes[..common] != expected[..common] {
        Protocol::Http1
    } else if common == expected.len() {
        Protocol::Http2
    } else {
        Protocol::Unknown(matched + common)
    }
}

impl ConnectionActivity {
    pub(super) fn new(timeouts: Timeouts) -> Arc<Self> {
        let state = Mutex::new(State::new(Instant::now()));
        Arc::new(Self { timeouts, state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes came in.
    pub(super) fn read(&self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.state().read(bytes, Instant::now());
        }
    }

    /// A request is being answered until what this returns is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> RequestInFlight {
        let request = self.state().begin();
        RequestInFlight { activity: self.clone(), request }
    }

    /// Resolves when the client is overdue, to what it owes.
    pub(super) async fn overdue(&self) -> &'static str {
        loop {
            let deadline = self.state().deadline(&self.timeouts);
            let now = Instant::now();
            // Whatever changes meanwhile, its deadline is later than this look.
            let look_again = now + self.timeouts.shortest();
            match deadline {
                Some((at, what)) if at <= now => return what,
                Some((at, _)) => tokio::time::sleep_until(at.min(look_again)).await,
                None => tokio::time::sleep_until(look_again).await,
            }
        }
    }
}

/// A request on its way to its answer's end.
pub(super) struct RequestInFlight {
    activity: Arc<ConnectionActivity>,
    request: u64,
}

impl RequestInFlight {
    /// The answer's next part is with its client.
    pub(super) fn await_client(&self) {
        self.activity.state().waiting.insert(self.request, Instant::now());
    }

    /// The answer's next part is not made yet.
    pub(super) fn await_server(&self) {
        self.activity.state().waiting.remove(&self.request);
    }
}

impl Drop for RequestInFlight {
    fn drop(&mut self) {
        self.activity.state().end(self.request, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUTS: Timeouts = Timeouts {
        first_byte: Duration::from_secs(1),
        head: Duration::from_secs(2),
        body: Duration::from_secs(3),
        write: Duration::from_secs(4),
        idle: Duration::from_secs(5),
    };

    /// Seconds from `start` to the deadline.
    fn due(state: &State, start: Instant) -> Option<u64> {
        state.deadline(&TIMEOUTS).map(|(at, _)| at.duration_since(start).as_secs())
    }

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn a_head_must_end_soon_after_its_first_byte_however_it_trickles() {
        let start = Instant::now();
        let mut state = State::new(start);
        assert_eq!(due(&state, start), Some(1));
        state.read(b"G", after(start, 1));
        assert_eq!(due(&state, start), Some(3));
        state.read(b"E", after(start, 2));
        assert_eq!(due(&state, start), Some(3));
    }

    #[test]
    fn half_a_preface_is_half_a_head() {
        let start = Instant::now();
        let mut state = State::new(start);
        state.read(b"PRI * HT", start);
        assert_eq!((state.protocol, due(&state, start)), (Protocol::Unknown(8), Some(2)));
        state.read(b"TP/2.0\r\n\r\nSM\r\n\r\n", after(start, 1));
        assert_eq!((state.protocol, due(&state, start)), (Protocol::Http2, Some(6)));
        state.read(b"ping", after(start, 4));
        assert_eq!(due(&state, start), Some(6), "frames that are no request keep nothing alive");
    }

    #[test]
    fn the_server_may_take_its_time_and_the_client_may_not() {
        let start = Instant::now();
        let mut state = State::new(start);
        state.read(b"GET / HTTP/1.1\r\n\r\n", start);
        let request = state.begin();
        assert_eq!(due(&state, start), None);
        state.waiting.insert(request, after(start, 10));
        assert_eq!(due(&state, start), Some(14));
        state.waiting.remove(&request);
        assert_eq!(due(&state, start), None, "the next part is being made");
        state.end(request, after(start, 20));
        assert_eq!(due(&state, start), Some(25));
        state.read(b"G", after(start, 21));
        assert_eq!(due(&state, start), Some(23));
    }

    #[test]
    fn the_slowest_answer_of_a_connection_counts() {
        let start = Instant::now();
        let mut state = State::new(start);
        state.read(HTTP2_PREFACE, start);
        let (slow, quick) = (state.begin(), state.begin());
        state.waiting.insert(slow, after(start, 1));
        state.waiting.insert(quick, after(start, 3));
        assert_eq!(due(&state, start), Some(5));
        state.end(slow, after(start, 4));
        assert_eq!(due(&state, start), Some(7));
    }
}
