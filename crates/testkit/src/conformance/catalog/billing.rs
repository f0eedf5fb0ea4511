//! Tariffs, closed months, adjustments, and the runs of session completion.

use domain::billing::{
    AdjustmentReason, Basis, Calendar, EndSource, FactKind, Measure, Rounding, Tariff, Usage,
    measure,
};
use domain::money::Currency;
use domain::zone::Zone;
use engine::ports::catalog::{CallFilter, CallTotals, CleanupCount, CleanupRun, ProjectCallFact};
use uuid::Uuid;

use super::CatalogHarness;
use super::calls::{all, fact};
use super::fixtures::{NOON, project_id, taken_field, two_projects, widget_id};

fn tariff(price_minor: i64) -> Tariff {
    let currency = Currency::parse("TZS").unwrap();
    Tariff {
        currency,
        price_minor,
        basis: Basis::TalkTime,
        rounding: Rounding::PerSecond,
        free_seconds: 0,
    }
}

/// Also after a restart; other projects have none.
pub async fn a_tariff_is_what_it_was_last_set_to<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    ports.billing.set_tariff(project_id(1), &tariff(1)).await.unwrap();
    let last = Tariff { rounding: Rounding::PerStartedMinute, free_seconds: 10, ..tariff(2) };
    ports.billing.set_tariff(project_id(1), &last).await.unwrap();
    store.reopen().await;
    let billing = store.ports().billing;
    assert_eq!(billing.tariff(project_id(1)).await.unwrap(), Some(last));
    assert_eq!(billing.tariff(project_id(2)).await.unwrap(), None);
}

/// With the calls begun in it, as they are.
pub async fn a_month_is_closed_once_with_its_usage<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let calendar = Calendar::new(Zone::parse("Africa/Dar_es_Salaam").unwrap(), []);
    let month = calendar.closing(calendar.month_of(NOON));
    let before = month.starts_at.micros_since(NOON) / 1_000_000 - 1;
    let facts = [
        fact(1, "a", FactKind::Start, 0),
        fact(2, "a", FactKind::End, 60),
        fact(3, "b", FactKind::Start, 0),
        fact(4, "b", FactKind::Error, 5),
        fact(5, "c", FactKind::Start, before),
        fact(6, "c", FactKind::End, 0),
        ProjectCallFact { project_id: project_id(2), ..fact(7, "d", FactKind::Start, 0) },
    ];
    ports.calls.apply(&facts, 1).await.unwrap();
    let closed = ports.billing.close(project_id(1), month, &tariff(3), NOON).await.unwrap();
    let usage =
        Usage { calls: 2, inferred_calls: 0, errors: 1, billable_seconds: 65, amount_minor: 195 };
    assert_eq!(closed.usage, usage);
    let again = ports.billing.close(project_id(1), month, &tariff(9), NOON).await;
    assert_eq!(taken_field(again), "billing period");
    let earlier = calendar.closing(month.month.previous());
    let first = ports.billing.close(project_id(1), earlier, &tariff(3), NOON).await.unwrap();
    assert_eq!(ports.billing.periods(project_id(1)).await.unwrap(), [closed, first]);
    assert_eq!(ports.billing.periods(project_id(2)).await.unwrap(), []);
}

/// What the store adds up is what each call's usage comes to, by every rule, of every kind of end.
pub async fn totals_are_the_sum_of_the_calls<S: CatalogHarness>() {
    let store = S::fresh().await;
    let calls = store.ports().calls;
    let inferred = FactKind::InferredEnd { started_at: NOON, source: EndSource::Timeout };
    let mut facts = vec![
        fact(1, "inferred", FactKind::Start, 0),
        fact(2, "inferred", inferred, 1_800),
        fact(3, "open", FactKind::Start, 7),
        fact(4, "error", FactKind::Start, 0),
        fact(5, "error", FactKind::Error, 59),
        // A clock was set back, and the end lies before the start.
        fact(6, "back", FactKind::Start, 50),
        fact(7, "back", FactKind::End, 40),
        fact(8, "next", FactKind::Start, 3),
        fact(9, "next", FactKind::Start, 64),
        fact(10, "next", FactKind::End, 124),
        ProjectCallFact { project_id: project_id(2), ..fact(11, "other", FactKind::Start, 0) },
    ];
    for (id, micros) in (20..).zip([0, 1, 999_999, 1_000_000, 59_999_999, 60_000_000, 70_000_001]) {
        let session = format!("s{id}");
        facts.push(fact(id * 10, &session, FactKind::Start, 0));
        let mut end = fact(id * 10 + 1, &session, FactKind::End, 0);
        end.fact.at = NOON.plus_micros(micros);
        facts.push(end);
    }
    calls.apply(&facts, 1).await.unwrap();
    let stored = calls.calls(project_id(1), all(), None, 100).await.unwrap();
    assert_eq!(stored.len(), 13);
    let tariffs = Rounding::ALL
        .into_iter()
        .flat_map(|rounding| [0, 10].map(|free| (rounding, free)))
        .map(|(rounding, free_seconds)| Some(Tariff { rounding, free_seconds, ..tariff(7) }))
        .chain([None]);
    for tariff in tariffs {
        let mut expected = Usage::default();
        for call in &stored {
            expected += Usage::of(&call.call, tariff.as_ref());
        }
        let filters = [(all(), measure(tariff.as_ref()))];
        let totals = calls.totals(project_id(1), &filters).await.unwrap();
        assert_eq!(totals[0].usage(tariff.as_ref()), expected, "{tariff:?}");
    }
    let none = CallFilter { widget_id: Some(widget_id(9)), ..all() };
    let filters = [(all(), Measure::SECONDS), (none, Measure::SECONDS)];
    let totals = calls.totals(project_id(1), &filters).await.unwrap();
    let CallTotals { calls: begun, with_end, with_real_end, .. } = totals[0];
    assert_eq!((begun, with_end, with_real_end), (13, 12, 9));
    assert_eq!(totals[0].first_started_at, Some(NOON));
    assert_eq!(totals[0].last_ended_at, Some(NOON.plus_seconds(1_800)));
    assert_eq!(totals[1], CallTotals::default());
}

