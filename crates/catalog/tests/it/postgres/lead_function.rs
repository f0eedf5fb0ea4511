//! `calculate_lead_score(user_id)`: asked where the database has it, never missed where it has not.

use domain::erasure::Identifiers;
use domain::id::{EventId, ProjectId};
use domain::score::{self, Signal, Weights};
use engine::ports::catalog::{NewSignal, SqlValue};
use testkit::conformance::catalog::CatalogHarness;
use testkit::conformance::catalog::fixtures::{NOON, project_id};
use uuid::Uuid;

use super::Postgres;

const CUSTOMER: &str = "00000000-0000-4000-8000-000000000001";

fn view(project: ProjectId, user_id: &str, number: u64) -> NewSignal {
    let signal = Signal {
        event_id: EventId(Uuid::from_u128(number.into())),
        name: "property_view".to_owned(),
        occurred_at: NOON,
        session_id: None,
    };
    NewSignal { project_id: project, user_id: user_id.to_owned(), signal }
}

/// Adds a view of the customer at that position, and tells the score and what the function gave.
async fn scored(store: &Postgres, user_id: &str, position: u64) -> (u8, Option<f64>) {
    let scores = store.ports().lead_scores;
    scores.apply(&[view(project_id(1), user_id, position)], position).await.unwrap();
    let rows = scores.highest(project_id(1), None, 10).await.unwrap();
    let row = rows.into_iter().find(|row| row.user_id == user_id).unwrap();
    let signals = scores.signals(project_id(1), user_id).await.unwrap();
    assert_eq!(row.score, score::score(&signals, &Weights::default(), NOON).score, "ours stays");
    (row.score, row.calculated)
}

/// Has the database hold this function, and no other of its name.
fn define(store: &Postgres, function: &str) {
    store.database.run(
        "DROP FUNCTION IF EXISTS calculate_lead_score(text);
         DROP FUNCTION IF EXISTS calculate_lead_score(uuid)",
    );
    store.database.run(&format!("CREATE FUNCTION calculate_lead_score{function}"));
}

#[tokio::test]
async fn its_score_is_stored_with_ours_and_sees_one_project() {
    let store = Postgres::fresh().await;
    assert_eq!(scored(&store, CUSTOMER, 1).await.1, None, "there is none yet");
    define(
        &store,
        "(customer text) RETURNS numeric LANGUAGE sql
         AS 'SELECT count(*) + 0.5 FROM lead_signals WHERE user_id = customer'",
    );
    let scores = store.ports().lead_scores;
    scores.apply(&[view(project_id(2), CUSTOMER, 1)], 2).await.unwrap();
    assert_eq!(scored(&store, CUSTOMER, 3).await, (14, Some(2.5)), "two of project 1");
    let named = Identifiers::of_subject(CUSTOMER);
    let shown = store.ports().subjects.tables_of(project_id(1), &named).await.unwrap();
    let shown = shown.iter().find(|table| table.name == "lead_scores").unwrap();
    assert_eq!(shown.rows[0].last(), Some(&SqlValue::Text("2.5".to_owned())), "{shown:?}");
    let elsewhere = scores.highest(project_id(2), None, 10).await.unwrap();
    assert_eq!(elsewhere[0].calculated, Some(1.5));
    store.database.run("DROP FUNCTION calculate_lead_score(text)");
    assert_eq!(scored(&store, CUSTOMER, 4).await, (16, None), "nobody stands for it");
}

#[tokio::test]
async fn it_may_take_a_uuid_and_is_not_asked_about_other_texts() {
    let store = Postgres::fresh().await;
    define(&store, "(customer uuid) RETURNS integer LANGUAGE sql AS 'SELECT 77'");
    assert_eq!(scored(&store, CUSTOMER, 1).await.1, Some(77.0));
    assert_eq!(scored(&store, "u-1", 2).await.1, None);
}

#[tokio::test]
async fn whatever_goes_wrong_in_it_leaves_our_score() {
    let store = Postgres::fresh().await;
    for (position, function) in (1..).zip([
        "(customer text) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'",
        "(customer text) RETURNS integer LANGUAGE sql AS 'SELECT NULL::integer'",
        "(customer text) RETURNS float8 LANGUAGE sql AS 'SELECT ''NaN''::float8'",
        "(customer text) RETURNS text LANGUAGE sql AS 'SELECT ''high''::text'",
        "(customer text) RETURNS void LANGUAGE sql AS ''",
        "(customer text) RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1 WHERE false'",
        "(customer text) RETURNS integer LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(30)'",
    ]) {
        define(&store, function);
        assert_eq!(scored(&store, CUSTOMER, position).await.1, None, "{function}");
    }
    assert_eq!(store.ports().lead_scores.position().await.unwrap(), 7);
    define(&store, "(customer text) RETURNS bigint LANGUAGE sql AS 'SELECT 5::bigint'");
    assert_eq!(scored(&store, CUSTOMER, 8).await.1, Some(5.0));
}
