//! A dry run says what other rules would have made of the same events.

use serde_json::json;

use super::*;

fn rules_where(change: impl FnOnce(&mut RuleSet)) -> RuleSet {
    let mut rules = RuleSet::default();
    change(&mut rules);
    rules
}

#[test]
fn a_dry_run_says_what_other_rules_would_have_made_of_the_same_events() {
    let facts = vec![
        plain(1, 0, "payment.failed"),
        event(2, 20, "booking.started", json!({}), Some(500)),
        plain(3, 30, "payment.failed"),
    ];
    let actual = folded(&facts);
    let candidate = rules_where(|rules| {
        for rule in &mut rules.rules {
            match &*rule.event {
                "booking.started" => rule.status.as_mut().expect("a status").to = "Booking".into(),
                "payment.failed" => rule.task.as_mut().expect("a task").title = "Call".into(),
                _ => {}
            }
        }
    });
    let run = |from| {
        let history = RuleHistory::default().with_candidate(candidate.clone(), at(from));
        dry_run(PROJECT, &actual, None, facts.clone(), &history)
    };
    let whole = run(-9);
    assert_eq!(whole.status.as_deref(), Some("Booking"));
    let titles = |tasks: &[Task]| -> Vec<String> {
        tasks.iter().map(|task| task.seed.title.clone()).collect()
    };
    assert_eq!(titles(&whole.opened), ["Call"]);
    assert_eq!(titles(&whole.not_opened), ["Follow up - Payment Failed"]);
    // From minute 10 on: the failed payment before it opened its task by the rules of its time.
    let later = run(10);
    assert_eq!((later.status.as_deref(), later.opened.len()), (Some("Booking"), 0));
    assert!(run(40).is_none(), "nothing occurred since");
    let same = RuleHistory::default().with_candidate(RuleSet::default(), at(-9));
    assert!(dry_run(PROJECT, &actual, None, facts.clone(), &same).is_none());
    let mut totals = DryRunTotals::default();
    for difference in [&whole, &later, &run(40)] {
        totals.add(&actual, difference);
    }
    let statuses = [((IN_PROGRESS.to_owned(), "Booking".to_owned()), 2)];
    assert_eq!(totals.statuses, statuses.into_iter().collect());
    assert_eq!((totals.contacts, totals.opened["Call"]), (2, 1));
}

#[test]
fn a_dry_run_takes_the_place_of_every_version_that_was_in_force() {
    let version = |version, from| RuleVersion {
        version,
        from: at(from),
        rules: RuleSet { abandon_after_minutes: 5, rules: Vec::new() },
    };
    let history = RuleHistory::new(vec![version(1, 0), version(2, 20)]);
    let candidate = RuleSet { abandon_after_minutes: 9, rules: Vec::new() };
    let tried = history.with_candidate(candidate.clone(), at(10));
    assert_eq!(tried.at(at(9)), history.at(at(9)));
    for minute in [10, 20, 30] {
        assert_eq!(tried.at(at(minute)), &candidate, "{minute}");
    }
}
