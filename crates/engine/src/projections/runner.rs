//! The loop that feeds one projection: wait for news, read, apply, again.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::Projection;
use crate::Error;
use crate::ports::journal::{Journal, Position};

/// Waits after a failure, doubled each time up to the longest.
const SHORTEST_BACK_OFF: Duration = Duration::from_millis(100);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(5);

/// How often the backlog is measured while a projection rests: being woken by each commit costs more than
/// the commit.
const LOOKS_EVERY: Duration = Duration::from_millis(20);

/// How often a projection is called: as soon as there is news when it has rested, at this interval
/// while news keeps coming, and without rest while a full batch is waiting.
#[derive(Debug, Clone, Copy)]
pub struct PollPolicy {
    /// Between the beginnings of two calls.
    pub interval: Duration,
    /// What is waited for more news after the first, so that what comes together is stored together.
    pub gather: Duration,
    /// Payload bytes of one call, about.
    pub max_bytes: usize,
    /// A backlog of this many records is not rested on.
    pub full_batch: u64,
}

impl PollPolicy {
    /// Of tables that people look at right after what they did: small transactions, soon.
    pub const CATALOG: Self = Self {
        interval: Duration::from_millis(150),
        gather: Duration::from_millis(5),
        max_bytes: 8 * 1024 * 1024,
        full_batch: 20_000,
    };
}

/// Feeds `projection` until `stop`; then what is waiting is applied once more and the task ends.
/// `position` follows what has been applied.
pub async fn run(
    journal: Arc<dyn Journal>,
    projection: Arc<dyn Projection>,
    position: watch::Sender<Position>,
    stop: CancellationToken,
) {
    let mut back_off = Backoff::new(projection.name());
    let Some(mut at) = stored_position(&*projection, &mut back_off, &stop).await else { return };
    position.send_replace(at);
    let mut tail = journal.tail();
    let pace = projection.pace();
    let mut next_call = Instant::now();
    loop {
        let stopping = stop.is_cancelled();
        if !stopping && !rest(&mut tail, at, pace, next_call, &stop).await {
            continue;
        }
        let end = *tail.borrow_and_update();
        if end <= at {
            return;
        }
        next_call = Instant::now() + pace.interval;
        match step(&*journal, &*projection, at, end, pace.max_bytes).await {
            Ok(reached) => {
                back_off.reset();
                at = reached;
                position.send_replace(at);
                metrics::gauge!("footfall_projection_lag_records", "projection" => projection.name())
                    .set(lag(end, at));
            }
            Err(error) => {
                if stopping {
                    tracing::warn!(projection = projection.name(), error = %crate::error_chain(&error), "stopping with records left to apply; they will be applied at the next start");
                    return;
                }
                back_off.wait(&error, &stop).await;
                // What failed may have been stored all the same: only the store knows.
                let Some(stored) = stored_position(&*projection, &mut back_off, &stop).await else {
                    return;
                };
                at = stored;
                position.send_replace(at);
            }
        }
    }
}

/// Where the projection stands, asked until it answers; none when stopped before.
async fn stored_position(
    projection: &dyn Projection,
    back_off: &mut Backoff,
    stop: &CancellationToken,
) -> Option<Position> {
    loop {
        match projection.position().await {
            Ok(at) => return Some(at),
            Err(_) if stop.is_cancelled() => return None,
            Err(error) => back_off.wait(&error, stop).await,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a lag is far below 2^52")]
fn lag(end: Position, at: Position) -> f64 {
    end.saturating_sub(at) as f64
}

/// Waits until there is something to do; `false` when stopped meanwhile.
async fn rest(
    tail: &mut watch::Receiver<Position>,
    at: Position,
    pace: PollPolicy,
    next_call: Instant,
    stop: &CancellationToken,
) -> bool {
    let wakeup = async {
        if tail.wait_for(|end| *end > at).await.is_err() {
            // The journal is gone: nothing will ever come.
            std::future::pending::<()>().await;
        }
        let mut look_again = Instant::now() + pace.gather;
        while *tail.borrow() - at < pace.full_batch {
            sleep_until(look_again).await;
            let now = Instant::now();
            if now >= next_call {
                break;
            }
            look_again = next_call.min(now + LOOKS_EVERY);
        }
    };
    tokio::select! { () = wakeup => true, () = stop.cancelled() => false }
}

/// Applies what lies between `at` and about `max_bytes` further, `end` at most.
async fn step(
    journal: &dyn Journal,
    projection: &dyn Projection,
    at: Position,
    end: Position,
    max_bytes: usize,
) -> Result<Position, Error> {
    let span = tracing::debug_span!("projection", name = projection.name(), from = at);
    let batch = async {
        let started = Instant::now();
        let blocks = journal.read(at, max_bytes).await?;
        // No block where positions have been given: those records are quarantined, and passed over.
        let to = blocks.last().map_or(end, crate::ports::journal::Block::end);
        projection.apply(&blocks, at, to).await?;
        tracing::debug!(records = to - at, millis = started.elapsed().as_millis(), "applied");
        Ok(to)
    };
    batch.instrument(span).await
}

/// Waits longer after each failure in a row, and logs the first of them.
struct Backoff {
    name: &'static str,
    wait: Duration,
}

impl Backoff {
    fn new(name: &'static str) -> Self {
        Self { name, wait: SHORTEST_BACK_OFF }
    }

    async fn wait(&mut self, error: &Error, stop: &CancellationToken) {
        if self.wait == SHORTEST_BACK_OFF {
            tracing::warn!(
                projection = self.name,
                error = %crate::error_chain(error),
                "a projection cannot store its rows; the journal keeps its entries until it can"
            );
        }
        metrics::counter!("footfall_projection_failures_total", "projection" => self.name)
            .increment(1);
        tokio::select! { () = sleep(self.wait) => {}, () = stop.cancelled() => {} }
        self.wait = (self.wait * 2).min(LONGEST_BACK_OFF);
    }

    fn reset(&mut self) {
        if self.wait != SHORTEST_BACK_OFF {
            tracing::info!(projection = self.name, "the projection stores its rows again");
            self.wait = SHORTEST_BACK_OFF;
        }
    }
}
