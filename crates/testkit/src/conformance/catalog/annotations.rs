//! Notes on a project's time line.

use domain::annotation::AnnotationKind;
use domain::id::AnnotationId;
use engine::ports::catalog::Annotation;
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

/// A release, `number` seconds after [`NOON`].
fn release(number: u128) -> Annotation {
    Annotation {
        id: AnnotationId(Uuid::from_u128(number)),
        project_id: project_id(1),
        kind: AnnotationKind::Release,
        text: format!("Release {number} “ümlaut”"),
        occurred_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        created_at: NOON,
    }
}

/// From the first instant to before the last, and after a restart.
pub async fn notes_of_a_period_come_latest_first<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let same_time = Annotation { id: AnnotationId(Uuid::from_u128(9)), ..release(2) };
    let note = Annotation { kind: AnnotationKind::Note, ..release(4) };
    for new in [release(2), release(1), same_time.clone(), note.clone(), release(3)] {
        assert!(ports.annotations.annotate(&new, 10).await.unwrap());
    }
    store.reopen().await;
    let annotations = store.ports().annotations;
    let of = async |from: i64, to: i64, limit| {
        let (from, to) = (NOON.plus_seconds(from), NOON.plus_seconds(to));
        annotations.annotations(project_id(1), from, to, limit).await.unwrap()
    };
    assert_eq!(of(2, 4, 10).await, [release(3), same_time.clone(), release(2)]);
    assert_eq!(of(1, 5, 2).await, [note, release(3)]);
    assert_eq!(of(5, 9, 10).await, []);
}

/// The latest first, whenever they are, and no other project's.
pub async fn releases_are_listed_apart_from_other_notes<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let note = Annotation { kind: AnnotationKind::Note, ..release(2) };
    let foreign = Annotation { project_id: project_id(2), ..release(4) };
    for new in [release(1), note, release(3), foreign] {
        assert!(ports.annotations.annotate(&new, 10).await.unwrap());
    }
    let releases = async |limit| ports.annotations.releases(project_id(1), limit).await.unwrap();
    assert_eq!(releases(9).await, [release(3), release(1)]);
    assert_eq!(releases(1).await, [release(3)]);
}

/// A note of another project is neither listed nor deleted.
pub async fn a_project_holds_so_many_notes_and_no_other_sees_them<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    assert!(ports.annotations.annotate(&release(1), 2).await.unwrap());
    assert!(ports.annotations.annotate(&release(2), 2).await.unwrap());
    assert!(!ports.annotations.annotate(&release(3), 2).await.unwrap());
    let other = Annotation { project_id: project_id(2), ..release(4) };
    assert!(ports.annotations.annotate(&other, 2).await.unwrap());
    let remove = |project, number| {
        ports.annotations.remove_annotation(project, AnnotationId(Uuid::from_u128(number)))
    };
    assert!(!remove(project_id(2), 1).await.unwrap());
    assert!(remove(project_id(1), 1).await.unwrap());
    assert!(!remove(project_id(1), 1).await.unwrap());
    let later = NOON.plus_seconds(9);
    let left = ports.annotations.annotations(project_id(1), NOON, later, 9).await.unwrap();
    assert_eq!(left, [release(2)]);
    assert!(ports.annotations.annotate(&release(3), 2).await.unwrap());
}
