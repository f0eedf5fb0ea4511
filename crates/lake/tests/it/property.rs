//! Any events, in any number of writes: the counts are those of a naive evaluator.

use std::collections::BTreeSet;

use domain::event::{Category, Event};
use domain::question::{Filters, Period, Scope, Totals};
use engine::ports::lake::{LakeQuestions, LakeWriter};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Fixture, MIDNIGHT, PROJECT, any_zone, event};
use domain::time::Timestamp;

const NAMES: [(Category, &str); 5] = [
    (Category::Heatmap, "pageview"),
    (Category::Heatmap, "click"),
    (Category::Friction, "rage_click"),
    (Category::Friction, "javascript_error"),
    (Category::Behavior, "pageview"),
];

fn any_event() -> impl Strategy<Value = Event> {
    let id = any::<u128>();
    let seconds = -9 * 86_400..2 * 86_400_i64;
    let who = (proptest::option::of(0..4_u8), proptest::option::of(0..6_u8));
    (id, seconds, 0..NAMES.len(), who, any::<bool>(), 0..8_u8).prop_map(
        |(id, seconds, name, (visitor, session), is_ours, bot)| {
            let (category, name) = NAMES[name];
            let mut event = event(id, seconds, category, name);
            event.visitor_id = visitor.map(|n| format!("visitor-{n}"));
            event.session_id = session.map(|n| format!("session-{n}"));
            event.bot = (bot == 0).then(|| "rule".to_owned());
            if !is_ours {
                event.project_id = domain::id::ProjectId(uuid::Uuid::from_u128(8));
            }
            event
        },
    )
}

fn naive(events: &[Event], scope: &Scope, period: Period) -> Totals {
    let matching: Vec<&Event> = events
        .iter()
        .filter(|e| e.project_id == scope.project_id)
        .filter(|e| period.from() <= e.occurred_at && e.occurred_at < period.to())
        .filter(|e| scope.filters.include_bots || e.bot.is_none())
        .collect();
    let distinct = |of: &dyn Fn(&Event) -> Option<String>| {
        matching.iter().filter_map(|e| of(e)).collect::<BTreeSet<_>>().len() as u64
    };
    let is_friction = |e: &&&Event| e.category == Category::Friction;
    let is_view = |e: &&&Event| e.category == Category::Heatmap && e.name == "pageview";
    Totals {
        events: matching.len() as u64,
        page_views: matching.iter().filter(is_view).count() as u64,
        visitors: distinct(&|e| e.visitor_id.clone()),
        sessions: distinct(&|e| e.session_id.clone()),
        friction: matching.iter().filter(is_friction).count() as u64,
        friction_sessions: distinct(&|e| {
            e.session_id.clone().filter(|_| e.category == Category::Friction)
        }),
    }
}

#[test]
fn counts_equal_those_of_a_naive_evaluator() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let period = (-2 * 86_400..86_400_i64, 1..5 * 86_400_i64, any_zone());
    let cases = (proptest::collection::vec(any_event(), 0..60), 1..20_usize, period, any::<bool>());
    let result = runner.run(&cases, |(events, flush, (from, length, zone), include_bots)| {
        let at = |seconds| Timestamp::from_seconds(MIDNIGHT + seconds);
        let period = Period::new(at(from), at(from + length)).expect("period").in_zone(zone);
        let filters = Filters { include_bots, ..Filters::default() };
        let scope = Scope { project_id: PROJECT, period, filters };
        let (before, after) = runtime.block_on(async {
            let fixture = Fixture::new().await;
            for part in events.chunks(flush) {
                fixture.write(part.to_vec()).await;
            }
            let before = fixture.lake.overview(&scope).await.expect("answer");
            fixture.lake.maintain(at(20 * 86_400)).await.expect("maintain");
            (before, fixture.lake.overview(&scope).await.expect("answer"))
        });
        prop_assert_eq!(&before.totals, &naive(&events, &scope, period));
        prop_assert_eq!(&before.previous, &naive(&events, &scope, period.previous()));
        for (period, series) in
            [(period, &before.series), (period.previous(), &before.previous_series)]
        {
            let ends = series.iter().skip(1).map(|bucket| bucket.at).chain([period.to()]);
            for (bucket, end) in series.iter().zip(ends) {
                let part = Period::new(bucket.at.max(period.from()), end).expect("a bucket");
                prop_assert_eq!(&bucket.totals, &naive(&events, &scope, part));
            }
        }
        prop_assert_eq!(before, after);
        Ok(())
    });
    result.expect("holds");
}
