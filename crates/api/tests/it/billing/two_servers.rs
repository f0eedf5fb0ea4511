//! Two servers, each with a journal of its own, on one catalog in PostgreSQL.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use catalog::Catalog;
use domain::billing::{CallFact, FactKind};
use domain::event::Event;
use engine::session_completion::SessionCompletionService;
use serde_json::{Value, json};
use testkit::postgres::{Database, PostgresServer};
use uuid::Uuid;

use super::at;
use crate::harness::TestServer;

/// As contract 2 has it.
const VERBATIM: &str = "
    SELECT widget_id, session_id,
      MIN(CASE WHEN event_type = 'call_start' THEN timestamp END) AS start_time,
      MAX(CASE WHEN event_type = 'call_end' THEN timestamp END) AS end_time,
      EXTRACT(EPOCH FROM (MAX(CASE WHEN event_type = 'call_end' THEN timestamp END)
                        - MIN(CASE WHEN event_type = 'call_start' THEN timestamp END))) AS duration_seconds
    FROM widget_analytics WHERE event_type IN ('call_start', 'call_end')
    GROUP BY widget_id, session_id;";

/// Two servers, and their database.
struct TwoServers {
    one: TestServer,
    other: TestServer,
    database: Database,
}

impl TwoServers {
    async fn start() -> Self {
        let make = async |url: String| connect(&url, 0).await.close().await;
        let database = PostgresServer::shared().filled_database("catalog", make).await;
        let one = TestServer::on(connect(&database.url(), 1).await).await;
        let other = one.second_server(connect(&database.url(), 2).await).await;
        Self { one, other, database }
    }

    /// Sends events to each, and applies them, both at once.
    async fn track(&self, sent: &[Vec<Value>; 2]) {
        tokio::join!(self.one.track(&sent[0]), self.other.track(&sent[1]));
    }

    async fn project(&self) {
        tokio::join!(self.one.project(), self.other.project());
    }

    /// Runs session completion on both at once; how many calls each completed.
    async fn complete(&self) -> [u64; 2] {
        let run =
            async |completion: &SessionCompletionService| completion.run().await.expect("runs");
        let (one, other) =
            tokio::join!(run(&self.one.app.completion), run(&self.other.app.completion));
        [one.completed, other.completed]
    }

    /// What both journals say about calls.
    async fn facts(&self) -> Vec<CallFact> {
        let (one, other): (Vec<Event>, Vec<Event>) =
            tokio::join!(self.one.events(), self.other.events());
        one.iter().chain(&other).filter_map(|event| CallFact::read(&event.borrowed(), 0)).collect()
    }
}

async fn connect(url: &str, journal: u128) -> Catalog {
    Catalog::connect(url, Uuid::from_u128(journal)).await.expect("a catalog")
}

fn is_inferred(fact: &CallFact) -> bool {
    matches!(fact.kind, FactKind::InferredEnd { .. })
}

/// The seconds of each session, as the contract's SQL makes them of these facts in PostgreSQL. The
/// table says what our view of that name says.
fn run_contract_query(database: &Database, facts: &[CallFact]) -> BTreeMap<String, u64> {
    let really_ended: BTreeSet<&str> = facts
        .iter()
        .filter(|fact| fact.kind == FactKind::End)
        .map(|fact| fact.session_id.as_str())
        .collect();
    let mut insert = "CREATE TABLE widget_analytics
            (widget_id uuid, session_id text, event_type text, timestamp timestamptz);
        INSERT INTO widget_analytics VALUES "
        .to_owned();
    for (number, fact) in facts.iter().enumerate() {
        let CallFact { widget_id, session_id, at, .. } = fact;
        let event_type = match fact.kind {
            FactKind::Start => "call_start",
            _ if is_inferred(fact) && really_ended.contains(&**session_id) => "call_end_superseded",
            _ => "call_end",
        };
        let separator = if number == 0 { "" } else { "," };
        let time = at.to_rfc3339();
        write!(insert, "{separator}('{widget_id}', '{session_id}', '{event_type}', '{time}')")
            .expect("written");
    }
    database.run(&insert);
    let answer = database.run(VERBATIM);
    let read = |line: &str| {
        let columns: Vec<&str> = line.split('|').collect();
        let seconds = columns[4].split('.').next().unwrap_or_default();
        (columns[1].to_owned(), seconds.parse().expect("whole seconds"))
    };
    answer.lines().map(read).collect()
}

