//! The account of what was done, and by whom.

use engine::ports::catalog::{Actor, ActorKind, AuditEntry};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, audit_entry, member_id, project_id, secret_key_id, two_projects};

/// With every field, over a restart; a repetition changes nothing.
pub async fn entries_come_back_as_they_were_recorded<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let by_member = AuditEntry { target: "Ключ '; --".into(), ..audit_entry(1, 1) };
    let by_key = AuditEntry {
        actor: Actor {
            kind: ActorKind::SecretKey,
            id: secret_key_id(1).0,
            label: "Warehouse".into(),
        },
        status: 403,
        ..audit_entry(2, 1)
    };
    ports.audit.record(by_member.clone()).await.unwrap();
    ports.audit.record(by_key.clone()).await.unwrap();
    let repeated = AuditEntry { status: 500, ..by_key.clone() };
    ports.audit.record(repeated).await.unwrap();
    store.reopen().await;
    let entries = store.ports().audit.entries(project_id(1), None, 10).await.unwrap();
    assert_eq!(entries, [by_key, by_member]);
}

/// Latest first, each once, whatever the order they came in; those of one instant by request.
pub async fn the_audit_log_is_paged_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    // 1 and 2 at one instant, 3 and 4 at the next.
    for (number, seconds) in [(4, 2), (1, 1), (5, 3), (3, 2), (2, 1)] {
        let at = NOON.plus_seconds(seconds);
        ports.audit.record(AuditEntry { at, ..audit_entry(number, 1) }).await.unwrap();
    }
    let mut cursor = None;
    let mut seen = Vec::new();
    loop {
        let page = ports.audit.entries(project_id(1), cursor, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        cursor = Some((last.at, last.request_id));
        seen.extend(page.into_iter().map(|entry| entry.request_id));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1].map(|number| audit_entry(number, 1).request_id));
}

/// Nor those of operations outside any project.
pub async fn an_audit_log_shows_its_own_project_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.audit.record(audit_entry(1, 1)).await.unwrap();
    ports.audit.record(audit_entry(2, 2)).await.unwrap();
    let outside = AuditEntry { project: None, ..audit_entry(3, 1) };
    ports.audit.record(outside).await.unwrap();
    for (project, expected) in [(1, vec![audit_entry(1, 1)]), (2, vec![audit_entry(2, 2)])] {
        let entries = ports.audit.entries(project_id(project), None, 10).await.unwrap();
        assert_eq!(entries, expected);
    }
    assert_eq!(ports.audit.entries(project_id(9), None, 10).await.unwrap(), []);
    let cursor = Some((NOON.plus_seconds(99), Uuid::from_u128(u128::MAX)));
    let entries = ports.audit.entries(project_id(2), cursor, 10).await.unwrap();
    assert_eq!(entries, [audit_entry(2, 2)]);
}

/// Of all projects, and none of that instant or after; entries outlive who made them.
pub async fn pruning_removes_entries_of_before<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, project) in [(1, 1), (2, 2), (3, 1)] {
        let entry = audit_entry(number, project);
        assert_eq!(entry.actor.id, member_id(1).0);
        ports.audit.record(entry).await.unwrap();
    }
    assert_eq!(ports.audit.prune_entries(audit_entry(3, 1).at).await.unwrap(), 2);
    assert_eq!(ports.audit.prune_entries(audit_entry(3, 1).at).await.unwrap(), 0);
    let left = ports.audit.entries(project_id(1), None, 10).await.unwrap();
    assert_eq!(left, [audit_entry(3, 1)]);
}