/// The fact, received so many days after noon.
fn received(days: i64, mut fact: ProjectCallFact) -> ProjectCallFact {
    fact.fact.arrival.received_at = NOON.plus_seconds(days * 86_400);
    fact
}

/// By the tariff it was closed with; facts that change nothing leave no trace, other months none.
pub async fn late_facts_of_a_closed_month_are_adjustments<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let calendar = Calendar::new(Zone::parse("Africa/Dar_es_Salaam").unwrap(), []);
    let month = calendar.closing(calendar.month_of(NOON));
    let inferred = FactKind::InferredEnd { started_at: NOON, source: EndSource::Timeout };
    let facts = [fact(1, "a", FactKind::Start, 0), fact(2, "a", inferred, 1_800)];
    ports.calls.apply(&facts, 1).await.unwrap();
    let closed = ports.billing.close(project_id(1), month, &tariff(3), NOON).await.unwrap();
    let next_month = month.ends_at.micros_since(NOON) / 1_000_000;
    let late = [
        fact(3, "a", FactKind::End, 60),
        fact(4, "b", FactKind::Start, 0),
        fact(5, "c", FactKind::Start, next_month),
    ];
    ports.calls.apply(&late.map(|fact| received(2, fact)), 2).await.unwrap();
    ports.calls.apply(&[received(3, fact(6, "a", FactKind::End, 61))], 3).await.unwrap();
    ports.calls.apply(&[received(4, fact(7, "b", FactKind::End, 9))], 4).await.unwrap();
    let listed = ports.billing.list_adjustments(project_id(1), None, 10).await.unwrap();
    let mut adjustments: Vec<(u64, &str, AdjustmentReason, i64, i64)> = listed
        .iter()
        .map(|row| {
            let Usage { calls, amount_minor, .. } = row.difference;
            (row.record.position, row.session_id.as_str(), row.reason, calls, amount_minor)
        })
        .collect();
    assert!(adjustments.is_sorted_by_key(|row| std::cmp::Reverse(row.0)), "latest first");
    assert!(listed.iter().all(|row| row.record.journal == store.journal()));
    assert_eq!(listed[0].noted_at, NOON.plus_seconds(4 * 86_400));
    adjustments.sort_by_key(|row| (row.0, row.1));
    let expected = [
        (2, "a", AdjustmentReason::RealEnd, 0, (60 - 1_800) * 3),
        (2, "b", AdjustmentReason::LateCall, 1, 0),
        (4, "b", AdjustmentReason::LateEnd, 0, 9 * 3),
    ];
    assert_eq!(adjustments, expected);
    let mut paged = Vec::new();
    let mut after = None;
    while let Some(row) =
        ports.billing.list_adjustments(project_id(1), after, 1).await.unwrap().pop()
    {
        after = Some(row.cursor());
        paged.push(row);
    }
    assert_eq!(paged, listed);
    let begun = ports.billing.adjustments(project_id(1), all().period).await.unwrap();
    assert_eq!(begun.len(), 3);
    assert_eq!(ports.billing.periods(project_id(1)).await.unwrap(), [closed]);
    assert_eq!(ports.billing.adjustments(project_id(2), all().period).await.unwrap(), []);
    assert_eq!(ports.billing.list_adjustments(project_id(2), None, 10).await.unwrap(), []);
}

/// Of each project by itself, latest first, until they are pruned.
pub async fn each_project_sees_its_own_cleanup_runs<S: CatalogHarness>() {
    let store = S::fresh().await;
    let runs = store.ports().cleanup_runs;
    let run = |number: u128, count| CleanupRun {
        id: Uuid::from_u128(number),
        started_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        count,
    };
    let count = |checked, completed| CleanupCount { checked, completed };
    let own = [(project_id(1), count(3, 2)), (project_id(2), count(4, 4))];
    assert_eq!(runs.last_run().await.unwrap(), None);
    runs.record_run(&run(1, count(7, 6)), &own).await.unwrap();
    assert_eq!(runs.last_run().await.unwrap(), Some(run(1, count(7, 6))));
    runs.record_run(&run(2, count(0, 0)), &[]).await.unwrap();
    assert_eq!(runs.last_run().await.unwrap(), Some(run(2, count(0, 0))));
    let latest = run(2, count(0, 0));
    let adjustments = runs.runs(project_id(1), 10).await.unwrap();
    assert_eq!(adjustments, [latest.clone(), run(1, count(3, 2))]);
    assert_eq!(runs.runs(project_id(2), 10).await.unwrap()[1], run(1, count(4, 4)));
    assert_eq!(runs.runs(project_id(9), 10).await.unwrap()[1], run(1, count(0, 0)));
    assert_eq!(runs.runs(project_id(1), 1).await.unwrap(), std::slice::from_ref(&latest));
    runs.prune_runs(NOON.plus_seconds(2)).await.unwrap();
    assert_eq!(runs.runs(project_id(1), 10).await.unwrap(), [latest]);
}
