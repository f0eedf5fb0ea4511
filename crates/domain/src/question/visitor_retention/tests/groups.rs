//! Groups worked by hand, and any visitors in any order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn value(text: &str) -> GroupValue {
    GroupValue::Value(text.to_owned())
}

fn visitors(answer: &RetentionAnswer) -> Vec<(GroupValue, u64)> {
    answer.groups.iter().map(|group| (group.value.clone(), group.visitors)).collect()
}

/// Three days, the third goes on. Of KE: new on day 0, back on 1; new on 1, back on 2; new on 2. Without a country: new on
/// day 0, never back. Of TZ: known before. So of KE 3 visitors, offset 0: 2 of 2, offset 1: 1 of 1 (day 0 alone).
#[test]
fn a_group_has_its_own_average() {
    let days = calendar("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", "UTC", RetentionUnit::Day);
    let mut tally = RetentionTally::new(&days, at("2026-11-03T12:00:00Z")).with_groups(&[
        value("KE"),
        value("TZ"),
        GroupValue::Without,
        GroupValue::Others,
    ]);
    for (visits, group) in [
        (set(&[0, 1]), 0),
        (set(&[1, 2]), 0),
        (set(&[2]), 0),
        (set(&[0]), 2),
        (set(&[-1, 0, 1]), 1),
    ] {
        tally.add(&visits, &visits, Some(group));
    }
    let found = tally.finish(0);
    assert_eq!(visitors(&found), [(value("KE"), 3), (GroupValue::Without, 1)]);
    let counts = |average: &[RetentionAverage]| -> Vec<_> {
        average.iter().map(|it| (it.offset, it.returned, it.visitors)).collect()
    };
    assert_eq!(counts(&found.groups[0].average), [(0, 2, 2), (1, 1, 1)]);
    assert_eq!(counts(&found.groups[1].average), [(0, 1, 1), (1, 0, 1)]);
    assert_eq!(counts(&found.average), [(0, 3, 3), (1, 1, 2)]);
}

/// Twelve values of which `v00` has most visitors; `v08` to `v11` have one each, so the order of the texts decides.
#[test]
fn the_largest_values_are_groups_and_the_rest_are_one() {
    let mut largest = LargestGroups::default();
    for number in (0..12_i64).rev() {
        let visitors = u64::try_from(9 - number.min(8)).expect("positive");
        largest.add(Some(&format!("v{number:02}")), number, visitors);
    }
    largest.add(None, 100, 50);
    largest.add(Some(""), 101, 50);
    let groups = largest.finish();
    let names: Vec<GroupValue> = (0..10).map(|number| value(&format!("v{number:02}"))).collect();
    assert_eq!(groups.values()[..10], names);
    assert_eq!(groups.values()[10..], [GroupValue::Without, GroupValue::Others]);
    assert_eq!(
        [0, 9, 10, 11, 77].map(|it| groups.group_of(Some(it))),
        [0, 9, 11, 11, 11].map(Some)
    );
    assert_eq!([Some(100), Some(101), None].map(|it| groups.group_of(it)), [Some(10); 3]);
}

#[test]
fn one_value_alone_leaves_out_all_other_visitors() {
    let kenya = SessionGrouping::only("KE", vec![7, 3]);
    assert_eq!(kenya.values(), [value("KE")]);
    let sessions = [Some(3), Some(7), Some(5), None];
    assert_eq!(sessions.map(|it| kenya.group_of(it)), [Some(0), Some(0), None, None]);
    let without = SessionGrouping::only("", vec![3]);
    assert_eq!(without.values(), [GroupValue::Without]);
    assert_eq!(sessions.map(|it| without.group_of(it)), [Some(0), None, None, Some(0)]);
}

/// A visitor: the units of the first and of the returning action, and the first session, whose number decides on its value.
type AnyVisitor = (Vec<i64>, Vec<i64>, Option<i64>);

fn any_visitors() -> impl Strategy<Value = Vec<AnyVisitor>> {
    let units = || proptest::collection::vec(-1..12_i64, 0..5);
    let session = proptest::option::weighted(0.9, 0..60_i64);
    proptest::collection::vec((units(), units(), session), 0..120)
}

