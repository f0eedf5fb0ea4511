//! Runs of scheduled questions.

use domain::erasure::Identifiers;
use domain::id::{QuestionRunId, SavedQuestionId};
use domain::saved_question::{QuestionDetails, Schedule};
use domain::time::Timestamp;
use domain::visibility::Visibility;
use engine::ports::catalog::{
    NewQuestionRun, NewSavedQuestion, QuestionContent, QuestionRun, RunEnd, RunLease, RunState,
};
use engine::ports::sql::{Cell, Column, StatementResult};
use uuid::Uuid;

use super::fixtures::{NOON, member_id, project_id, two_projects};
use super::{CatalogHarness, Ports};

const HOUR: i64 = 3_600;

fn question_id(number: u128) -> SavedQuestionId {
    SavedQuestionId(Uuid::from_u128(0x8100 + number))
}

fn run_id(number: u128) -> QuestionRunId {
    QuestionRunId(Uuid::from_u128(0x8200 + number))
}

/// A question of the first project that is due at some hours after noon.
async fn schedule(ports: &Ports, number: u128, hours: i64) {
    let content = QuestionContent {
        name: format!("Question {number}"),
        description: String::new(),
        statement: "select 1".to_owned(),
        visibility: Visibility::Own,
        details: QuestionDetails { schedule: Some(Schedule::Hourly), ..QuestionDetails::default() },
    };
    let new = NewSavedQuestion {
        id: question_id(number),
        project_id: project_id(1),
        author: member_id(1),
        content,
        created_at: NOON,
        next_run_at: Some(at(hours)),
    };
    assert!(ports.saved_questions.add_saved_question(&new, 10).await.unwrap());
}

fn at(hours: i64) -> Timestamp {
    NOON.plus_seconds(hours * HOUR)
}

/// A run of the first question that is due at an hour and begins then.
fn new_run(number: u128, hour: i64) -> NewQuestionRun {
    NewQuestionRun {
        id: run_id(number),
        project_id: project_id(1),
        question_id: question_id(1),
        due_at: at(hour),
        next_at: at(hour + 1),
        started_at: at(hour),
    }
}

fn lease(new: &NewQuestionRun) -> RunLease {
    let NewQuestionRun { id, project_id, question_id, started_at, .. } = *new;
    RunLease { project_id, question_id, id, started_at }
}

fn answer() -> StatementResult {
    StatementResult {
        columns: vec![Column { name: "n".to_owned(), kind: "bigint".to_owned() }],
        rows: vec![vec![Cell::Integer(3)], vec![Cell::Null]],
        is_truncated: true,
    }
}

async fn due(ports: &Ports, now: Timestamp) -> Vec<SavedQuestionId> {
    let due = ports.question_runs.due_questions(now, 10).await.unwrap();
    due.into_iter().map(|due| due.question.summary.id).collect()
}

/// The one that waited longest first.
pub async fn questions_are_due_from_their_instant_on<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    schedule(&ports, 1, 2).await;
    schedule(&ports, 2, 1).await;
    assert_eq!(due(&ports, at(0)).await, []);
    assert_eq!(due(&ports, at(1)).await, [question_id(2)]);
    assert_eq!(due(&ports, at(2)).await, [question_id(2), question_id(1)]);
    let found = ports.question_runs.due_questions(at(2), 1).await.unwrap();
    assert_eq!((found.len(), found[0].project_id, found[0].due_at), (1, project_id(1), at(1)));
    assert_eq!(found[0].question.statement, "select 1");
}

/// Two servers that find the same question due ask it once.
pub async fn a_run_is_begun_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    schedule(&ports, 1, 1).await;
    let runs = &ports.question_runs;
    assert!(!runs.begin_run(&new_run(9, 2)).await.unwrap(), "it is not due then");
    assert!(runs.begin_run(&new_run(1, 1)).await.unwrap());
    assert!(!runs.begin_run(&new_run(2, 1)).await.unwrap());
    assert_eq!(due(&ports, at(1)).await, []);
    assert_eq!(due(&ports, at(2)).await, [question_id(1)]);
    let expected = QuestionRun {
        id: run_id(1),
        question_id: question_id(1),
        due_at: at(1),
        started_at: at(1),
        duration_ms: None,
        state: RunState::Running,
    };
    assert_eq!(runs.runs(project_id(1), None).await.unwrap(), [expected]);
}

