//! Scrubbing tables in PostgreSQL.

use std::collections::BTreeMap;

use domain::erasure::Identifiers;
use testkit::conformance::catalog::fixtures::{project_id, two_projects};
use testkit::conformance::catalog::subject_fixtures::{Person, plant};

use super::Postgres;

#[tokio::test]
async fn pages_of_removed_rows_return_to_the_file_system() {
    let (store, ports) = two_projects::<Postgres>().await;
    let amina = Person::of("amina");
    plant(&ports, 1, &amina).await;
    let pages = || {
        let sizes = ["crm_contacts", "crm_activities", "users", "webhook_deliveries"]
            .map(|table| format!("SELECT pg_relation_size('{table}') > 0"));
        store.database.run(&sizes.join("; "))
    };
    assert_eq!(pages().trim(), "t\nt\nt\nt");
    let named = Identifiers::of_subject(&amina.email);
    let person = ports.subjects.resolve_identifiers(project_id(1), &named).await.unwrap();
    ports.subjects.remove_subject(project_id(1), &person, &BTreeMap::new()).await.unwrap();
    assert!(ports.subjects.scrub().await.unwrap());
    assert_eq!(pages().trim(), "f\nf\nf\nf");
}
