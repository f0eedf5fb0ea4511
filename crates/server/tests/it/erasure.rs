//! A person who asked to be forgotten is in no byte below the data folder, and in no row of PostgreSQL.

use std::path::{Path, PathBuf};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::postgres::{Database, PostgresServer};

use crate::harness::{Footfall, Owner, Page, now, wait_until};

/// What every text about the person holds.
const MARKER: &str = "amina7f3a91c2d4e5";
const USER: &str = "user-amina7f3a91c2d4e5";
const EMAIL: &str = "amina7f3a91c2d4e5@shop.test";
const RECORDING: &str = "018f3f3e-7d1c-7cc2-9d4e-7f3a91c2d4e5";
/// An erasure looks once more soon: no request of a test is under way for long.
const SECOND_SWEEP: (&str, &str) = ("PRIVACY__SECOND_SWEEP_SECONDS", "10");

/// Every row of every table.
const ROWS: &str =
    "SELECT table_name, query_to_xml(format('SELECT * FROM %I', table_name), true, true, '')
    FROM information_schema.tables WHERE table_schema = 'public'";

/// Files below the folder; one that is deleted in this moment is none.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Files below the folder that hold the marker.
fn files_with_marker(folder: &Path) -> Vec<String> {
    let has_marker = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
    };
    files(folder)
        .iter()
        .filter(|path| has_marker(path))
        .map(|path| path.display().to_string())
        .collect()
}

async fn post(owner: &Owner, page: &Page, path: &str, body: &Value) {
    let headers = [("x-api-key", &*page.key), ("content-type", "application/json")];
    owner.http.send(Method::POST, path, &headers, body.to_string()).await.expect(200);
}

/// Traces by every contract, before and after the person signed in; and a failed event.
async fn leave_traces(owner: &Owner, page: &Page) {
    let (session, visitor) = (format!("session-{MARKER}"), format!("visitor-{MARKER}"));
    let click = |user: Option<&str>| {
        json!({"type": "friction", "event_type": "rage_click", "visitor_id": visitor,
            "session_id": session, "user_id": user, "element_text": MARKER,
            "page_url": format!("https://shop.test/?q={MARKER}")})
    };
    page.send(&[click(None), click(Some(USER))]).await.expect(200);
    let flush = json!({"user_id": USER, "events": [
        {"behavior_type": "search", "search_query": MARKER, "session_id": session},
        {"behavior_type": 7, "note": MARKER, "user_id": USER},
    ]});
    post(owner, page, "/api/tracking/flush", &flush).await;
    let start = json!({"session_id": session, "user_id": USER});
    post(owner, page, "/api/analytics/session/start", &start).await;
    let booking = json!({
        "event_type": "booking.abandoned",
        "customer": {"id": USER, "email": EMAIL, "first_name": MARKER},
        "event_data": {"vehicle_name": format!("car of {MARKER}"), "total_amount": 150_000},
        "session": {"session_id": session},
    });
    post(owner, page, "/track-event", &booking).await;
    let recorded = json!({
        "recording_id": RECORDING, "seq": 0, "session_id": session, "visitor_id": visitor,
        "page_url": format!("https://shop.test/?q={MARKER}"),
        "events": [{"type": 4, "data": {"href": MARKER}, "timestamp": now().millis()}],
    });
    post(owner, page, "/ingest-recording", &recorded).await;
}

async fn receipt(owner: &Owner, id: &str) -> Value {
    owner.get(&format!("privacy/erasures/{id}")).await
}

async fn export(owner: &Owner) -> Value {
    owner.get(&format!("privacy/subjects/{EMAIL}")).await
}

/// Where something of the person is left. In PostgreSQL's own files bytes of removed rows last until it
/// overwrites them (docs/adr/0005-catalog-on-postgresql.md), so there the rows are searched.
fn left_of_person(server: &Footfall, database: Option<&Database>) -> Vec<String> {
    let mut found = files_with_marker(&server.data_dir());
    // Recordings are compressed, and all belong to the erased subject.
    let recordings = files(&server.data_dir().join("blobs"));
    found.extend(recordings.iter().map(|path| path.display().to_string()));
    let rows = database.map(|database| database.run(ROWS)).unwrap_or_default();
    found.extend(rows.lines().filter(|row| row.contains(MARKER)).map(str::to_owned));
    found
}

#[tokio::test]
async fn a_search_of_every_byte_finds_nothing_of_an_erased_person() {
    forget(Footfall::start_with(&[SECOND_SWEEP]).await, None).await;
}

#[tokio::test]
async fn a_search_of_every_row_in_postgresql_finds_nothing_of_an_erased_person() {
    let database = PostgresServer::shared().database();
    let server = Footfall::start_with(&[("CATALOG__URL", &database.url()), SECOND_SWEEP]).await;
    forget(server, Some(&database)).await;
}

async fn forget(mut server: Footfall, database: Option<&Database>) {
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    leave_traces(&owner, &page).await;
    let other = json!({"type": "friction", "event_type": "dead_click", "visitor_id": "other",
        "session_id": "other", "user_id": "other", "page_url": "https://shop.test/"});
    page.send(&[other]).await.expect(200);
    let known = wait_until("everything is known of the person", async || {
        let known = export(&owner).await;
        // Who the person is is looked up before their events are, which may arrive in between.
        let has_all = known["events"].as_array().map(Vec::len) == Some(5)
            && known["identifiers"]["visitor_ids"] != json!([])
            && known["tables"]["crm_contacts"].is_array()
            && known["tables"]["failed_events"].is_array();
        has_all.then_some(known)
    });
    let known = known.await;
    assert_eq!(known["identifiers"]["visitor_ids"], json!([format!("visitor-{MARKER}")]));
    assert!(!left_of_person(&server, database).is_empty(), "the search finds what is there");
    if let Some(database) = database {
        assert!(database.run(ROWS).contains(MARKER), "and what is there as rows");
        let files = files_with_marker(&server.data_dir());
        assert!(!files.iter().any(|file| file.contains("catalog")), "{files:?}");
    }

    let requested_at = now();
    let path = owner.path(&format!("privacy/subjects/{USER}"));
    let erasure = owner.send(Method::DELETE, &path, None).await.expect(202).json();
    let id = erasure["id"].as_str().expect("an id").to_owned();
    wait_until("the person is unreadable", async || {
        (receipt(&owner, &id).await["state"] == "unreadable").then_some(())
    })
    .await;
    println!("unreadable after {} ms", now().micros_since(requested_at) / 1_000);
    let left = export(&owner).await;
    assert_eq!((&left["tables"], &left["events"]), (&json!({}), &json!([])));
    let later = json!({"type": "friction", "event_type": "dead_click",
        "visitor_id": format!("visitor-{MARKER}"), "page_url": "https://shop.test/"});
    assert!(page.send(&[later]).await.text.contains("erased"));

    // It goes on where it was when the process ended in between.
    server.kill9();
    server.restart().await;
    let receipt = wait_until("the bytes are gone", async || {
        let receipt = receipt(&owner, &id).await;
        (receipt["state"] == "gone").then_some(receipt)
    });
    let receipt = receipt.await;
    println!("gone after {} ms: {receipt}", now().micros_since(requested_at) / 1_000);
    assert_eq!(receipt["removed"]["lake_events"], 5);
    assert_eq!(left_of_person(&server, database), Vec::<String>::new());
    server.terminate().await;
    assert_eq!(left_of_person(&server, database), Vec::<String>::new());
}
