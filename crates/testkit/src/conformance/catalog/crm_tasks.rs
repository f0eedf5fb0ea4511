//! Tasks that members create, snooze and comment on, and the members they mention.

use domain::crm::{
    ActivityId, BY_HAND, ContactId, Identity, Priority, TaskAction, TaskId, TaskSeed, TaskStatus,
};
use domain::id::{EventId, MemberId};
use engine::ports::catalog::{
    ContactTask, MentionQuery, NewTask, NewTaskAction, NewTaskComment, StoredComment, TaskQuery,
};
use uuid::Uuid;

use super::crm_fixtures::{at, both, by_email, by_user, contact_of, facts, open_tasks, task_query};
use super::fixtures::{member_id, project_id};
use super::{CatalogHarness, Ports};

fn event_id(number: u128) -> EventId {
    EventId(Uuid::from_u128(0xb000 + number))
}

fn new_task(number: u128, contact: ContactId, due: Option<i64>) -> NewTask {
    let seed = TaskSeed {
        id: TaskId::of_event(project_id(1), BY_HAND, event_id(number)),
        kind: BY_HAND.to_owned(),
        title: format!("Task {number}"),
        priority: Priority::High,
        created_at: at(5),
        due_at: due.map(at),
    };
    NewTask {
        fact: event_id(number),
        now: at(5),
        member: member_id(1),
        contact,
        seed,
        assigned_to: Some(member_id(2)),
    }
}

async fn create(ports: &Ports, new: NewTask) -> Option<ContactTask> {
    ports.tasks.create(project_id(1), new).await.unwrap()
}

async fn comment(
    ports: &Ports,
    task: TaskId,
    number: u128,
    mentions: &[MemberId],
) -> StoredComment {
    let new = NewTaskComment {
        fact: event_id(number),
        now: at(30),
        member: member_id(1),
        text: format!("Comment {number}\n“ü”"),
        mentions: mentions.to_vec(),
    };
    ports.tasks.comment(project_id(1), task, new).await.unwrap().expect("a task")
}

async fn mentions(ports: &Ports, member: MemberId, query: MentionQuery) -> Vec<ActivityId> {
    let query = MentionQuery { limit: 10, ..query };
    let found = ports.mentions.mentions(project_id(1), member, &query).await.unwrap();
    found.into_iter().map(|mention| mention.comment.id).collect()
}

/// Any number of them, in the order of when they are due; a snooze moves one, and a late event changes none.
pub async fn tasks_by_hand_are_listed_by_when_they_are_due<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[both(1, 0)]), 1).await.unwrap();
    let contact = contact_of(&ports, "u").await.unwrap().id;
    let by_address = Identity::email(project_id(1), "u@shop.test").contact_id;
    for (number, due, person) in
        [(1, Some(90), contact), (2, None, contact), (3, Some(60), by_address)]
    {
        let made = create(&ports, new_task(number, person, due)).await.expect("a contact");
        assert_eq!((made.contact.id, made.task.assigned_to), (contact, Some(member_id(2))));
    }
    let nobody = Identity::user(project_id(1), "nobody").contact_id;
    assert_eq!(create(&ports, new_task(4, nobody, None)).await, None);
    let titles = async |ports: &Ports| -> Vec<String> {
        open_tasks(ports).await.into_iter().map(|task| task.task.seed.title).collect()
    };
    assert_eq!(titles(&ports).await, ["Task 3", "Task 1", "Task 2"]);
    let snoozed = open_tasks(&ports).await.remove(0).task.seed.id;
    let action = NewTaskAction {
        fact: event_id(9),
        now: at(20),
        member: member_id(3),
        action: TaskAction::Snooze(at(120)),
    };
    let task = ports.tasks.act(project_id(1), snoozed, action).await.unwrap().unwrap().task;
    let by = task.snooze.map(|snooze| (snooze.until, snooze.by));
    assert_eq!((task.due_at(), by), (Some(at(120)), Some((at(120), member_id(3)))));
    ports.crm.apply(&facts(&[by_user(2, -9, "customer.login")]), 2).await.unwrap();
    store.reopen().await;
    assert_eq!(titles(&store.ports()).await, ["Task 1", "Task 3", "Task 2"]);
    let done = TaskQuery { status: TaskStatus::Done, ..task_query() };
    assert_eq!(store.ports().tasks.list(project_id(1), &done).await.unwrap(), []);
}

