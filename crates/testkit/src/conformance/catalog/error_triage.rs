//! Members' decisions about groups of errors.

use domain::annotation::AnnotationKind;
use domain::error_triage::{ErrorDecision, ErrorTriage, Resolution};
use domain::id::{AnnotationId, ProjectId};
use domain::role::{Role, RoleChange};
use engine::ports::catalog::{Annotation, ErrorTriageChange, NewErrorDecision};
use uuid::Uuid;

use super::fixtures::{NOON, join, member_id, project_id, two_projects};
use super::{CatalogHarness, Ports};

const GROUP: &str = "v1:00000000000000000000000000000001";

/// Nothing changed, a second after [`NOON`].
fn change() -> ErrorTriageChange {
    ErrorTriageChange {
        decision: None,
        assigned_to: None,
        by: Some(member_id(1)),
        at: NOON.plus_seconds(1),
    }
}

fn decided(decision: NewErrorDecision) -> ErrorTriageChange {
    ErrorTriageChange { decision: Some(decision), ..change() }
}

fn resolved(in_next_release: bool) -> ErrorTriageChange {
    decided(NewErrorDecision::Resolved { at: NOON, in_next_release })
}

async fn changed(
    ports: &Ports,
    project: ProjectId,
    group: &str,
    change: ErrorTriageChange,
) -> ErrorTriage {
    let found = ports.error_triage.change_triage(project, group, change, 10).await;
    found.unwrap().expect("there is room")
}

/// And it is there after a restart.
pub async fn a_change_leaves_what_it_does_not_name<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let first = changed(&ports, project_id(1), GROUP, resolved(false)).await;
    let resolution = Resolution { at: NOON, in_next_release: false, released_at: None };
    let expected = ErrorTriage {
        decision: ErrorDecision::Resolved(resolution),
        assigned_to: None,
        changed_by: Some(member_id(1)),
        changed_at: Some(NOON.plus_seconds(1)),
    };
    assert_eq!(first, expected);
    let later = NOON.plus_seconds(2);
    let assigned = Some(Some(member_id(1)));
    let assigning = ErrorTriageChange { assigned_to: assigned, by: None, at: later, ..change() };
    let second = changed(&ports, project_id(1), GROUP, assigning).await;
    let assigned_to = Some(member_id(1));
    let expected =
        ErrorTriage { assigned_to, changed_by: None, changed_at: Some(later), ..expected };
    assert_eq!(second, expected);
    store.reopen().await;
    let error_triage = store.ports().error_triage;
    assert_eq!(error_triage.triage(project_id(1), GROUP).await.unwrap(), expected);
    let listed = error_triage.triaged(project_id(1), 10).await.unwrap();
    assert_eq!(listed, [(GROUP.to_owned(), expected)]);
    let ports = store.ports();
    let ignored = changed(&ports, project_id(1), GROUP, decided(NewErrorDecision::Ignored)).await;
    assert_eq!((ignored.decision, ignored.assigned_to), (ErrorDecision::Ignored, assigned_to));
    let nobody = ErrorTriageChange { assigned_to: Some(None), ..change() };
    let freed = changed(&ports, project_id(1), GROUP, nobody).await;
    assert_eq!((freed.decision, freed.assigned_to), (ErrorDecision::Ignored, None));
}

/// Also of a name that no text of the database can be.
pub async fn nothing_decided_is_the_default<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for group in [GROUP, "", "\0"] {
        let found = ports.error_triage.triage(project_id(1), group).await.unwrap();
        assert_eq!(found, ErrorTriage::default());
    }
    // A group that is reopened is no longer listed, but who did it is known.
    changed(&ports, project_id(1), GROUP, resolved(false)).await;
    let opened = changed(&ports, project_id(1), GROUP, decided(NewErrorDecision::Open)).await;
    assert_eq!((opened.decision, opened.changed_by), (ErrorDecision::Open, Some(member_id(1))));
    assert_eq!(ports.error_triage.triaged(project_id(1), 10).await.unwrap(), []);
    assert_eq!(ports.error_triage.triage(project_id(1), GROUP).await.unwrap(), opened);
}

/// A note, and a release before it or of another project, is none.
pub async fn a_resolution_waits_for_the_first_release_after_it<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let annotate = async |number: u128, project: u128, kind, seconds: i64| {
        let new = Annotation {
            id: AnnotationId(Uuid::from_u128(number)),
            project_id: project_id(project),
            kind,
            text: format!("Note {number}"),
            occurred_at: NOON.plus_seconds(seconds),
            created_at: NOON,
        };
        assert!(ports.annotations.annotate(&new, 10).await.unwrap());
    };
    changed(&ports, project_id(1), GROUP, resolved(true)).await;
    annotate(1, 1, AnnotationKind::Release, 0).await;
    annotate(2, 1, AnnotationKind::Note, 10).await;
    annotate(3, 2, AnnotationKind::Release, 10).await;
    let resolution = async || {
        let triage = ports.error_triage.triage(project_id(1), GROUP).await.unwrap();
        let ErrorDecision::Resolved(resolution) = triage.decision else { panic!("{triage:?}") };
        assert!(resolution.in_next_release);
        resolution.released_at
    };
    assert_eq!(resolution().await, None);
    annotate(4, 1, AnnotationKind::Release, 30).await;
    annotate(5, 1, AnnotationKind::Release, 20).await;
    assert_eq!(resolution().await, Some(NOON.plus_seconds(20)));
}

/// And of nobody it is listed only for what is decided about it.
pub async fn an_error_is_nobodys_once_its_member_has_left<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 3, 1, Role::Analyst, NOON).await;
    let assigned = ErrorTriageChange { assigned_to: Some(Some(member_id(3))), ..change() };
    let found = changed(&ports, project_id(1), GROUP, assigned).await;
    assert_eq!(found.assigned_to, Some(member_id(3)));
    let change = RoleChange { by: Role::Owner, to: None, is_self: false };
    let left = ports.memberships.change_membership(project_id(1), member_id(3), change).await;
    left.unwrap().expect("a member").expect("may leave");
    let found = ports.error_triage.triage(project_id(1), GROUP).await.unwrap();
    assert_eq!(found.assigned_to, None);
}

/// At the limit a group that is triaged already can be changed.
pub async fn so_many_errors_are_triaged_and_no_other_project_sees_them<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let most = 2;
    let change = async |project: u128, group: &str, change| {
        let found =
            ports.error_triage.change_triage(project_id(project), group, change, most).await;
        found.unwrap().is_some()
    };
    assert!(change(1, "a", resolved(false)).await);
    assert!(change(1, "b", resolved(false)).await);
    assert!(!change(1, "c", resolved(false)).await);
    assert!(change(1, "b", decided(NewErrorDecision::Ignored)).await);
    assert!(change(2, "c", resolved(false)).await);
    assert!(change(1, "a", decided(NewErrorDecision::Open)).await);
    assert!(change(1, "c", resolved(false)).await);
    let groups = async |project: u128, limit| {
        let found = ports.error_triage.triaged(project_id(project), limit).await.unwrap();
        found.into_iter().map(|(group, _)| group).collect::<Vec<_>>()
    };
    assert_eq!(groups(1, 10).await, ["b", "c"]);
    assert_eq!(groups(1, 1).await, ["b"]);
    assert_eq!(groups(2, 10).await, ["c"]);
    let foreign = ports.error_triage.triage(project_id(2), "b").await.unwrap();
    assert_eq!(foreign, ErrorTriage::default());
}