/// Twenty-three values; session 0 has none.
fn value_of(session: i64) -> Option<String> {
    (session > 0).then(|| format!("v{}", session * 7 % 23))
}

fn groups_of(visitors: &[AnyVisitor], empty: &RetentionTally) -> SessionGrouping {
    let is_member = |it: &&AnyVisitor| empty.cohort(&set(&it.0)).is_some();
    let mut sessions: BTreeMap<i64, u64> = BTreeMap::new();
    for session in visitors.iter().filter(is_member).filter_map(|(_, _, session)| *session) {
        *sessions.entry(session).or_default() += 1;
    }
    let mut by_value: Vec<_> =
        sessions.into_iter().map(|(session, count)| (value_of(session), session, count)).collect();
    by_value.sort();
    let mut largest = LargestGroups::default();
    for (value, session, count) in by_value {
        largest.add(value.as_deref(), session, count);
    }
    largest.finish()
}

fn answer(visitors: &[AnyVisitor], days: &CohortCalendar, now: Timestamp) -> RetentionAnswer {
    let tally = RetentionTally::new(days, now);
    let groups = groups_of(visitors, &tally);
    let mut tally = tally.with_groups(groups.values());
    for (first, returning, session) in visitors {
        tally.add(&set(first), &set(returning), groups.group_of(*session));
    }
    tally.finish(0)
}

proptest! {
    /// Visitors, and the ones who return after each offset, add up to what all cohorts have; values are the ones with most
    /// visitors by a count of its own; and neither order nor repeated visits change anything.
    #[test]
    fn groups_add_up_to_all_visitors_in_any_order(
        (visitors, shuffled) in any_visitors().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        begun in 1..14_i64,
    ) {
        let days =
            calendar("2026-11-01T00:00:00Z", "2026-11-13T00:00:00Z", "UTC", RetentionUnit::Day);
        let now = days.from().plus_seconds(begun * 86_400 - 3_600);
        let found = answer(&visitors, &days, now);
        let repeated = |units: &[i64]| units.iter().rev().chain(units).copied().collect();
        let shuffled: Vec<AnyVisitor> = shuffled
            .iter()
            .map(|(first, returning, session)| (repeated(first), repeated(returning), *session))
            .collect();
        prop_assert_eq!(&answer(&shuffled, &days, now), &found);

        let sum = |count: &dyn Fn(&RetentionGroup) -> u64| found.groups.iter().map(count).sum::<u64>();
        let cohorts: u64 = found.cohorts.iter().map(|cohort| cohort.visitors).sum();
        prop_assert_eq!(sum(&|group| group.visitors), cohorts);
        for all in &found.average {
            let of = |group: &RetentionGroup| {
                let same = group.average.iter().find(|it| it.offset == all.offset);
                same.map_or((0, 0), |it| (it.returned, it.visitors))
            };
            prop_assert_eq!(sum(&|group| of(group).0), all.returned);
            prop_assert_eq!(sum(&|group| of(group).1), all.visitors);
        }

        let mut counted: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for (first, _, session) in &visitors {
            let earliest = first.iter().min();
            if earliest.is_some_and(|unit| (0..begun.min(12)).contains(unit)) {
                *counted.entry(session.and_then(value_of)).or_default() += 1;
            }
        }
        let without = counted.remove(&None);
        let mut named: Vec<(String, u64)> =
            counted.into_iter().filter_map(|(value, count)| Some((value?, count))).collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let others: u64 = named.iter().skip(MAX_GROUPS).map(|(_, count)| count).sum();
        let mut expected: Vec<(GroupValue, u64)> =
            named.into_iter().take(MAX_GROUPS).map(|(text, count)| (GroupValue::Value(text), count)).collect();
        expected.extend(without.map(|count| (GroupValue::Without, count)));
        expected.extend((others > 0).then_some((GroupValue::Others, others)));
        let values: BTreeSet<_> = found.groups.iter().map(|group| format!("{:?}", group.value)).collect();
        prop_assert_eq!(values.len(), found.groups.len());
        prop_assert_eq!(self::visitors(&found), expected);
    }
}
