//! As many requests a second as asked for, whether the server keeps up or not.
//!
//! A request's latency counts from the moment it should have been sent, so that a server that stalls
//! is charged for everything that had to wait meanwhile (no coordinated omission). Arrivals are
//! independent of each other, as visitors are.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Context;
use hdrhistogram::Histogram;
use serde::Serialize;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use super::{Connection, Pool};
use crate::numbers::float;
use crate::random::Random;

/// The pacer wakes at most this often; what has become due meanwhile is sent at once.
const PACE: Duration = Duration::from_micros(200);
/// Longer waits count as this long: two minutes.
const LONGEST_MICROS: u64 = 120_000_000;

/// How much to send, and how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    pub(crate) requests_per_second: f64,
    pub(crate) warm_up: Duration,
    pub(crate) measure: Duration,
}

/// How long answers took, in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Latency {
    pub(crate) requests_per_second: f64,
    pub(crate) requests: u64,
    pub(crate) p50_ms: f64,
    pub(crate) p90_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) p999_ms: f64,
    pub(crate) max_ms: f64,
    /// How late the generator sent at the 99th percentile: part of the figures above.
    pub(crate) sending_late_p99_ms: f64,
    pub(crate) failures: u64,
    /// From first to last.
    pub(crate) acknowledged_events: u64,
}

#[derive(Debug)]
struct Record {
    /// From when a request was due to its answer, in microseconds.
    latency: Histogram<u64>,
    /// From when it was due to when it was sent.
    lateness: Histogram<u64>,
    failures: u64,
    acknowledged_events: u64,
}

/// A request's due time, and whether it counts.
type Due = (Instant, bool);

impl Open {
    /// Sends `pools`, one connection each. Must run within a `LocalSet`.
    pub(crate) async fn run(
        self,
        address: SocketAddr,
        pools: &mut Vec<Pool>,
        seed: u64,
    ) -> anyhow::Result<Latency> {
        let record = Rc::new(RefCell::new(Record {
            latency: Histogram::new_with_max(LONGEST_MICROS, 3)?,
            lateness: Histogram::new_with_max(LONGEST_MICROS, 3)?,
            failures: 0,
            acknowledged_events: 0,
        }));
        let (due, arrivals) = unbounded_channel();
        let arrivals = Rc::new(Mutex::new(arrivals));
        let mut connections = JoinSet::new();
        for pool in pools.drain(..) {
            let connection = Connection::open(address).await?;
            connections.spawn_local(send(
                connection,
                pool,
                Rc::clone(&arrivals),
                Rc::clone(&record),
            ));
        }
        let pacer = std::thread::spawn(move || self.pace(&due, Random::new(seed)));
        while let Some(done) = connections.join_next().await {
            pools.push(done.context("the generator failed")??);
        }
        pacer.join().map_err(|_| anyhow::anyhow!("the pacer failed"))?;
        let record = record.borrow();
        let at = |quantile: f64| float(record.latency.value_at_quantile(quantile)) / 1_000.0;
        Ok(Latency {
            requests_per_second: float(record.latency.len()) / self.measure.as_secs_f64(),
            requests: record.latency.len(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: float(record.latency.max()) / 1_000.0,
            sending_late_p99_ms: float(record.lateness.value_at_quantile(0.99)) / 1_000.0,
            failures: record.failures,
            acknowledged_events: record.acknowledged_events,
        })
    }

    /// Hands out what becomes due, on a thread of its own: the runtime's timers are too coarse.
    fn pace(self, due: &UnboundedSender<Due>, mut random: Random) {
        let begin = Instant::now();
        let end = self.warm_up + self.measure;
        let mut next = Duration::ZERO;
        loop {
            let elapsed = begin.elapsed();
            while next <= elapsed {
                if next >= end || due.send((begin + next, next >= self.warm_up)).is_err() {
                    return;
                }
                next += Duration::from_secs_f64(random.until_next(self.requests_per_second));
            }
            std::thread::park_timeout(next.saturating_sub(elapsed).max(PACE));
        }
    }
}

async fn send(
    mut connection: Connection,
    mut pool: Pool,
    arrivals: Rc<Mutex<UnboundedReceiver<Due>>>,
    record: Rc<RefCell<Record>>,
) -> anyhow::Result<Pool> {
    loop {
        // Whoever is free waits in line for the next arrival.
        let Some((due, counts)) = arrivals.lock().await.recv().await else { return Ok(pool) };
        let lateness = due.elapsed();
        let (request, events) = pool.next();
        let status = connection.exchange(request).await?.status;
        let latency = due.elapsed();
        let mut record = record.borrow_mut();
        if status == 200 {
            record.acknowledged_events += events;
        } else {
            record.failures += 1;
        }
        if counts {
            record.latency.saturating_record(micros(latency));
            record.lateness.saturating_record(micros(lateness));
        }
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
