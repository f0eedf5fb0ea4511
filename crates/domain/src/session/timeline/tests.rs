//! Each reason and duration, worked by hand; and any order, any repetition, the same visits.

use proptest::prelude::*;

use super::*;

/// Minutes after nine o'clock.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_251_600 + minutes * 60)
}

fn thread(marks: &[(i64, ObservationKind)]) -> SessionTimeline {
    let mut timeline = SessionTimeline::default();
    for (minutes, kind) in marks {
        timeline.observe(at(*minutes), *kind);
    }
    timeline
}

/// Visits as (start, end, reason), in minutes.
fn sessions(
    marks: &[(i64, ObservationKind)],
    openings: &[i64],
) -> Vec<(i64, Option<(i64, EndReason)>)> {
    let others = ConcurrentSessions {
        openings: openings.iter().map(|minutes| at(*minutes)).collect(),
        ends: BTreeSet::new(),
    };
    let minutes = |time: Timestamp| (time.seconds() - at(0).seconds()) / 60;
    let visits = thread(marks).sessions(&others);
    let ended = |visit: &Session| visit.ended.map(|ended| (minutes(ended.at), ended.reason));
    visits.iter().map(|visit| (minutes(visit.started_at), ended(visit))).collect()
}

const START: ObservationKind = ObservationKind::Start;
const ACTIVITY: ObservationKind = ObservationKind::Activity;
const SIGN_OUT: ObservationKind = ObservationKind::End(EndReason::SignOut);
const UNLOAD: ObservationKind = ObservationKind::End(EndReason::PageUnload);
const IDLE: ObservationKind = ObservationKind::End(EndReason::Idle);

#[test]
fn the_first_end_counts_and_what_the_page_says_after_it_changes_nothing() {
    let ended = vec![(0, Some((12, EndReason::SignOut)))];
    assert_eq!(sessions(&[(0, START), (12, SIGN_OUT)], &[]), ended);
    assert_eq!(sessions(&[(0, START), (12, SIGN_OUT), (13, UNLOAD), (12, SIGN_OUT)], &[]), ended);
    assert_eq!(sessions(&[(0, START), (12, SIGN_OUT), (13, ACTIVITY)], &[]), ended);
}

#[test]
fn a_start_after_an_end_is_another_visit() {
    let marks = [(0, START), (12, UNLOAD), (13, START), (20, ACTIVITY), (25, UNLOAD)];
    let expected =
        vec![(0, Some((12, EndReason::PageUnload))), (13, Some((25, EndReason::PageUnload)))];
    assert_eq!(sessions(&marks, &[]), expected);
}

#[test]
fn another_users_opening_ends_an_open_visit_and_no_idle_one() {
    assert_eq!(
        sessions(&[(0, START), (10, ACTIVITY)], &[20]),
        [(0, Some((20, EndReason::UserSwitch)))]
    );
    assert_eq!(sessions(&[(0, START), (10, ACTIVITY)], &[41]), [(0, None)]);
    assert_eq!(sessions(&[(5, START)], &[0, 5]), [(5, None)], "those who were there before");
}

#[test]
fn idleness_ends_a_session_at_its_last_activity() {
    let idle = (0, Some((20, EndReason::Idle)));
    assert_eq!(sessions(&[(0, START), (20, ACTIVITY), (20, IDLE)], &[]), [idle]);
    assert_eq!(sessions(&[(0, START), (20, ACTIVITY), (51, ACTIVITY)], &[]), [idle, (51, None)]);
    assert_eq!(
        sessions(&[(0, START), (20, ACTIVITY), (20, IDLE), (51, UNLOAD)], &[]),
        [idle],
        "an end after the silence comes too late"
    );
}

#[test]
fn late_activity_contradicts_an_inferred_end() {
    let marks = [(0, START), (20, ACTIVITY), (20, IDLE), (25, ACTIVITY)];
    assert_eq!(sessions(&marks, &[]), [(0, None)]);
    let marks = [(0, START), (20, ACTIVITY), (20, IDLE), (30, SIGN_OUT)];
    assert_eq!(sessions(&marks, &[]), [(0, Some((30, EndReason::SignOut)))]);
}

