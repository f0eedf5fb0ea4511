//! Saved segments.

use domain::id::{MemberId, SegmentId};
use domain::question::parse_filters;
use domain::role::{Role, RoleChange};
use engine::ports::catalog::{Segment, SegmentPatch};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, join, member_id, project_id, two_projects};

const ANA: MemberId = MemberId(Uuid::from_u128(0xa1));
const ZOE: MemberId = MemberId(Uuid::from_u128(0xa2));

/// A segment of Ana's with this name.
fn segment(number: u128, name: &str) -> Segment {
    Segment {
        id: SegmentId(Uuid::from_u128(number)),
        project_id: project_id(1),
        author_id: ANA,
        name: name.to_owned(),
        filters: parse_filters(r"city!=Zürich,a\,b\;'--;session=rage_click").unwrap(),
        is_shared: false,
        created_at: NOON,
        updated_at: NOON,
    }
}

fn names(segments: &[Segment]) -> Vec<&str> {
    segments.iter().map(|it| &*it.name).collect()
}

/// By name, and after a restart.
pub async fn members_see_shared_segments_and_their_own<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let own = segment(1, "b “ümlaut”");
    let shared = Segment { is_shared: true, ..segment(2, "a") };
    let of_zoe = Segment { author_id: ZOE, ..segment(3, "c") };
    for new in [&own, &shared, &of_zoe] {
        assert!(ports.segments.add_segment(new, 10).await.unwrap());
    }
    store.reopen().await;
    let segments = store.ports().segments;
    let of = async |member| segments.segments(project_id(1), member).await.unwrap();
    assert_eq!(of(Some(ANA)).await, [shared.clone(), own]);
    assert_eq!(of(Some(ZOE)).await, [shared.clone(), of_zoe]);
    assert_eq!(of(None).await, [shared]);
    assert_eq!(segments.segments(project_id(2), Some(ANA)).await.unwrap(), []);
}

/// A field that is left out stays as it is.
pub async fn an_author_changes_a_segment_and_nobody_else<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let made = segment(1, "a");
    assert!(ports.segments.add_segment(&made, 10).await.unwrap());
    let later = NOON.plus_seconds(60);
    let change = async |project, member, changes| {
        ports.segments.change_segment(project, made.id, member, changes, later).await.unwrap()
    };
    let renamed = SegmentPatch { name: Some("b".to_owned()), ..SegmentPatch::default() };
    assert_eq!(change(project_id(1), ZOE, renamed.clone()).await, None);
    assert_eq!(change(project_id(2), ANA, renamed.clone()).await, None);
    let expected = Segment { name: "b".to_owned(), updated_at: later, ..made.clone() };
    assert_eq!(change(project_id(1), ANA, renamed).await, Some(expected.clone()));
    let filters = parse_filters("browser~fox").unwrap();
    let shared = SegmentPatch {
        filters: Some(filters.clone()),
        is_shared: Some(true),
        ..SegmentPatch::default()
    };
    let expected = Segment { filters, is_shared: true, ..expected };
    assert_eq!(change(project_id(1), ANA, shared).await, Some(expected.clone()));
    assert_eq!(ports.segments.segments(project_id(1), Some(ZOE)).await.unwrap(), [expected]);
}

/// Of a member who leaves the project the shared ones stay.
pub async fn segments_of_a_member_who_leaves_go_unless_they_are_shared<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 3, 1, Role::Analyst, NOON).await;
    let own = Segment { author_id: member_id(3), ..segment(1, "own") };
    let shared = Segment { is_shared: true, ..Segment { id: segment(2, "").id, ..own.clone() } };
    for new in [&own, &shared, &segment(3, "of Ana")] {
        assert!(ports.segments.add_segment(new, 10).await.unwrap());
    }
    let leave = RoleChange { by: Role::Analyst, is_self: true, to: None };
    ports.memberships.change_membership(project_id(1), member_id(3), leave).await.unwrap();
    let of = async |member| ports.segments.segments(project_id(1), Some(member)).await.unwrap();
    assert_eq!(of(member_id(3)).await, [shared]);
    assert_eq!(names(&of(ANA).await), ["of Ana", "own"]);
}

/// One of another project is never deleted, and a deleted one makes room.
pub async fn a_project_holds_so_many_segments_until_some_are_deleted<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in 1..=2 {
        assert!(ports.segments.add_segment(&segment(number, "a"), 2).await.unwrap());
    }
    assert!(!ports.segments.add_segment(&segment(3, "c"), 2).await.unwrap());
    let other = Segment { project_id: project_id(2), ..segment(4, "d") };
    assert!(ports.segments.add_segment(&other, 2).await.unwrap());
    let remove = async |project, number, author| {
        let id = SegmentId(Uuid::from_u128(number));
        ports.segments.remove_segment(project, id, author).await.unwrap()
    };
    assert!(!remove(project_id(2), 1, None).await);
    assert!(!remove(project_id(1), 1, Some(ZOE)).await);
    assert!(remove(project_id(1), 1, Some(ANA)).await);
    assert!(remove(project_id(1), 2, None).await);
    assert!(!remove(project_id(1), 2, None).await);
    assert!(ports.segments.add_segment(&segment(3, "c"), 2).await.unwrap());
    let left = ports.segments.segments(project_id(1), Some(ANA)).await.unwrap();
    assert_eq!(names(&left), ["c"]);
}