/// In the order they were written, also when contacts merge; deleted by their author alone, with their count.
pub async fn comments_follow_their_task<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_email(1, 0, "payment.failed")]), 1).await.unwrap();
    let task = open_tasks(&ports).await.remove(0).task.seed.id;
    let first = comment(&ports, task, 1, &[]).await;
    let second = comment(&ports, task, 2, &[member_id(2)]).await;
    assert!(first.at < second.at, "each is a moment of its own");
    ports.crm.apply(&facts(&[both(2, 1)]), 2).await.unwrap();
    let of = async |project| ports.tasks.comments(project, task).await.unwrap();
    assert_eq!(of(project_id(1)).await, [first.clone(), second.clone()]);
    assert_eq!(of(project_id(2)).await, []);
    assert_eq!(open_tasks(&ports).await[0].task.comments, 2);
    let remove = async |project, id, author| {
        ports.tasks.remove_comment(project, task, id, author).await.unwrap()
    };
    assert!(!remove(project_id(1), second.id, member_id(2)).await, "not its author");
    assert!(!remove(project_id(2), second.id, member_id(1)).await);
    assert!(remove(project_id(1), second.id, member_id(1)).await);
    assert!(!remove(project_id(1), second.id, member_id(1)).await);
    assert_eq!(of(project_id(1)).await, [first]);
    assert_eq!(open_tasks(&ports).await[0].task.comments, 1);
    assert_eq!(mentions(&ports, member_id(2), MentionQuery::default()).await, []);
    let unknown = TaskId(Uuid::from_u128(9));
    let new = NewTaskComment {
        fact: event_id(8),
        now: at(1),
        member: member_id(1),
        text: "Hello".to_owned(),
        mentions: Vec::new(),
    };
    assert_eq!(ports.tasks.comment(project_id(1), unknown, new).await.unwrap(), None);
}

/// Latest first, in pages; those seen keep the time, and nobody else's change.
pub async fn mentions_are_new_until_they_are_seen<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_user(1, 0, "payment.failed")]), 1).await.unwrap();
    let task = open_tasks(&ports).await.remove(0).task.seed.id;
    let (juma, asha) = (member_id(2), member_id(3));
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(comment(&ports, task, number, &[juma, asha]).await.id);
    }
    ids.reverse();
    assert_eq!(mentions(&ports, juma, MentionQuery::default()).await, ids);
    let query = MentionQuery { limit: 10, ..MentionQuery::default() };
    let all = ports.mentions.mentions(project_id(1), juma, &query).await.unwrap();
    let after = Some((all[0].comment.at, all[0].comment.id));
    assert_eq!(mentions(&ports, juma, MentionQuery { after, ..query.clone() }).await, ids[1..]);
    assert_eq!(all[0].contact.user_id.as_deref(), Some("u"));
    let mark = async |project, member, comments: Option<&[ActivityId]>, minute| {
        ports.mentions.mark_mentions_read(project, member, comments, at(minute)).await.unwrap();
    };
    mark(project_id(1), juma, Some(&ids[..1]), 60).await;
    mark(project_id(2), asha, None, 60).await;
    let unread =
        async |member| ports.mentions.unread_mentions(project_id(1), member).await.unwrap();
    assert_eq!((unread(juma).await, unread(asha).await, unread(member_id(1)).await), (2, 3, 0));
    let unseen = MentionQuery { unread_only: true, ..MentionQuery::default() };
    assert_eq!(mentions(&ports, juma, unseen).await, ids[1..]);
    mark(project_id(1), juma, None, 90).await;
    let seen = ports.mentions.mentions(project_id(1), juma, &query).await.unwrap();
    let times: Vec<_> = seen.iter().map(|mention| mention.read_at).collect();
    assert_eq!(times, [Some(at(60)), Some(at(90)), Some(at(90))]);
    assert_eq!(ports.mentions.mentions(project_id(2), juma, &query).await.unwrap(), []);
}