/// The seconds of each session by the report of usage.
async fn reported(server: &TestServer) -> BTreeMap<String, u64> {
    let path = "/api/billing/usage?from=2026-11-21&group=session&format=csv";
    let file = server.get(path).await.text;
    let columns: Vec<&str> = file.lines().next().expect("a heading").split(',').collect();
    let place = |name: &str| columns.iter().position(|column| *column == name).expect("a column");
    let (session, calls, seconds) =
        (place("session_id"), place("calls"), place("billable_seconds"));
    let read = |line: &str| {
        let row: Vec<&str> = line.split(',').collect();
        assert_eq!(row[calls], "1", "{line}");
        (row[session].to_owned(), row[seconds].parse().expect("seconds"))
    };
    file.lines().skip(1).map(read).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_postgresql_end_each_of_ten_thousand_orphans_once() {
    const CALLS: usize = 10_000;
    let servers = TwoServers::start().await;
    servers.one.tariff().await;
    let widget = servers.one.widget("Help", &json!({})).await;
    let session = |call: usize| format!("session-{call}");
    // Of half of the calls that end the other server hears the end.
    let mut sent = [Vec::new(), Vec::new()];
    for call in 0..CALLS {
        sent[call % 2].push(at(&widget, &session(call), "call_start", 0));
        if call % 3 != 0 {
            sent[call / 2 % 2].push(at(&widget, &session(call), "call_end", 60));
        }
    }
    let orphans = CALLS.div_ceil(3);
    servers.track(&sent).await;
    servers.one.clock.advance_seconds(3_600);

    let completed = servers.complete().await;
    assert_eq!(completed.iter().sum::<u64>(), orphans as u64, "{completed:?}");
    assert_eq!(servers.complete().await, [0, 0], "claimed, and not projected yet");
    servers.project().await;
    assert_eq!(servers.complete().await, [0, 0]);
    let facts = servers.facts().await;
    let ends: Vec<&CallFact> = facts.iter().filter(|fact| is_inferred(fact)).collect();
    let ended: BTreeSet<&str> = ends.iter().map(|fact| &*fact.session_id).collect();
    assert_eq!((ends.len(), ended.len()), (orphans, orphans), "one each in both journals together");
    let before = reported(&servers.one).await;
    assert_eq!(before.len(), CALLS);
    assert_eq!(before.values().filter(|seconds| **seconds == 1_800).count(), orphans);

    // A third of the real ends come after all.
    let mut sent = [Vec::new(), Vec::new()];
    for call in (0..CALLS).step_by(9) {
        sent[call % 2].push(at(&widget, &session(call), "call_end", 90));
    }
    servers.track(&sent).await;
    let facts = servers.facts().await;
    assert_eq!(facts.iter().filter(|fact| is_inferred(fact)).count(), orphans, "both stay");
    let after = reported(&servers.one).await;
    assert_eq!(reported(&servers.other).await, after, "whichever server is asked");
    assert_eq!(after.values().filter(|seconds| **seconds == 90).count(), CALLS.div_ceil(9));
    assert_eq!(run_contract_query(&servers.database, &facts), after);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_sent_to_both_servers_counts_once() {
    let servers = TwoServers::start().await;
    let widget = servers.one.widget("Help", &json!({})).await;
    let mut events = [at(&widget, "s", "call_start", 0), at(&widget, "s", "call_end", 60)];
    for (event, id) in events.iter_mut().zip(["start", "end"]) {
        event["id"] = id.into();
    }
    // As a page does that heard no answer from the first.
    servers.one.clock.advance_seconds(60);
    servers.track(&[events.to_vec(), events.to_vec()]).await;
    assert_eq!(servers.facts().await.len(), 4, "each journal holds both");
    assert_eq!(reported(&servers.one).await, BTreeMap::from([("s".to_owned(), 60)]));
}
