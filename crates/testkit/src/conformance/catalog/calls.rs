//! The projection of calls, and the claims on ends that are missing.

use domain::billing::{
    Arrival, Basis, CallFact, EndKind, EndSource, FactKind, InferredEnd, Measure, SpanDifference,
};
use domain::id::{EventId, ProjectId};
use domain::question::Period;
use engine::ports::catalog::{CallFilter, CallStore, OrphanClaim, ProjectCallFact, StoredCall};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, widget_id};

/// A fact of project 1 and widget 1, this many seconds after [`NOON`].
pub(super) fn fact(id: u128, session: &str, kind: FactKind, second: i64) -> ProjectCallFact {
    ProjectCallFact {
        project_id: project_id(1),
        fact: CallFact {
            id: EventId(Uuid::from_u128(id)),
            widget_id: widget_id(1),
            session_id: session.to_owned(),
            kind,
            at: NOON.plus_seconds(second),
            seq: None,
            arrival: Arrival { received_at: NOON.plus_seconds(second), position: 0 },
        },
    }
}

/// Every call of the days around [`NOON`].
pub(super) fn all() -> CallFilter {
    let from = NOON.plus_seconds(-86_400);
    CallFilter {
        period: Period::new(from, NOON.plus_seconds(86_400)).unwrap(),
        widget_id: None,
        differing_only: false,
    }
}

async fn of(calls: &dyn CallStore, project: ProjectId) -> Vec<StoredCall> {
    calls.calls(project, all(), None, 100).await.unwrap()
}

fn orphan_end(orphan: engine::ports::catalog::Orphan, second: i64) -> OrphanClaim {
    let end = InferredEnd { at: NOON.plus_seconds(second), source: EndSource::Timeout };
    OrphanClaim { orphan, end }
}

/// Rows and position are one; no project need exist.
pub async fn the_calls_position_moves_with_the_rows<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    let calls = store.ports().calls;
    assert_eq!(calls.position().await.unwrap(), 0);
    calls.apply(&[fact(1, "s", FactKind::Start, 0)], 5).await.unwrap();
    calls.apply(&[fact(2, "s", FactKind::End, 9)], 5).await.unwrap();
    calls.apply(&[fact(3, "s", FactKind::End, 9)], 4).await.unwrap();
    store.reopen().await;
    let calls = store.ports().calls;
    assert_eq!(calls.position().await.unwrap(), 5);
    let stored = of(&*calls, project_id(1)).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].call.end, None);
    assert!(stored[0].call.awaits_end);
}

/// One by one in any order, repeated, or all at once.
pub async fn calls_do_not_depend_on_the_order_of_their_facts<S: CatalogHarness>() {
    let facts = [
        fact(1, "s", FactKind::Start, 0),
        fact(2, "s", FactKind::Heartbeat, 30),
        fact(3, "s", FactKind::End, 60),
        fact(4, "s", FactKind::Start, 100),
        fact(5, "s", FactKind::Error, 110),
        fact(6, "t", FactKind::End, 10),
    ];
    let store = S::fresh().await;
    let calls = store.ports().calls;
    calls.apply(&facts, 1).await.unwrap();
    let expected = of(&*calls, project_id(1)).await;
    assert_eq!(expected.len(), 2);
    assert!(expected.iter().all(|stored| stored.session_started_at == NOON));
    for order in [[5, 4, 3, 2, 1, 0], [2, 0, 4, 1, 5, 3], [3, 2, 0, 5, 1, 4]] {
        let store = S::fresh().await;
        let calls = store.ports().calls;
        let mut position = 0;
        for index in order {
            for _ in 0..2 {
                position += 1;
                calls.apply(&[facts[index].clone()], position).await.unwrap();
            }
        }
        assert_eq!(of(&*calls, project_id(1)).await, expected);
    }
}

