//! `/api/projects/{project_id}/privacy/erasures`, and what becomes of an erasure that is interrupted.

use engine::ports::catalog::ErasureStore;
use serde_json::{Value, json};

use super::fixtures::{
    MARKER, RECEIPTS, USER, erase, files_with, finish, go_on, leave_traces, receipt, visit,
};
use crate::harness::TestServer;

#[tokio::test]
async fn receipts_are_listed_latest_first_and_paged() {
    let server = TestServer::start().await;
    let mut expected = Vec::new();
    for number in 0..5 {
        expected.insert(0, erase(&server, &format!("user-{number}")).await["id"].clone());
        server.clock.advance_seconds(number % 2);
    }
    let mut seen = Vec::new();
    let mut path = format!("{RECEIPTS}?limit=2");
    loop {
        let page = server.get(&path).await.json();
        seen.extend(page["erasures"].as_array().expect("a list").iter().map(|it| it["id"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{RECEIPTS}?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, expected);
    assert_eq!(server.get(&format!("{RECEIPTS}?cursor=nonsense")).await.status, 400);
    assert_eq!(server.get(&format!("{RECEIPTS}/nonsense")).await.status, 404);
}

#[tokio::test]
async fn somebody_nobody_knew_is_erased_too() {
    let server = TestServer::start().await;
    let id = erase(&server, "nobody-knows").await["id"].clone();
    finish(&server).await;
    let receipt = receipt(&server, &id).await;
    assert_eq!(receipt["state"], "gone");
    assert_eq!(receipt["removed"]["lake_events"], 0);
    assert!(visit(&server, "nobody-knows", "s").await.text.contains("erased"));
}

#[tokio::test]
async fn no_erasure_is_gone_while_a_table_lags_or_a_file_is_read() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    let id = erase(&server, USER).await["id"].clone();
    // No projection has run: what they know is not known yet.
    server.app.privacy.run().await.expect("steps are taken");
    assert_eq!(receipt(&server, &id).await["state"], "pending");
    go_on(&server).await;
    assert_eq!(receipt(&server, &id).await["state"], "unreadable");
    server.lake.set_reader(true);
    finish(&server).await;
    assert_eq!(receipt(&server, &id).await["state"], "unreadable");
    server.lake.set_reader(false);
    go_on(&server).await;
    assert_eq!(receipt(&server, &id).await["state"], "gone");
}

/// Somebody reads the catalog's files for long: nothing waits for them but the erasure.
#[tokio::test]
async fn what_the_ledger_knew_is_removed_before_the_catalog_is_scrubbed() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    server.project().await;
    let id = erase(&server, USER).await["id"].clone();
    server.subjects.set_reader(true);
    finish(&server).await;
    assert_eq!(receipt(&server, &id).await["state"], "unreadable");
    let waiting = server.catalog.unfinished_erasures().await.expect("erasures");
    assert_eq!(waiting.len(), 1);
    assert_eq!((&waiting[0].identifiers, waiting[0].leftovers.len()), (&None, 0));
    server.privacy_after_restart().await.run().await.expect("it waits");
    assert_eq!(server.catalog.unfinished_erasures().await.expect("erasures"), waiting);
    server.subjects.set_reader(false);
    server.app.privacy.run().await.expect("the last step is taken");
    assert_eq!(receipt(&server, &id).await["state"], "gone");
    assert_eq!(files_with(server.folder.path(), MARKER), Vec::<String>::new());
}

/// The process ends between any two steps, and in the middle of one: the next goes on.
#[tokio::test]
async fn an_erasure_that_is_interrupted_goes_on_after_a_restart() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    server.project().await;
    let id = erase(&server, USER).await["id"].clone();
    server.lake.set_broken(true);
    assert!(server.app.privacy.run().await.is_err());
    server.project().await;
    assert!(server.app.privacy.run().await.is_err(), "the journal and the catalog are done by now");
    assert_eq!(receipt(&server, &id).await["state"], "pending");
    server.lake.set_broken(false);
    for _ in 0..3 {
        let after = server.privacy_after_restart().await;
        server.project().await;
        after.run().await.expect("steps are taken");
        server.clock.advance_seconds(60);
    }
    let receipt = receipt(&server, &id).await;
    assert_eq!(receipt["state"], "gone", "{receipt}");
    assert_eq!(receipt["removed"]["journal_records"], 7, "what was done before counts");
    assert_eq!(files_with(server.folder.path(), MARKER), Vec::<String>::new());
}

/// An event that was on its way through another process when the erasure began.
#[tokio::test]
async fn what_slipped_in_is_swept_a_minute_later() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    server.project().await;
    let late =
        server.events().await.into_iter().find(|event| event.user_id.as_deref() == Some(USER));
    let mut late = late.expect("an event of hers");
    late.id = domain::id::EventId(uuid_of(0xdead_beef));
    let id = erase(&server, USER).await["id"].clone();
    go_on(&server).await;
    assert_eq!(receipt(&server, &id).await["state"], "unreadable");
    server.app.ingest.append_server_events(vec![late]).await.expect("stored");
    go_on(&server).await;
    assert!(server.lake.events().iter().any(|event| event.user_id.as_deref() == Some(USER)));
    finish(&server).await;
    assert_eq!(receipt(&server, &id).await["state"], "gone");
    assert_eq!(server.lake.events(), []);
    assert_eq!(files_with(server.folder.path(), MARKER), Vec::<String>::new());
}

fn uuid_of(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

#[tokio::test]
async fn tables_rebuilt_from_the_journal_resurrect_nobody() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    visit(&server, "somebody-else", "another").await;
    server.project().await;
    erase(&server, USER).await;
    finish(&server).await;
    let rebuilt = server.rebuilt().await;
    let text = |tables: Value| tables.to_string();
    let of = async |subject: &str| {
        let named = domain::erasure::Identifiers::of_subject(subject);
        let tables =
            engine::ports::catalog::SubjectStore::tables_of(&rebuilt, server.project, &named);
        json!(tables.await.expect("tables").iter().map(|table| table.name).collect::<Vec<_>>())
    };
    assert_eq!(of(USER).await, json!([]));
    assert!(text(of("somebody-else").await).contains("lead_scores"));
}
