//! Repetition, disorder and crashes change no answer.

use serde_json::Value;
use tokio::task::JoinSet;

use crate::harness::{Footfall, Owner, Page, Random, now, site_traffic};

const SEED: u64 = 0x5eed_0002;
const EVENTS: u64 = 10_000;
/// Most events in one request.
const MOST_AT_ONCE: usize = 40;
/// Requests under way at a time.
const CLIENTS: usize = 4;
/// The server is killed when this many hundredths of the requests are left.
const KILLS_AT: [usize; 2] = [65, 30];

/// The questions whose answers are compared; `events` by what the page said of them.
const QUESTIONS: [&str; 7] = [
    "overview?",
    "friction/kinds?",
    "friction/items?limit=1000&",
    "friction/pages?limit=1000&",
    "pages?limit=1000&",
    "web-vitals?limit=1000&",
    "events?limit=1000&",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_repeated_shuffled_and_interrupted_answer_like_events_sent_once_in_order() {
    let hour = now().floor_to_seconds(3_600).plus_seconds(-2 * 3_600);
    let mut random = Random::new(SEED);
    let mut events = site_traffic(SEED, EVENTS, hour);
    let mut requests = Vec::new();
    while !events.is_empty() {
        let count = (1 + random.below(MOST_AT_ONCE)).min(events.len());
        requests.push(events.drain(..count).collect::<Vec<_>>());
    }

    let orderly = Footfall::start().await;
    let once = Owner::set_up(&orderly).await;
    let page = once.page().await;
    for request in &requests {
        page.send(request).await.expect(200);
    }

    let mut disorderly = Footfall::start().await;
    let often = Owner::set_up(&disorderly).await;
    let repeated = repeat(&mut random, &requests);
    let sent = repeated.iter().map(Vec::len).sum::<usize>() as u64;
    let other_page = often.page().await;
    let uncertain = send_all(&mut disorderly, &other_page, repeated).await;

    let account = once.account(&page).await;
    assert_eq!((&account["accepted"], &account["duplicate"]), (&EVENTS.into(), &0.into()));
    let account = often.account(&other_page).await;
    assert_eq!(account["accepted"], EVENTS);
    let (duplicate, known) = (account["duplicate"].as_u64().expect("a count"), sent - EVENTS);
    assert!(
        (known..=known + uncertain).contains(&duplicate),
        "{duplicate} of {known} and {uncertain}"
    );
    once.wait_for_events(EVENTS).await;
    often.wait_for_events(EVENTS).await;
    let period = format!("from={hour}&to={}", hour.plus_seconds(3_600));
    for question in QUESTIONS {
        let (left, right) =
            (ask(&once, question, &period).await, ask(&often, question, &period).await);
        assert_eq!(left, right, "{question}");
        assert!(left.to_string().len() > 300, "{question} says something: {left}");
    }
}

/// Each request one to three times, in any order.
fn repeat(random: &mut Random, requests: &[Vec<Value>]) -> Vec<Vec<Value>> {
    let mut repeated = Vec::new();
    for request in requests {
        repeated.extend(std::iter::repeat_n(request.clone(), 1 + random.below(3)));
    }
    random.shuffle(&mut repeated);
    repeated
}

/// Sends every request until it is acknowledged, with kills on the way. Returns how many events were
/// in requests without an answer.
async fn send_all(server: &mut Footfall, page: &Page, mut requests: Vec<Vec<Value>>) -> u64 {
    let kills = KILLS_AT.map(|percent| requests.len() * percent / 100);
    let mut under_way = JoinSet::new();
    let mut uncertain = 0;
    while let Some(request) = requests.pop() {
        let page = page.clone();
        under_way.spawn(async move {
            let (reply, unanswered) = page.insist(&request).await;
            assert_eq!(reply.expect(200).json()["processed"], request.len());
            unanswered * request.len() as u64
        });
        if kills.contains(&requests.len()) {
            server.kill9();
            server.restart().await;
        }
        if under_way.len() >= CLIENTS {
            uncertain += under_way.join_next().await.map_or(0, |sent| sent.expect("a client"));
        }
    }
    while let Some(sent) = under_way.join_next().await {
        uncertain += sent.expect("a client");
    }
    uncertain
}

/// An answer without what tells the two runs apart: when the server received the events.
async fn ask(owner: &Owner, question: &str, period: &str) -> Value {
    let mut answer = owner.get(&format!("{question}{period}")).await;
    for event in answer["events"].as_array_mut().into_iter().flatten() {
        event.as_object_mut().expect("an event").remove("received_at");
    }
    answer
}