/// By the start of their session, whatever the page's size; and none beyond the period or widget.
pub async fn calls_come_in_pages<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    let mut facts: Vec<ProjectCallFact> = Vec::new();
    for (id, session) in (1..).zip(["a", "b", "c", "d"]) {
        let second = i64::try_from(id).unwrap();
        facts.push(fact(id * 10, session, FactKind::Start, 50 - second));
        facts.push(fact(id * 10 + 1, session, FactKind::Start, 100 + second));
    }
    calls.apply(&facts, 1).await.unwrap();
    let whole = of(&*calls, project_id(1)).await;
    let sessions: Vec<&str> = whole.iter().map(|call| call.session_id.as_str()).collect();
    assert_eq!(sessions, ["d", "d", "c", "c", "b", "b", "a", "a"]);
    let mut after = None;
    let mut paged = Vec::new();
    loop {
        let page = calls.calls(project_id(1), all(), after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.cursor());
        paged.extend(page);
    }
    assert_eq!(paged, whole);
    let from = NOON.plus_seconds(102);
    let period = Period::new(from, NOON.plus_seconds(104)).unwrap();
    let filter = CallFilter { period, widget_id: Some(widget_id(1)), ..all() };
    assert_eq!(calls.calls(project_id(1), filter, None, 9).await.unwrap().len(), 2);
    let filter = CallFilter { period, widget_id: Some(widget_id(2)), ..all() };
    assert_eq!(calls.calls(project_id(1), filter, None, 9).await.unwrap(), []);
}

/// As clocks of whole seconds make them: each is there, also where the same batch brings both, and on the
/// next page.
pub async fn calls_begun_at_the_same_instant_are_apart<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    let calls = store.ports().calls;
    let mut facts = [
        fact(1, "s", FactKind::Start, 0),
        fact(2, "s", FactKind::Error, 0),
        fact(3, "s", FactKind::Start, 0),
        fact(4, "s", FactKind::End, 120),
        fact(5, "t", FactKind::Start, 0),
        fact(6, "t", FactKind::End, 60),
    ];
    for (position, fact) in facts.iter_mut().enumerate() {
        fact.fact.arrival.position = position as u64;
    }
    // The order of arrival is that of the events, not that in which they are applied.
    facts.reverse();
    calls.apply(&facts[..4], 4).await.unwrap();
    calls.apply(&facts[4..], 6).await.unwrap();
    drop(calls);
    store.reopen().await;
    let calls = store.ports().calls;
    let mut seen = Vec::new();
    let mut after = None;
    while let [call] = &*calls.calls(project_id(1), all(), after, 1).await.unwrap() {
        after = Some(call.cursor());
        let seconds = call.call.duration_micros() / 1_000_000;
        seen.push((call.session_id.clone(), call.call.ordinal, seconds));
    }
    seen.sort();
    let expected = [("s", 0, 0), ("s", 1, 120), ("t", 0, 60)];
    assert_eq!(seen, expected.map(|(session, ordinal, it)| (session.to_owned(), ordinal, it)));
    let totals = calls.totals(project_id(1), &[(all(), Measure::SECONDS)]).await.unwrap()[0];
    assert_eq!((totals.talk_micros, totals.span_micros), (180_000_000, 180_000_000));
    assert_eq!((totals.calls, totals.errors, totals.differing_sessions), (3, 1, 0));
}

/// Both ways to measure a session, and the sessions for which they differ.
pub async fn spans_are_counted_next_to_talk_time<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    let facts = [
        fact(1, "two", FactKind::Start, 0),
        fact(2, "two", FactKind::End, 60),
        fact(3, "two", FactKind::Start, 3_540),
        fact(4, "two", FactKind::End, 3_600),
        fact(5, "one", FactKind::Start, 10),
        fact(6, "one", FactKind::End, 70),
        fact(7, "open", FactKind::Start, 20),
    ];
    calls.apply(&facts, 7).await.unwrap();
    let measure = Measure { basis: Basis::SessionSpan, ..Measure::SECONDS };
    let filters = [(all(), Measure::SECONDS), (all(), measure)];
    let totals = calls.totals(project_id(1), &filters).await.unwrap();
    assert_eq!(totals.iter().map(|it| it.units).collect::<Vec<_>>(), [180, 3_660]);
    assert_eq!((totals[0].talk_micros, totals[0].span_micros), (180_000_000, 3_660_000_000));
    assert_eq!(totals[0].differing_sessions, 1);
    let differing = CallFilter { differing_only: true, ..all() };
    let found = calls.calls(project_id(1), differing, None, 9).await.unwrap();
    let sessions: Vec<_> = found.iter().map(|call| &*call.session_id).collect();
    assert_eq!(sessions, ["two", "two"]);
    let span = found[0].call.span.clone().expect("at the first call");
    assert_eq!(span.differences, [SpanDifference::SeveralCalls]);
    assert_eq!(span.micros(), Some(3_600_000_000));
    assert_eq!(found[1].call.span, None);
}