#[test]
fn no_visit_is_longer_than_a_day() {
    let marks: Vec<(i64, ObservationKind)> =
        (0..=100).map(|quarter| (quarter * 15, ACTIVITY)).collect();
    let day = 24 * 60;
    assert_eq!(sessions(&marks, &[]), [(0, Some((day, EndReason::MaxAge))), (day, None)]);
}

#[test]
fn an_end_without_a_name_concerns_whoever_is_there() {
    let mut others = ConcurrentSessions::default();
    others.add_anonymous(&thread(&[(12, UNLOAD)]));
    let visits = thread(&[(0, START)]).sessions(&others);
    assert_eq!(visits[0].ended, Some(SessionEnd { at: at(12), reason: EndReason::PageUnload }));
}

fn parts(intervals: &[(i64, i64)]) -> TimelineParts {
    let intervals = intervals.iter().map(|(first, last)| (at(*first), at(*last))).collect();
    TimelineParts { intervals, ..TimelineParts::default() }
}

#[test]
fn what_no_thread_keeps_is_refused() {
    assert_eq!(SessionTimeline::from_parts(parts(&[(5, 4)])), Err(InvalidTimeline::Reversed));
    assert_eq!(
        SessionTimeline::from_parts(parts(&[(90, 95), (0, 9)])),
        Err(InvalidTimeline::Unordered)
    );
    assert_eq!(
        SessionTimeline::from_parts(parts(&[(0, 9), (9, 20)])),
        Err(InvalidTimeline::Unordered)
    );
    let ends = BTreeSet::from([(at(3), EndReason::Idle)]);
    let parts = TimelineParts { ends, ..TimelineParts::default() };
    assert_eq!(SessionTimeline::from_parts(parts), Err(InvalidTimeline::IdleEnd));
}

#[test]
fn what_was_kept_under_other_limits_comes_under_those_of_today() {
    let near = SessionTimeline::from_parts(parts(&[(0, 5), (35, 40), (71, 72)])).expect("a thread");
    assert_eq!(near.parts(), parts(&[(0, 40), (71, 72)]));
    let many = TimelineParts { starts: (0..1_100).map(at).collect(), ..TimelineParts::default() };
    let kept = SessionTimeline::from_parts(many).expect("a thread").parts();
    assert_eq!(kept.starts, (0..1_000).map(at).collect());
}

fn mark() -> impl Strategy<Value = (i64, ObservationKind)> {
    let kind = prop_oneof![
        2 => Just(ObservationKind::Start),
        6 => Just(ObservationKind::Activity),
        3 => proptest::sample::select(EndReason::ALL.to_vec()).prop_map(ObservationKind::End),
    ];
    (0..3_000_i64, kind)
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_give_the_same_sessions(
        marks in proptest::collection::vec(mark(), 0..40),
        shuffled in any::<proptest::sample::Index>(),
        repeated in proptest::collection::vec(any::<proptest::sample::Index>(), 0..20),
        openings in proptest::collection::vec(0..3_000_i64, 0..4),
    ) {
        let mut again = marks.clone();
        if !marks.is_empty() {
            again.extend(repeated.iter().map(|index| marks[index.index(marks.len())]));
            again.rotate_left(shuffled.index(marks.len()));
            again.reverse();
        }
        prop_assert_eq!(sessions(&marks, &openings), sessions(&again, &openings));
        prop_assert_eq!(thread(&marks), thread(&again));
        prop_assert_eq!(SessionTimeline::from_parts(thread(&marks).parts()), Ok(thread(&marks)));
    }

    #[test]
    fn sessions_follow_each_other_and_last_a_day_at_most(
        marks in proptest::collection::vec(mark(), 0..60),
        openings in proptest::collection::vec(0..3_000_i64, 0..4),
    ) {
        let visits = sessions(&marks, &openings);
        for (start, ended) in &visits {
            if let Some((end, _)) = ended {
                prop_assert!(start <= end && end - start <= 24 * 60);
            }
        }
        for pair in visits.windows(2) {
            let end = pair[0].1.expect("only the last is open").0;
            prop_assert!(end <= pair[1].0 && pair[0].0 < pair[1].0);
        }
    }
}
