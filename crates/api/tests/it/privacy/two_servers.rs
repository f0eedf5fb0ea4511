//! Erasures on a catalog in PostgreSQL that several servers share, each with a journal of its own.

use axum::http::StatusCode;
use catalog::Catalog;
use serde_json::{Value, json};
use testkit::postgres::{Database, PostgresServer};
use uuid::Uuid;

use super::fixtures::{EMAIL, RECEIPTS, USER, erase, finish, leave_traces, receipt, visit};
use crate::harness::TestServer;

const RECIPE: &str = include_str!("../../../../../docs/recipes/retire-a-server.md");
const PATH: &str = "/api/projects/{project}/privacy/subjects";

async fn connect(database: &Database, journal: u128) -> Catalog {
    Catalog::connect(&database.url(), Uuid::from_u128(journal)).await.expect("a catalog")
}

async fn database() -> Database {
    let make = async |url: String| {
        Catalog::connect(&url, Uuid::nil()).await.expect("a catalog").close().await;
    };
    PostgresServer::shared().filled_database("catalog", make).await
}

/// Strikes the server of journal 2 out, for that of journal 1, as the recipe says.
fn retire(database: &Database) {
    let (_, rest) = RECIPE.split_once("```sql").expect("statements");
    let (statements, _) = rest.split_once("```").expect("an end");
    let id = |number| Uuid::from_u128(number).to_string();
    database.run(&statements.replace("<retired>", &id(2)).replace("<staying>", &id(1)));
}

#[tokio::test]
async fn nobody_is_erased_while_other_servers_hold_what_they_took_in() {
    let database = database().await;
    let one = TestServer::on(connect(&database, 1).await).await;
    let other = one.second_server(connect(&database, 2).await).await;
    leave_traces(&one).await;
    visit(&other, USER, "elsewhere").await;
    one.project().await;
    for server in [&one, &other] {
        let refused = server.manage("DELETE", &format!("{PATH}/{EMAIL}"), &Value::Null).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        assert!(refused.text.contains("retire-a-server.md"), "{}", refused.text);
        assert_eq!(server.get(RECEIPTS).await.json()["erasures"], json!([]));
        let stored = visit(server, USER, "elsewhere").await;
        assert_eq!(stored.status, StatusCode::OK, "nobody is refused: {}", stored.text);
    }
    other.project().await;
    retire(&database);
    let id = erase(&one, EMAIL).await["id"].clone();
    finish(&one).await;
    assert_eq!(receipt(&one, &id).await["state"], "gone");
}

#[tokio::test]
async fn an_erasure_is_finished_by_the_server_that_began_it() {
    let database = database().await;
    let one = TestServer::on(connect(&database, 1).await).await;
    leave_traces(&one).await;
    one.project().await;
    let id = erase(&one, USER).await["id"].clone();
    // Its projections have passed every position there is; those of the first have not.
    let other = one.second_server(connect(&database, 2).await).await;
    finish(&other).await;
    assert_eq!(receipt(&other, &id).await["state"], "pending");
    assert_eq!(one.events().await.len(), 6);
    finish(&one).await;
    let receipt = receipt(&other, &id).await;
    assert_eq!(
        (&receipt["state"], &receipt["removed"]["journal_records"]),
        (&json!("gone"), &json!(7))
    );
    assert_eq!(one.events().await, []);
}

#[tokio::test]
async fn an_erasure_that_a_retired_server_began_is_begun_again() {
    let database = database().await;
    let other = TestServer::on(connect(&database, 2).await).await;
    leave_traces(&other).await;
    other.project().await;
    let id = erase(&other, USER).await["id"].clone();
    other.app.privacy.run().await.expect("steps are taken");
    let one = other.second_server(connect(&database, 1).await).await;
    retire(&database);
    finish(&one).await;
    let receipt = receipt(&one, &id).await;
    assert_eq!(receipt["state"], "gone", "{receipt}");
    assert_ne!(receipt["removed"]["catalog_rows"], 0);
}
