//! Statements of SQL that members keep.

use domain::id::{MemberId, SavedQuestionId};
use domain::role::{Role, RoleChange};
use domain::saved_question::{
    Chart, ChartShape, Parameter, ParameterName, ParameterType, ParameterValue, QuestionDetails,
    Schedule, TimeOfDay,
};
use domain::visibility::Visibility;
use engine::ports::catalog::{
    NewSavedQuestion, QuestionContent, SavedQuestion, SavedQuestionSummary,
};
use uuid::Uuid;

use super::fixtures::{NOON, join, member, member_id, project_id, two_projects};
use super::{CatalogHarness, Ports};

fn question_id(number: u128) -> SavedQuestionId {
    SavedQuestionId(Uuid::from_u128(0x8000 + number))
}

fn content(name: &str, visibility: Visibility) -> QuestionContent {
    QuestionContent {
        name: name.to_owned(),
        description: "“ümlaut”".to_owned(),
        statement: "select *\nFROM users WHERE email = $email".to_owned(),
        visibility,
        details: QuestionDetails {
            parameters: vec![Parameter {
                name: ParameterName::parse("email").unwrap(),
                kind: ParameterType::Text,
                default: Some(ParameterValue::Text("'; DROP TABLE users".to_owned())),
            }],
            chart: Some(Chart {
                shape: ChartShape::Line,
                x: "day".to_owned(),
                y: vec!["orders".to_owned()],
                series: None,
            }),
            schedule: Some(Schedule::Daily(TimeOfDay::parse("07:00").unwrap())),
        },
    }
}

/// A question of the first project and member.
fn question(number: u128, visibility: Visibility) -> NewSavedQuestion {
    NewSavedQuestion {
        id: question_id(number),
        project_id: project_id(1),
        author: member_id(1),
        content: content(&format!("Question {number}"), visibility),
        created_at: NOON,
        next_run_at: Some(NOON),
    }
}

async fn add(ports: &Ports, new: &NewSavedQuestion) {
    assert!(ports.saved_questions.add_saved_question(new, 10).await.unwrap());
}

async fn listed(ports: &Ports, reader: Option<MemberId>) -> Vec<SavedQuestionId> {
    let found = ports.saved_questions.saved_questions(project_id(1), reader).await.unwrap();
    found.into_iter().map(|question| question.id).collect()
}

/// Also after a restart, with its author's name.
pub async fn a_question_is_read_back_as_it_was_written<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let new = question(1, Visibility::Project);
    add(&ports, &new).await;
    store.reopen().await;
    let questions = store.ports().saved_questions;
    let QuestionContent { name, description, statement, visibility, details } = new.content;
    let summary = SavedQuestionSummary {
        id: new.id,
        name,
        description,
        visibility,
        author: member_id(1),
        author_name: Some(member(1).name),
        version: 1,
        created_at: NOON,
        updated_at: NOON,
        schedule: details.schedule,
        next_run_at: Some(NOON),
    };
    let found = questions.saved_question(project_id(1), new.id).await.unwrap();
    assert_eq!(found, Some(SavedQuestion { summary: summary.clone(), statement, details }));
    assert_eq!(questions.saved_questions(project_id(1), None).await.unwrap(), [summary]);
    assert_eq!(questions.saved_question(project_id(1), question_id(2)).await.unwrap(), None);
}

/// By their names; a program, which is no member, has none.
pub async fn own_questions_are_listed_for_their_author_alone<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let by_second = NewSavedQuestion { author: member_id(2), ..question(2, Visibility::Own) };
    add(&ports, &question(3, Visibility::Own)).await;
    add(&ports, &by_second).await;
    add(&ports, &question(1, Visibility::Project)).await;
    let shared = question_id(1);
    assert_eq!(listed(&ports, Some(member_id(1))).await, [shared, question_id(3)]);
    assert_eq!(listed(&ports, Some(member_id(2))).await, [shared, question_id(2)]);
    assert_eq!(listed(&ports, None).await, [shared]);
}

/// Each change counts one version up; one of an older version changes nothing.
pub async fn a_question_is_replaced_by_the_version_it_was_read_in<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    add(&ports, &question(1, Visibility::Own)).await;
    let replace = async |name: &str, version| {
        let content = content(name, Visibility::Project);
        let later = NOON.plus_seconds(60);
        let questions = &ports.saved_questions;
        let replaced = questions
            .replace_saved_question(project_id(1), question_id(1), &content, version, (later, None))
            .await;
        replaced.unwrap()
    };
    assert!(replace("Second", 1).await);
    assert!(!replace("Stale", 1).await);
    assert!(!replace("Unknown", u64::MAX).await);
    let found = ports.saved_questions.saved_question(project_id(1), question_id(1)).await;
    let summary = found.unwrap().unwrap().summary;
    assert_eq!((&*summary.name, summary.version), ("Second", 2));
    assert_eq!((summary.created_at, summary.updated_at), (NOON, NOON.plus_seconds(60)));
    assert_eq!(summary.visibility, Visibility::Project);
    assert_eq!((summary.schedule.is_some(), summary.next_run_at), (true, None));
    assert_eq!(ports.saved_questions.scheduled_questions(project_id(1)).await.unwrap(), []);
}

/// A question of another project is neither found, listed, replaced nor deleted.
pub async fn a_project_holds_so_many_questions_and_no_other_sees_them<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let questions = &ports.saved_questions;
    let add = async |number| {
        let new = question(number, Visibility::Project);
        questions.add_saved_question(&new, 2).await.unwrap()
    };
    assert!(add(1).await && add(2).await);
    assert!(!add(3).await);
    let (other, id) = (project_id(2), question_id(1));
    assert_eq!(questions.saved_question(other, id).await.unwrap(), None);
    assert_eq!(questions.saved_questions(other, Some(member_id(1))).await.unwrap(), []);
    let change = content("Taken", Visibility::Project);
    assert!(!questions.replace_saved_question(other, id, &change, 1, (NOON, None)).await.unwrap());
    assert!(!questions.remove_saved_question(other, id).await.unwrap());
    assert!(questions.remove_saved_question(project_id(1), id).await.unwrap());
    assert!(!questions.remove_saved_question(project_id(1), id).await.unwrap());
    assert!(add(3).await);
}

/// Nobody would see the own ones any more.
pub async fn who_leaves_takes_own_questions_along_and_leaves_shared_ones<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Analyst, NOON).await;
    for (number, visibility) in [(1, Visibility::Own), (2, Visibility::Project)] {
        add(&ports, &NewSavedQuestion { author: member_id(2), ..question(number, visibility) })
            .await;
    }
    add(&ports, &question(3, Visibility::Own)).await;
    let end = RoleChange { by: Role::Owner, is_self: false, to: None };
    let ended = ports.memberships.change_membership(project_id(1), member_id(2), end).await;
    assert_eq!(ended.unwrap(), Some(Ok(Role::Analyst)));
    assert_eq!(listed(&ports, Some(member_id(2))).await, [question_id(2)]);
    assert_eq!(listed(&ports, Some(member_id(1))).await, [question_id(2), question_id(3)]);
}
