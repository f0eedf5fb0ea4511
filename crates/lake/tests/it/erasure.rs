//! Erasing a person: exactly their events go, and their files when nobody reads them any more.

use std::collections::BTreeSet;
use std::path::Path;

use domain::erasure::Identifiers;
use domain::event::{Category, Event};
use domain::id::ProjectId;
use engine::ports::lake::{LakeQuestions, LakeSubjects, LakeWriter};
use engine::ports::sql::Cell;
use futures::StreamExt;
use lake::Lake;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, day, event, latest, view};

const MARKER: &str = "amina7f3a91";

/// An event of a user, from a browser, in a session.
fn of(number: u128, user: Option<&str>, visitor: &str, session: &str) -> Event {
    let seconds = i64::try_from(number).expect("small");
    Event { user_id: user.map(str::to_owned), ..view(number, seconds, visitor, session, "/") }
}

fn event_with_properties(number: u128, properties: &str) -> Event {
    let seconds = i64::try_from(number).expect("small");
    let event = event(number, seconds, Category::Behavior, "search");
    Event { properties: Some(properties.to_owned()), ..event }
}

fn amina() -> Identifiers {
    let mut amina = Identifiers::of_subject("amina");
    amina.emails.insert(format!("{MARKER}@shop.test"));
    amina.visitor_ids.insert("v-amina".to_owned());
    amina.session_ids.insert("s-amina".to_owned());
    amina
}

/// Amina's events are those with a number below 100.
fn events() -> Vec<Event> {
    vec![
        of(1, Some("amina"), "v-amina", "s-amina"),
        of(2, None, "v-amina", "s-before"),
        of(3, None, "v-other", "s-amina"),
        event_with_properties(
            4,
            &format!(r#"{{"contact":"{}@SHOP.test"}}"#, MARKER.to_uppercase()),
        ),
        of(5, Some(&format!("{MARKER}@Shop.test")), "v", "s"),
        of(101, Some("juma"), "v-amina", "s-amina"),
        of(102, None, "v-juma", "s-juma"),
        event_with_properties(103, r#"{"contact":"somebody@shop.test"}"#),
        event_with_properties(104, r#"{"text":"amina"}"#),
    ]
}

async fn numbers(lake: &Lake) -> BTreeSet<u128> {
    let found = lake.events(&day(), false, latest()).await.expect("answer").events;
    found.into_iter().map(|row| row.id.0.as_u128()).collect()
}

fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if std::fs::read(&path)
            .expect("a file")
            .windows(text.len())
            .any(|window| window == text.as_bytes())
        {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn exactly_the_persons_events_are_erased() {
    let fixture = Fixture::new().await;
    // Files with events of both, of one, and of the other.
    fixture.write(events()).await;
    fixture.write(vec![of(6, Some("amina"), "v", "s")]).await;
    fixture.write(vec![of(105, Some("juma"), "v", "s")]).await;
    let position = fixture.lake.position().await.expect("position");
    let erased = fixture.lake.erase(PROJECT, &amina()).await.expect("erased");
    assert_eq!(erased.events, 6);
    assert_eq!(erased.leftovers.len(), 2);
    let others = BTreeSet::from([101, 102, 103, 104, 105]);
    assert_eq!(numbers(&fixture.lake).await, others);
    assert_eq!(fixture.lake.position().await.expect("position"), position);
    let again = fixture.lake.erase(PROJECT, &amina()).await.expect("erased");
    assert_eq!((again.events, again.leftovers), (0, erased.leftovers.clone()));
    assert!(fixture.lake.delete_leftovers(&erased.leftovers).await.expect("forgotten"));
    assert_eq!(numbers(&fixture.second().await).await, others);
    let folder = fixture.folder.path();
    assert_eq!(files_with(folder, MARKER), Vec::<String>::new());
}

#[tokio::test]
async fn files_stay_while_they_are_read_and_leave_then() {
    let fixture = Fixture::holding(events()).await;
    let reading = fixture.lake.events_of(PROJECT, &amina()).await.expect("events");
    let erased = fixture.lake.erase(PROJECT, &amina()).await.expect("erased");
    assert!(!fixture.lake.delete_leftovers(&erased.leftovers).await.expect("asked"));
    let rows: usize = reading
        .map(|answer| answer.expect("what is read can be read to its end").rows.len())
        .fold(0, |sum, rows| async move { sum + rows })
        .await;
    assert_eq!(rows, 5);
    assert!(fixture.lake.delete_leftovers(&erased.leftovers).await.expect("forgotten"));
}

#[tokio::test]
async fn files_left_by_a_process_that_ended_leave_at_once() {
    let fixture = Fixture::holding(events()).await;
    let erased = fixture.lake.erase(PROJECT, &amina()).await.expect("erased");
    let after_restart = fixture.second().await;
    assert!(after_restart.delete_leftovers(&erased.leftovers).await.expect("forgotten"));
}

#[tokio::test]
async fn events_of_a_person_are_shown_whole() {
    let fixture = Fixture::holding(events()).await;
    let mut answers = fixture.lake.events_of(PROJECT, &amina()).await.expect("events");
    let mut ids = BTreeSet::new();
    while let Some(answer) = answers.next().await {
        let answer = answer.expect("rows");
        let names: Vec<&str> = answer.columns.iter().map(|column| column.name.as_str()).collect();
        assert!(names.contains(&"url") && !names.contains(&"visitor_hash"), "{names:?}");
        let id = names.iter().position(|name| *name == "id").expect("an id");
        for row in answer.rows {
            let Cell::Text(text) = &row[id] else { panic!("{row:?}") };
            ids.insert(Uuid::parse_str(text).expect("an id").as_u128());
        }
    }
    assert_eq!(ids, BTreeSet::from([1, 2, 3, 4, 5]));
    let foreign_project = fixture.lake.events_of(ProjectId(Uuid::from_u128(8)), &amina()).await;
    let rows = foreign_project
        .expect("events")
        .fold(0, |sum, answer| async move { sum + answer.expect("rows").rows.len() });
    assert_eq!(rows.await, 0, "another project's");
}

#[tokio::test]
async fn browsers_and_sessions_of_a_subject_are_found_and_shared_ones_named() {
    let fixture = Fixture::holding(events()).await;
    let named = Identifiers::of_subject("amina");
    let found = fixture.lake.devices(PROJECT, &named).await.expect("devices");
    assert_eq!(found.visitor_ids, BTreeSet::from(["v-amina".to_owned()]));
    assert_eq!(found.session_ids, BTreeSet::from(["s-amina".to_owned()]));
    let browser = Identifiers { visitor_ids: found.visitor_ids, ..Identifiers::default() };
    let found = fixture.lake.devices(PROJECT, &browser).await.expect("devices");
    assert_eq!(found.session_ids, BTreeSet::from(["s-before".to_owned()]));
    let shared = fixture.lake.shared_devices(PROJECT, &amina()).await.expect("shared");
    assert_eq!(shared.visitor_ids, BTreeSet::from(["v-amina".to_owned()]), "juma signed in on it");
    assert_eq!(shared.session_ids, BTreeSet::from(["s-amina".to_owned()]));
    let none = fixture.lake.devices(PROJECT, &Identifiers::default()).await.expect("devices");
    assert_eq!(none, Identifiers::default());
}
