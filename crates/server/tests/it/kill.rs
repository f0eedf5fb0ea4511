//! A server that is killed twenty times under load loses nothing it acknowledged and doubles nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::Value;
use tokio::task::JoinSet;

use crate::harness::{Footfall, Owner, Page, Random, click, event_id, refused, wait_until};

const SEED: u64 = 0x5eed_0001;
const KILLS: usize = 20;
const CLIENTS: u64 = 4;
/// A kill comes after at most this many further acknowledgements: more than a flush of the lake takes.
const MOST_BETWEEN_KILLS: usize = 800;
/// Each client numbers its events in a range of its own.
const IDS_PER_CLIENT: u64 = 1 << 40;

/// What the clients know for certain, and what only the server can know.
#[derive(Debug, Default)]
struct Ledger {
    acknowledged: BTreeSet<String>,
    /// Events sent again after they had been acknowledged.
    repeated: u64,
    /// Refused events whose refusal was answered.
    refused: u64,
    /// Events of requests without an answer: stored or not.
    uncertain: u64,
    /// The same for events that are to be refused.
    uncertain_refused: u64,
}

/// What all clients share.
#[derive(Debug, Default)]
struct Run {
    stop: AtomicBool,
    acknowledgements: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_under_load_lose_and_double_nothing() {
    let mut server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let run = Arc::new(Run::default());
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        clients.spawn(client(page.clone(), number, run.clone()));
    }
    let mut random = Random::new(SEED);
    for kill in 0..KILLS {
        let until = run.acknowledgements.load(Ordering::Relaxed)
            + 1
            + random.below(MOST_BETWEEN_KILLS) as u64;
        wait_until(&format!("the acknowledgements before kill {kill}"), async || {
            (run.acknowledgements.load(Ordering::Relaxed) >= until).then_some(())
        })
        .await;
        server.kill9();
        server.restart().await;
    }
    run.stop.store(true, Ordering::Relaxed);
    let mut ledger = Ledger::default();
    while let Some(done) = clients.join_next().await {
        ledger.add(done.expect("a client"));
    }

    let sent = ledger.acknowledged.len() as u64;
    println!(
        "{KILLS} kills; {sent} events acknowledged, {} in requests without an answer",
        ledger.uncertain
    );
    assert!(ledger.uncertain > 0, "no request was under way when the server was killed");
    ledger.agrees_with(&owner.account(&page).await);
    owner.wait_for_events(sent).await;
    let stored = stored_ids(&owner).await;
    let doubled: Vec<_> = stored.iter().filter(|(_, count)| **count > 1).collect();
    assert!(doubled.is_empty(), "doubled: {doubled:?}");
    let stored: BTreeSet<String> = stored.into_keys().collect();
    assert_eq!(ledger.acknowledged.difference(&stored).count(), 0, "lost");
    assert_eq!(stored.difference(&ledger.acknowledged).count(), 0, "never sent");

    // The table itself agrees with the questions about it.
    server.terminate().await;
    let doctor = server.run(&["doctor", "--listen", "127.0.0.1:0"]);
    assert!(doctor.contains(&format!("lake: {sent} events in")), "{doctor}");
}

/// Sends requests of one event or a few, and each of them until it is acknowledged.
async fn client(page: Page, number: u64, run: Arc<Run>) -> Ledger {
    let mut random = Random::new(SEED + 1 + number);
    let mut ledger = Ledger::default();
    let mut next = number * IDS_PER_CLIENT;
    while !run.stop.load(Ordering::Relaxed) {
        let count = if random.happens(70) { 1 } else { 2 + random.below(30) as u64 };
        let ids: Vec<String> = (next..next + count).map(event_id).collect();
        next += count;
        let mut events: Vec<Value> = ids.iter().map(|id| click(id)).collect();
        let refused = u64::from(random.happens(10));
        if refused > 0 {
            events.push(serde_json::json!({"type": "friction"}));
        }
        let (reply, unanswered) = page.insist(&events).await;
        assert_eq!(reply.expect(200).json()["processed"], count);
        run.acknowledgements.fetch_add(1, Ordering::Relaxed);
        ledger.acknowledged.extend(ids);
        ledger.refused += refused;
        ledger.uncertain += count * unanswered;
        ledger.uncertain_refused += refused * unanswered;
        if random.happens(5) {
            let (reply, unanswered) = page.insist(&events[..1]).await;
            assert_eq!(reply.expect(200).json()["processed"], 1);
            ledger.repeated += 1;
            ledger.uncertain += unanswered;
        }
    }
    ledger
}

impl Ledger {
    fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.repeated += other.repeated;
        self.refused += other.refused;
        self.uncertain += other.uncertain;
        self.uncertain_refused += other.uncertain_refused;
    }

    /// Compares what is known exactly, and bounds the rest by the requests without an answer.
    fn agrees_with(&self, outcomes: &Value) {
        let count = |name: &str| outcomes[name].as_u64().expect("a count");
        let refused = refused(outcomes, "missing_field");
        let (accepted, duplicate) = (count("accepted"), count("duplicate"));
        assert_eq!(accepted, self.acknowledged.len() as u64, "accepted");
        assert_within(duplicate, self.repeated, self.uncertain, "duplicate");
        assert_within(refused, self.refused, self.uncertain_refused, "refused");
        assert_eq!(count("received"), accepted + duplicate + refused + 1, "with the mark");
    }
}

#[track_caller]
fn assert_within(counted: u64, known: u64, uncertain: u64, what: &str) {
    let most = known + uncertain;
    assert!((known..=most).contains(&counted), "{what}: {counted} is not within {known}..={most}");
}

/// How often each id is stored, by the list of events.
async fn stored_ids(owner: &Owner) -> BTreeMap<String, u64> {
    let mut stored = BTreeMap::new();
    let mut page = "events?limit=1000".to_owned();
    loop {
        let answer = owner.get(&page).await;
        for event in answer["events"].as_array().expect("a list") {
            *stored.entry(event["id"].as_str().expect("an id").to_owned()).or_default() += 1;
        }
        match answer["next_cursor"].as_str() {
            Some(next) => page = format!("events?limit=1000&cursor={next}"),
            None => return stored,
        }
    }
}