/// In their order, from their start on, until they have an end of any kind.
pub async fn orphans_are_the_calls_without_an_end<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    let facts = [
        fact(1, "late", FactKind::Start, 20),
        fact(2, "early", FactKind::Start, 10),
        fact(3, "early", FactKind::Heartbeat, 15),
        fact(4, "ended", FactKind::Start, 0),
        fact(5, "ended", FactKind::End, 1),
        fact(6, "young", FactKind::Start, 31),
    ];
    calls.apply(&facts, 1).await.unwrap();
    let until = NOON.plus_seconds(30);
    let orphans = calls.orphans(until, None, 10).await.unwrap();
    let sessions: Vec<&str> = orphans.iter().map(|orphan| orphan.session_id.as_str()).collect();
    assert_eq!(sessions, ["early", "late"]);
    assert_eq!(orphans[0].last_heartbeat_at, Some(NOON.plus_seconds(15)));
    let rest = calls.orphans(until, Some(orphans[0].cursor()), 10).await.unwrap();
    assert_eq!(rest, orphans[1..]);
    let started_at = NOON.plus_seconds(10);
    let inferred = FactKind::InferredEnd { started_at, source: EndSource::Heartbeat };
    calls.apply(&[fact(7, "early", inferred, 15)], 2).await.unwrap();
    assert_eq!(calls.orphans(until, None, 10).await.unwrap(), orphans[1..]);
    let ended = of(&*calls, project_id(1)).await;
    let early = ended.iter().find(|stored| stored.session_id == "early").unwrap();
    assert_eq!(early.call.end.map(|end| end.kind), Some(EndKind::Inferred));
}

/// Of forty that claim at once, one wins; nobody else does until the claim is stale.
pub async fn one_of_concurrent_claims_succeeds<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    calls.apply(&[fact(1, "s", FactKind::Start, 0)], 1).await.unwrap();
    let orphan = calls.orphans(NOON, None, 10).await.unwrap().remove(0);
    let stale = NOON.plus_seconds(-120);
    let mut attempts = JoinSet::new();
    for claimant in 0..40_u128 {
        let calls = store.ports().calls;
        let claim = orphan_end(orphan.clone(), 7);
        let claimant = Uuid::from_u128(claimant);
        attempts.spawn(async move { calls.claim(&[claim], claimant, NOON, stale).await.unwrap() });
    }
    let won: Vec<OrphanClaim> = attempts.join_all().await.into_iter().flatten().collect();
    assert_eq!(won, [orphan_end(orphan.clone(), 7)]);
}

/// With the end of the first claim, by one only, and never once the end has been projected.
pub async fn a_stale_claim_is_taken_over_with_its_end<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    calls.apply(&[fact(1, "s", FactKind::Start, 0)], 1).await.unwrap();
    let orphan = calls.orphans(NOON, None, 10).await.unwrap().remove(0);
    let claim = |claimant, now: i64, end| {
        let now = NOON.plus_seconds(now);
        let claims = [orphan_end(orphan.clone(), end)];
        let calls = store.ports().calls;
        async move {
            calls
                .claim(&claims, Uuid::from_u128(claimant), now, now.plus_seconds(-120))
                .await
                .unwrap()
        }
    };
    assert_eq!(claim(1, 0, 7).await, [orphan_end(orphan.clone(), 7)]);
    assert_eq!(claim(2, 119, 8).await, []);
    assert_eq!(claim(2, 120, 8).await, [orphan_end(orphan.clone(), 7)]);
    assert_eq!(claim(3, 121, 9).await, []);
    calls.apply(&[fact(2, "s", FactKind::End, 5)], 2).await.unwrap();
    assert_eq!(claim(4, 9_999, 9).await, [], "it has an end by now");
}

/// The same session id in two projects names two sessions.
pub async fn calls_of_projects_stay_apart<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    let foreign = ProjectCallFact { project_id: project_id(2), ..fact(1, "s", FactKind::End, 9) };
    calls.apply(&[fact(1, "s", FactKind::Start, 0), foreign], 1).await.unwrap();
    assert_eq!(of(&*calls, project_id(1)).await[0].call.end, None);
    assert_eq!(of(&*calls, project_id(2)).await, []);
}