/// Only by the server that has begun it last.
pub async fn a_run_that_its_server_left_is_begun_anew<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    schedule(&ports, 1, 1).await;
    let runs = &ports.question_runs;
    let new = new_run(1, 1);
    assert!(runs.begin_run(&new).await.unwrap());
    assert_eq!(runs.abandoned_runs(at(1), 10).await.unwrap(), []);
    let left = runs.abandoned_runs(at(2), 10).await.unwrap();
    assert_eq!(left, [lease(&new)]);
    assert!(runs.resume_run(&left[0], at(3)).await.unwrap());
    assert!(!runs.resume_run(&left[0], at(3)).await.unwrap(), "another has begun it");
    let late = RunEnd::Failed("late".to_owned());
    runs.end_run(&left[0], &late, 1, 10).await.unwrap();
    let listed = runs.runs(project_id(1), Some(question_id(1))).await.unwrap();
    assert_eq!((listed[0].state.clone(), listed[0].started_at), (RunState::Running, at(3)));
    let taken = RunLease { started_at: at(3), ..left[0] };
    runs.end_run(&taken, &RunEnd::Answered(answer()), 7, 10).await.unwrap();
    assert_eq!(runs.abandoned_runs(at(9), 10).await.unwrap(), []);
    assert!(!runs.resume_run(&taken, at(9)).await.unwrap(), "it has ended");
}

/// Also after a restart.
pub async fn an_answer_is_read_back_and_a_failure_says_why<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    schedule(&ports, 1, 1).await;
    for (number, end) in
        [(1, RunEnd::Answered(answer())), (2, RunEnd::Failed("no table “visits”".to_owned()))]
    {
        let new = new_run(number, i64::try_from(number).unwrap());
        assert!(ports.question_runs.begin_run(&new).await.unwrap());
        ports.question_runs.end_run(&lease(&new), &end, 12, 10).await.unwrap();
    }
    store.reopen().await;
    let runs = store.ports().question_runs;
    let (run, found) = runs.run(project_id(1), question_id(1), run_id(1)).await.unwrap().unwrap();
    assert_eq!(run.state, RunState::Answered { row_count: 2, is_truncated: true });
    assert_eq!((run.duration_ms, found), (Some(12), Some(answer())));
    let (run, found) = runs.run(project_id(1), question_id(1), run_id(2)).await.unwrap().unwrap();
    assert_eq!(run.state, RunState::Failed("no table “visits”".to_owned()));
    assert_eq!(found, None);
    let latest = runs.runs(project_id(1), None).await.unwrap();
    assert_eq!(latest.iter().map(|run| run.id).collect::<Vec<_>>(), [run_id(2)]);
    for (project, question) in [(project_id(2), question_id(1)), (project_id(1), question_id(2))] {
        assert_eq!(runs.run(project, question, run_id(1)).await.unwrap(), None);
        assert_eq!(runs.runs(project, Some(question)).await.unwrap(), []);
    }
}

/// The latest are kept; of old ones, of questions that are gone and of erased people nothing is.
pub async fn runs_go_by_number_by_age_and_with_their_question<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    schedule(&ports, 1, 1).await;
    let runs = &ports.question_runs;
    for number in 1..=4 {
        let new = new_run(number, i64::try_from(number).unwrap());
        assert!(runs.begin_run(&new).await.unwrap());
        runs.end_run(&lease(&new), &RunEnd::Answered(answer()), 1, 3).await.unwrap();
    }
    let listed = async || -> Vec<QuestionRunId> {
        let found = runs.runs(project_id(1), Some(question_id(1))).await.unwrap();
        found.into_iter().map(|run| run.id).collect()
    };
    assert_eq!(listed().await, [run_id(4), run_id(3), run_id(2)]);
    assert_eq!(runs.prune_runs(at(3)).await.unwrap(), 1);
    assert_eq!(listed().await, [run_id(4), run_id(3)]);
    let person = Identifiers { user_ids: ["asha".to_owned()].into(), ..Identifiers::default() };
    let removed = ports.subjects.remove_subject(project_id(1), &person, &[].into()).await;
    assert_eq!(removed.unwrap().rows, 2, "nobody knows whom the rows are about");
    let found = runs.run(project_id(1), question_id(1), run_id(4)).await.unwrap().unwrap();
    assert_eq!(found.1, None);
    assert_eq!(found.0.state, RunState::Answered { row_count: 2, is_truncated: true });
    let questions = &ports.saved_questions;
    assert!(questions.remove_saved_question(project_id(1), question_id(1)).await.unwrap());
    assert_eq!(listed().await, []);
}
