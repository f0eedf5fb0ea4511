//! Session spans and talk time.

use proptest::prelude::*;

use super::*;

fn span(facts: &[CallFact]) -> SessionSpan {
    calls(facts)[0].span.clone().expect("the first call has it")
}

/// Both figures are right about different things.
#[test]
fn a_sessions_span_and_its_talk_time_differ_for_these_reasons() {
    let two_calls = [
        fact(1, FactKind::Start, 0),
        fact(2, FactKind::End, 60),
        fact(3, FactKind::Start, 3_540),
        fact(4, FactKind::End, 3_600),
    ];
    let seconds_of = |facts: &[CallFact]| {
        let talk: i64 = calls(facts).iter().map(seconds).sum();
        (talk, span(facts).micros().map(|micros| micros / 1_000_000), span(facts).differences)
    };
    assert_eq!(seconds_of(&two_calls), (120, Some(3_600), vec![SpanDifference::SeveralCalls]));
    let one = [fact(1, FactKind::Start, 0), fact(2, FactKind::End, 60)];
    assert_eq!(seconds_of(&one), (60, Some(60), vec![]));
    let open = [fact(1, FactKind::Start, 0)];
    assert_eq!(seconds_of(&open), (0, None, vec![]));
    let failed = [fact(1, FactKind::Start, 0), fact(2, FactKind::Error, 60)];
    assert_eq!(seconds_of(&failed), (60, None, vec![SpanDifference::CallError]));
    let ended_twice = [one[0].clone(), one[1].clone(), one[1].clone(), fact(3, FactKind::End, 90)];
    assert_eq!(seconds_of(&ended_twice), (60, Some(90), vec![SpanDifference::RepeatedEnd]));
    let superseded = [one[0].clone(), one[1].clone(), inferred(3, 0, EndSource::Timeout, 1_800)];
    assert_eq!(seconds_of(&superseded), (60, Some(60), vec![]));
    let moved = [
        fact(1, FactKind::Start, 0),
        inferred(2, 0, EndSource::Timeout, 1_800),
        fact(3, FactKind::Heartbeat, 300),
    ];
    assert_eq!(seconds_of(&moved), (300, Some(1_800), vec![SpanDifference::LateHeartbeat]));
    let early = [fact(1, FactKind::Start, 10), fact(2, FactKind::End, 4)];
    assert_eq!(seconds_of(&early), (0, Some(-6), vec![SpanDifference::EndBeforeStart]));
}

#[test]
fn a_bill_of_spans_counts_a_session_at_its_first_call() {
    let by_span = Tariff { basis: Basis::SessionSpan, ..tariff(Rounding::PerSecond, 0) };
    let all = calls(&[
        fact(1, FactKind::Start, 0),
        fact(2, FactKind::End, 60),
        fact(3, FactKind::Start, 90),
        fact(4, FactKind::Error, 95),
        fact(5, FactKind::End, 100),
    ]);
    let billed: Vec<i64> =
        all.iter().map(|call| Usage::of(call, Some(&by_span)).billable_seconds).collect();
    assert_eq!(billed, [100, 0]);
    let talk: Vec<i64> = all.iter().map(|call| Usage::of(call, None).billable_seconds).collect();
    assert_eq!(talk, [60, 5]);
}

proptest! {
    /// Where nothing is named, the report and the contract's query agree.
    #[test]
    fn spans_differ_from_talk_time_for_a_reason_only(
        facts in prop::collection::vec(any_fact(), 0..12),
    ) {
        let all = calls(&facts);
        prop_assert!(all.iter().skip(1).all(|call| call.span.is_none()));
        let Some(first) = all.first() else { return Ok(()) };
        let span = first.span.as_ref().expect("at the first call");
        let talk: i64 = all.iter().map(Call::duration_micros).sum();
        let is_same = span.micros().unwrap_or(0) == talk;
        prop_assert_eq!(is_same, span.differences.is_empty(), "{:?}", span);
    }
}
