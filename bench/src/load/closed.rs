//! As fast as the server answers: every connection sends its next request when it has its answer.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde::Serialize;
use tokio::task::JoinSet;

use super::{Connection, Pool};
use crate::numbers::float;
use crate::process;

/// How long to send.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Closed {
    pub(crate) warm_up: Duration,
    pub(crate) measure: Duration,
}

/// What was reached.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Throughput {
    /// Acknowledged in a second of the measured time.
    pub(crate) requests_per_second: f64,
    /// The same in events.
    pub(crate) events_per_second: f64,
    /// Events acknowledged from first to last, warm-up and winding-down included.
    pub(crate) acknowledged_events: u64,
    /// Requests not answered by 200.
    pub(crate) failures: u64,
    /// The server's cores in use while measured.
    pub(crate) server_cores: f64,
    /// The generator's; near 1, it was the bottleneck.
    pub(crate) generator_cores: f64,
}

#[derive(Debug, Default)]
struct LoadCounters {
    requests: Cell<u64>,
    events: Cell<u64>,
    failures: Cell<u64>,
    stop: Cell<bool>,
}

/// A moment of the run.
struct Moment {
    at: Instant,
    requests: u64,
    events: u64,
    server_seconds: f64,
    own_seconds: f64,
}

impl Closed {
    /// Sends `pools`, one connection each, to `address`, where the process `server` listens. Must run
    /// within a `LocalSet`.
    pub(crate) async fn run(
        self,
        address: SocketAddr,
        server: u32,
        pools: &mut Vec<Pool>,
    ) -> anyhow::Result<Throughput> {
        let counts = Rc::new(LoadCounters::default());
        let mut connections = JoinSet::new();
        for pool in pools.drain(..) {
            let connection = Connection::open(address).await?;
            connections.spawn_local(send(connection, pool, Rc::clone(&counts)));
        }
        tokio::time::sleep(self.warm_up).await;
        let begin = Moment::now(&counts, server)?;
        tokio::time::sleep(self.measure).await;
        let end = Moment::now(&counts, server)?;
        counts.stop.set(true);
        while let Some(done) = connections.join_next().await {
            pools.push(done.context("the generator failed")??);
        }
        ensure!(end.requests > begin.requests, "no request was answered by 200");
        let seconds = (end.at - begin.at).as_secs_f64();
        Ok(Throughput {
            requests_per_second: float(end.requests - begin.requests) / seconds,
            events_per_second: float(end.events - begin.events) / seconds,
            acknowledged_events: counts.events.get(),
            failures: counts.failures.get(),
            server_cores: (end.server_seconds - begin.server_seconds) / seconds,
            generator_cores: (end.own_seconds - begin.own_seconds) / seconds,
        })
    }
}

async fn send(
    mut connection: Connection,
    mut pool: Pool,
    counts: Rc<LoadCounters>,
) -> anyhow::Result<Pool> {
    while !counts.stop.get() {
        let (request, events) = pool.next();
        let answer = connection.exchange(request).await?;
        if answer.status == 200 {
            counts.requests.set(counts.requests.get() + 1);
            counts.events.set(counts.events.get() + events);
        } else {
            counts.failures.set(counts.failures.get() + 1);
        }
    }
    Ok(pool)
}

impl Moment {
    fn now(counts: &LoadCounters, server: u32) -> anyhow::Result<Self> {
        Ok(Self {
            at: Instant::now(),
            requests: counts.requests.get(),
            events: counts.events.get(),
            server_seconds: process::cpu_seconds(server)?,
            own_seconds: process::cpu_seconds(std::process::id())?,
        })
    }
}
