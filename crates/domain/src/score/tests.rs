//! Properties of the lead score.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_795_262_400);

fn signal(id: u128, name: &str, age_days: i64) -> Signal {
    Signal {
        event_id: EventId(Uuid::from_u128(id)),
        name: name.to_owned(),
        occurred_at: NOW.plus_seconds(-age_days * 86_400),
        session_id: None,
    }
}

fn points(score: &Score, group: Group) -> f64 {
    score.groups.iter().find(|found| found.group == group).map_or(0.0, |found| found.points)
}

#[test]
fn an_event_weighs_half_after_a_half_life() {
    let weights = Weights::default();
    let fresh = score(&[signal(1, "contact_click", 0)], &weights, NOW);
    let old = score(&[signal(1, "contact_click", 30)], &weights, NOW);
    assert!((points(&fresh, Group::ContactClicks) - 10.0).abs() < 1e-9);
    assert!((points(&old, Group::ContactClicks) - 5.0).abs() < 1e-9);
    // The click and its recency.
    assert_eq!((fresh.score, old.score), (20, 10));
}

#[test]
fn a_group_gives_its_cap_at_most_and_its_events_share_it() {
    let signals: Vec<Signal> = (0..40).map(|id| signal(id, "property_view", 0)).collect();
    let scored = score(&signals, &Weights::default(), NOW);
    assert!((points(&scored, Group::Views) - 20.0).abs() < 1e-9);
    let share: f64 = scored
        .contributions
        .iter()
        .filter(|found| found.group == Group::Views)
        .map(|found| found.points)
        .sum();
    assert!((share - 20.0).abs() < 1e-9);
}

#[test]
fn fit_and_engagement_are_summed() {
    let mut signals = vec![signal(1, KNOWN_EMAIL, 400), signal(2, KNOWN_PHONE, 400)];
    assert!((score(&signals, &Weights::default(), NOW).fit - 10.0).abs() < 1e-9);
    for (id, session) in [(3, "a"), (4, "b")] {
        let session_id = Some(session.to_owned());
        signals.push(Signal { session_id, ..signal(id, "search", 400) });
    }
    assert!((score(&signals, &Weights::default(), NOW).fit - 15.0).abs() < 1e-9);
}

#[test]
fn nothing_known_scores_nothing() {
    let scored = score(&[signal(1, "something_else", 0)], &Weights::default(), NOW);
    assert_eq!(scored.score, 0);
    assert!(scored.contributions.is_empty());
}

#[test]
fn weights_out_of_range_are_named() {
    assert_eq!(Weights::default().check(), Ok(()));
    let mut weights = Weights::default();
    weights.searches.weight = -1.0;
    let refused = weights.check().expect_err("refused").to_string();
    assert!(refused.starts_with("searches.weight"), "{refused}");
    let mut weights = Weights::default();
    weights.views.cap = 60.0;
    assert_eq!(weights.check(), Err(InvalidWeights::Above100));
    let endless = Weights { half_life_days: f64::INFINITY, ..Weights::default() };
    assert!(endless.check().is_err());
}

fn any_signal() -> impl Strategy<Value = Signal> {
    let names = prop_oneof![
        Just("property_view"),
        Just("search"),
        Just("contact_click"),
        Just("booking.started"),
        Just("villa.viewed"),
        Just(KNOWN_EMAIL),
        Just("unknown"),
    ];
    (0_u128..30, names, 0_i64..90, proptest::option::of("[ab]"))
        .prop_map(|(id, name, age, session_id)| Signal { session_id, ..signal(id, name, age) })
}

proptest! {
    #[test]
    fn neither_order_nor_repetition_changes_a_score(
        signals in proptest::collection::vec(any_signal(), 0..40)
            .prop_map(|signals| {
                // One id names one event.
                let mut seen = BTreeSet::new();
                signals.into_iter().filter(|signal| seen.insert(signal.event_id)).collect::<Vec<_>>()
            })
            .prop_flat_map(|signals| {
                let repeated: Vec<Signal> =
                    signals.iter().chain(signals.iter().step_by(2)).cloned().collect();
                (Just(signals), Just(repeated).prop_shuffle())
            }),
    ) {
        let (once, shuffled) = signals;
        let weights = Weights::default();
        let scored = score(&once, &weights, NOW);
        prop_assert_eq!(&scored, &score(&shuffled, &weights, NOW));
        prop_assert!(scored.score <= 100);
        let shares: f64 = scored.contributions.iter().map(|found| found.points).sum();
        prop_assert!(shares <= scored.engagement + 1e-6);
    }
}
