//! One person over all tables: found, shown and removed, and nobody else with them.

use std::collections::{BTreeMap, BTreeSet};

use domain::erasure::Identifiers;
use engine::ports::catalog::SubjectTable;

use super::fixtures::{project_id, two_projects, widget_id};
use super::subject_fixtures::{Person, plant};
use super::{CatalogHarness, Ports};

/// A person as they are named, with everything they were planted with.
async fn known(ports: &Ports, person: &Person) -> Identifiers {
    let named = Identifiers::of_subject(&person.user_id);
    ports.subjects.resolve_identifiers(project_id(1), &named).await.unwrap()
}

async fn tables(ports: &Ports, person: &Identifiers) -> Vec<SubjectTable> {
    ports.subjects.tables_of(project_id(1), person).await.unwrap()
}

async fn remove(ports: &Ports, person: &Identifiers) -> u64 {
    let rename = |session: &String| (session.clone(), format!("erased_{}", session.len()));
    let sessions: BTreeMap<String, String> = person.session_ids.iter().map(rename).collect();
    let removed = ports.subjects.remove_subject(project_id(1), person, &sessions).await.unwrap();
    removed.rows + removed.failed_events
}

/// By user id or by e-mail in any case, the same person: all names, the browser and the sessions.
pub async fn a_person_is_known_by_all_their_names<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let amina = Person::of("amina");
    plant(&ports, 1, &amina).await;
    let set = |texts: &[&String]| texts.iter().map(|text| (*text).clone()).collect::<BTreeSet<_>>();
    for name in [amina.user_id.clone(), amina.email.to_uppercase()] {
        let named = Identifiers::of_subject(&name);
        let found = ports.subjects.resolve_identifiers(project_id(1), &named).await.unwrap();
        assert!(found.user_ids.contains(&amina.user_id), "{name}");
        assert_eq!(found.emails, set(&[&amina.email]), "{name}");
        assert_eq!(found.visitor_ids, set(&[&amina.visitor_id]), "{name}");
        assert!(found.session_ids.contains(&amina.session_id), "{name}");
    }
    let named = Identifiers::of_subject(&amina.user_id);
    let elsewhere = ports.subjects.resolve_identifiers(project_id(2), &named).await.unwrap();
    assert_eq!(elsewhere, named, "another project knows nothing of it");
}

/// A browser or session that somebody else used is named as shared.
pub async fn devices_shared_with_others_are_named<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let amina = Person::of("amina");
    let brother = Person { visitor_id: amina.visitor_id.clone(), ..Person::of("juma") };
    plant(&ports, 1, &amina).await;
    let mut found = known(&ports, &amina).await;
    let shared = ports.subjects.shared_devices(project_id(1), &found).await.unwrap();
    assert_eq!(shared, Identifiers::default());
    plant(&ports, 100, &brother).await;
    let shared = ports.subjects.shared_devices(project_id(1), &found).await.unwrap();
    assert_eq!(shared.visitor_ids, BTreeSet::from([amina.visitor_id.clone()]));
    assert_eq!(shared.session_ids, BTreeSet::new());
    found.leave_out_devices(&shared);
    assert!(found.visitor_ids.is_empty() && !found.session_ids.is_empty());
}

/// Every table that something was planted in.
pub async fn a_person_is_shown_whole<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let amina = Person::of("amina");
    plant(&ports, 1, &amina).await;
    let shown = tables(&ports, &known(&ports, &amina).await).await;
    let names: BTreeSet<&str> = shown.iter().map(|table| table.name).collect();
    let expected = BTreeSet::from([
        "users",
        "user_sessions",
        "user_activity_summary",
        "orders",
        "service_bookings",
        "reviews",
        "customer_tokens",
        "crm_contacts",
        "crm_activities",
        "crm_tasks",
        "person_notes",
        "lead_scores",
        "lead_signals",
        "calls",
        "failed_events",
        "webhook_deliveries",
    ]);
    assert_eq!(names, expected);
    for table in &shown {
        assert!(!table.rows.is_empty(), "{}", table.name);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
    }
}

/// Everything of the one is gone, everything of the other as before, and once more changes nothing.
pub async fn exactly_the_person_is_removed<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let (amina, juma) = (Person::of("amina"), Person::of("juma"));
    plant(&ports, 1, &amina).await;
    plant(&ports, 100, &juma).await;
    let (hers, his) = (known(&ports, &amina).await, known(&ports, &juma).await);
    let before = tables(&ports, &his).await;
    assert!(!tables(&ports, &hers).await.is_empty());
    assert!(remove(&ports, &hers).await > 0);
    assert_eq!(tables(&ports, &hers).await, []);
    assert_eq!(tables(&ports, &his).await, before);
    assert_eq!(remove(&ports, &hers).await, 0);
    assert_eq!(known(&ports, &amina).await, Identifiers::of_subject(&amina.user_id));
}

/// Calls stay except for the session id; later facts apply as before.
pub async fn calls_stay_and_name_nobody<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let amina = Person::of("amina");
    plant(&ports, 1, &amina).await;
    let calls =
        async || ports.calls.calls(project_id(1), super::calls::all(), None, 9).await.unwrap();
    let before = calls().await;
    assert_eq!(before.len(), 1);
    remove(&ports, &known(&ports, &amina).await).await;
    let after = calls().await;
    assert_eq!(after.len(), 1);
    assert_eq!(after[0].call, before[0].call);
    assert_eq!(after[0].session_id, format!("erased_{}", amina.session_id.len()));
    let key = domain::billing::session_key(widget_id(1), &after[0].session_id);
    assert_eq!(after[0].session_key, key);
}

/// Rows of a person of the same name in another project stay.
pub async fn another_projects_rows_stay<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let amina = Person::of("amina");
    plant(&ports, 1, &amina).await;
    let hers = known(&ports, &amina).await;
    let before = tables(&ports, &hers).await;
    for other in [project_id(2), project_id(9)] {
        let removed = ports.subjects.remove_subject(other, &hers, &BTreeMap::new()).await.unwrap();
        assert_eq!((removed.rows, removed.failed_events), (0, 0));
        assert_eq!(ports.subjects.tables_of(other, &hers).await.unwrap(), []);
    }
    assert_eq!(tables(&ports, &hers).await, before);
}
