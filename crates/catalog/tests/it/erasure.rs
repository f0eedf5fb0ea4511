//! A person who was removed is in no byte of the catalog's files.

use std::collections::BTreeMap;

use domain::erasure::Identifiers;
use testkit::conformance::catalog::fixtures::{project_id, two_projects};
use testkit::conformance::catalog::subject_fixtures::{Person, plant};

use crate::Sqlite;

const MARKER: &str = "amina7f3a91";

/// Files that hold the marker, with what stands around its first place.
fn found(store: &Sqlite) -> Vec<String> {
    let folder = store.path();
    let folder = folder.parent().unwrap();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let place = bytes.windows(MARKER.len()).position(|window| window == MARKER.as_bytes());
        if let Some(at) = place {
            let context = &bytes[at.saturating_sub(80)..(at + 80).min(bytes.len())];
            found.push(format!("{}: {}", path.display(), String::from_utf8_lossy(context)));
        }
    }
    found
}

#[tokio::test]
async fn a_removed_person_is_in_no_file() {
    let (store, ports) = two_projects::<Sqlite>().await;
    let amina = Person::of(MARKER);
    // Others before and after, so that pages are shared and split.
    for number in 1..30 {
        plant(&ports, number, &Person::of(&format!("before{number}"))).await;
    }
    plant(&ports, 30, &amina).await;
    for number in 31..60 {
        plant(&ports, number, &Person::of(&format!("after{number}"))).await;
    }
    assert!(!found(&store).is_empty(), "the search finds what is there");
    let named = Identifiers::of_subject(&amina.email);
    let person = ports.subjects.resolve_identifiers(project_id(1), &named).await.unwrap();
    let sessions = BTreeMap::from([(amina.session_id.clone(), "erased_1".to_owned())]);
    ports.subjects.remove_subject(project_id(1), &person, &sessions).await.unwrap();
    assert!(ports.subjects.scrub().await.unwrap());
    assert_eq!(found(&store), Vec::<String>::new());
}
