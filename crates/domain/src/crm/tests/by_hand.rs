//! Statuses set by hand, and tasks that members create, snooze and comment on.

use serde_json::json;

use super::*;

fn status_by_hand(number: u128, minute: i64, status: &str) -> ContactFact {
    let edit = ContactEdit { lead_status: Some(status.to_owned()), ..ContactEdit::default() };
    hand(number, minute, FactPayload::Edited { member: ANNA, edit })
}

#[test]
fn a_status_set_by_hand_holds_until_a_later_event_whose_rule_gives_another() {
    let status = |facts: &[ContactFact]| folded(facts).lead_status;
    let started = |minute| event(1, minute, "booking.started", json!({}), Some(500));
    let set = status_by_hand(9, 10, "Qualified");
    assert_eq!(status(&[started(0), set.clone()]), "Qualified", "whatever the rules had given");
    assert_eq!(status(&[set.clone(), plain(2, 20, "customer.login")]), "Qualified");
    assert_eq!(status(&[set.clone(), started(20)]), IN_PROGRESS, "the rule gives it from then on");
    // What occurred before and arrives later does not take it back.
    assert_eq!(status(&[set, started(5)]), "Qualified");
    // A rule passes over the statuses it names under `unless`, a rule's or a member's.
    let customer = status_by_hand(9, 10, CUSTOMER);
    assert_eq!(status(&[customer.clone(), started(20)]), CUSTOMER);
    assert_eq!(status(&[customer, plain(2, 20, "booking.abandoned")]), CUSTOMER);
    // And a customer set back by hand is no longer kept.
    let facts = [plain(2, 0, "booking.completed"), status_by_hand(9, 10, NEW_LEAD), started(20)];
    assert_eq!(status(&facts), IN_PROGRESS);
}

fn by_hand(number: u128, title: &str) -> TaskSeed {
    TaskSeed {
        id: TaskId(uuid::Uuid::from_u128(number)),
        kind: BY_HAND.to_owned(),
        title: title.to_owned(),
        priority: Priority::Normal,
        created_at: at(5),
        due_at: Some(at(60)),
    }
}

fn task_fact(number: u128, minute: i64, seed: &TaskSeed, action: TaskAction) -> ContactFact {
    hand(number, minute, FactPayload::Task { member: ANNA, seed: seed.clone(), action })
}

#[test]
fn tasks_created_by_hand_are_several_and_no_rule_closes_them() {
    let (call, visit) = (by_hand(71, "Call"), by_hand(72, "Visit"));
    let facts = [
        task_fact(1, 5, &call, TaskAction::Create(Some(ANNA))),
        task_fact(2, 6, &visit, TaskAction::Create(None)),
        plain(3, 7, "booking.completed"),
        task_fact(4, 8, &visit, TaskAction::Complete),
    ];
    let tasks = folded(&facts).tasks;
    let of = |seed: &TaskSeed| tasks.iter().find(|task| task.seed.id == seed.id).expect("there");
    assert_eq!((of(&call).status, of(&call).assigned_to), (TaskStatus::Open, Some(ANNA)));
    assert_eq!((of(&visit).status, of(&visit).assigned_to), (TaskStatus::Done, None));
    assert_eq!(tasks.len(), 3, "and the one that the booking opened");
}

#[test]
fn a_snoozed_task_is_due_later_and_says_who_put_it_off_and_when() {
    let call = by_hand(71, "Call");
    let mut facts = vec![task_fact(1, 5, &call, TaskAction::Create(None))];
    assert_eq!(folded(&facts).tasks[0].due_at(), Some(at(60)));
    facts.push(task_fact(2, 10, &call, TaskAction::Snooze(at(120))));
    facts.push(task_fact(3, 20, &call, TaskAction::Snooze(at(90))));
    let task = folded(&facts).tasks.remove(0);
    assert_eq!(task.due_at(), Some(at(90)), "the latest snooze counts");
    assert_eq!(task.snooze, Some(Snooze { until: at(90), by: ANNA, at: at(20) }));
    assert_eq!(task.seed.due_at, Some(at(60)), "as it was created");
}

#[test]
fn comments_are_counted_and_keep_their_task() {
    let seed = folded(&[plain(2, 10, "payment.failed")]).tasks[0].seed.clone();
    let comment = |number, minute| {
        let text = "Called twice".to_owned();
        let comment = TaskComment { member: ANNA, seed: seed.clone(), text, mentions: vec![ANNA] };
        hand(number, minute, FactPayload::Comment(comment))
    };
    let facts = [plain(2, 10, "payment.failed"), comment(3, 20), comment(4, 30)];
    let state = folded(&facts);
    assert_eq!((state.tasks.len(), state.tasks[0].comments), (1, 2));
    assert_eq!(state.lead_status, NEW_LEAD);
    assert_eq!(folded(&[comment(3, 20)]).tasks[0].seed.id, seed.id);
}
