//! Visitors who are there now.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use engine::ingest::Ingest;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::random::Random;
use super::session::{self, Session};
use super::{Target, send};

/// Visitors of each site at a time.
const VISITORS_AT_A_TIME: u64 = 3;
/// A visit runs this many times as fast as a real one, so that there is something to see.
const HASTE: u64 = 3;

/// Lets visitors come and go until `stop`.
pub(super) async fn run(
    ingest: Arc<Ingest>,
    targets: Vec<Target>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    let mut visitors = JoinSet::new();
    for target in targets {
        for number in 0..VISITORS_AT_A_TIME {
            let seed = clock.now().micros().unsigned_abs() ^ (number << 56);
            let (ingest, target, clock) = (ingest.clone(), target.clone(), clock.clone());
            let visitor = async move { come_and_go(&ingest, &target, &*clock, seed).await };
            let stop = stop.clone();
            visitors.spawn(async move {
                tokio::select! { () = visitor => {}, () = stop.cancelled() => {} }
            });
        }
    }
    while visitors.join_next().await.is_some() {}
}

/// One visit after another.
async fn come_and_go(ingest: &Ingest, target: &Target, clock: &dyn Clock, seed: u64) {
    let mut random = Random::new(seed ^ target.site.daily_sessions);
    loop {
        tokio::time::sleep(Duration::from_millis(random.around(2_000))).await;
        let start = clock.now();
        let mut session = session::make(target.site, random.next(), start, start);
        let mut passed_ms = 0;
        for index in 0..session.steps.len() {
            let due_ms = session.steps[index].after_ms / HASTE;
            tokio::time::sleep(Duration::from_millis(due_ms.saturating_sub(passed_ms))).await;
            passed_ms = due_ms;
            session.steps[index].event.at = Some(clock.now());
            arrive(ingest, target, &session, index).await;
        }
    }
}

/// Sends one step with the site's key, as its page would: a key that is switched off keeps visitors out.
async fn arrive(ingest: &Ingest, target: &Target, session: &Session, index: usize) {
    let (key, origin) = (Some(target.key.key.as_str()), Some(target.site.origin));
    let admitted = match ingest.admit(key, origin, session.address).await {
        Ok(admitted) => admitted,
        Err(denied) => return tracing::debug!(?denied, "a demo visitor is not admitted"),
    };
    let step = std::iter::once(&session.steps[index]);
    if let Err(error) = send(ingest, &admitted, session, step).await {
        tracing::debug!(%error, "a demo visitor's event could not be sent");
    }
}
