//! Uploaded source maps.

use domain::id::{MemberId, SourceMapId};
use engine::ports::catalog::{SourceMap, SourceMapBounds, SourceMapWriteOutcome};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

const MOST: SourceMapBounds = SourceMapBounds { count: 10, bytes: 10_000 };

/// A map of 100 bytes, uploaded `number` seconds after [`NOON`].
fn map(number: u128) -> SourceMap {
    let at = NOON.plus_seconds(i64::try_from(number).unwrap());
    SourceMap {
        id: SourceMapId(Uuid::from_u128(number)),
        project_id: project_id(1),
        address: format!("~/assets/“{number}”.js"),
        release: None,
        digest: format!("{number:064x}"),
        size_bytes: 100,
        created_at: at,
        uploaded_at: at,
        uploaded_by: None,
    }
}

/// By address, release and digest; each counts. The instant and the member of the last upload are stored.
pub async fn a_map_is_added_once_and_renewed<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let first = map(1);
    let add = async |new: &SourceMap| ports.source_maps.add_source_map(new, MOST).await.unwrap();
    assert_eq!(add(&first).await, SourceMapWriteOutcome::Added);
    let member = Some(MemberId(Uuid::from_u128(7)));
    let at = NOON.plus_seconds(60);
    let again = SourceMap {
        id: SourceMapId(Uuid::from_u128(99)),
        created_at: at,
        uploaded_at: at,
        uploaded_by: member,
        ..first.clone()
    };
    assert_eq!(add(&again).await, SourceMapWriteOutcome::Known);
    for (other, id) in [
        (SourceMap { address: "~/b.js".to_owned(), ..again.clone() }, 2),
        (SourceMap { release: Some("4.2".to_owned()), ..again.clone() }, 3),
        (SourceMap { digest: "0".repeat(64), ..again.clone() }, 4),
        (SourceMap { project_id: project_id(2), ..again.clone() }, 5),
    ] {
        let renewed = ports.source_maps.renew_source_map(&other).await.unwrap();
        assert_eq!(renewed, None, "{other:?}");
        let other = SourceMap { id: SourceMapId(Uuid::from_u128(id)), ..other };
        assert_eq!(add(&other).await, SourceMapWriteOutcome::Added, "{other:?}");
    }
    let renewed = ports.source_maps.renew_source_map(&again).await.unwrap();
    let expected = SourceMap { uploaded_at: at, uploaded_by: member, ..first };
    assert_eq!(renewed, Some(expected.clone()));
    store.reopen().await;
    let addresses = [expected.address.clone()];
    let ports = store.ports();
    let stored = ports.source_maps.source_maps_of(project_id(1), &addresses).await.unwrap();
    assert_eq!(stored.len(), 3);
    assert!(stored.contains(&expected), "{stored:?}");
}

/// The latest first, by id where the instant is the same; in pages.
pub async fn maps_are_listed_by_their_last_upload<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let same_time = SourceMap { uploaded_at: map(2).uploaded_at, ..map(9) };
    let foreign = SourceMap { project_id: project_id(2), ..map(5) };
    for new in [map(2), map(1), same_time.clone(), map(3), foreign] {
        ports.source_maps.add_source_map(&new, MOST).await.unwrap();
    }
    let page = async |after: Option<&SourceMap>, limit| {
        let after = after.map(|map| (map.uploaded_at, map.id));
        ports.source_maps.source_maps(project_id(1), after, limit).await.unwrap()
    };
    assert_eq!(page(None, 2).await, [map(3), same_time.clone()]);
    assert_eq!(page(Some(&same_time), 2).await, [map(2), map(1)]);
    assert_eq!(page(Some(&map(1)), 2).await, []);
    let renewed = SourceMap { uploaded_at: NOON.plus_seconds(60), ..map(1) };
    ports.source_maps.renew_source_map(&renewed).await.unwrap();
    assert_eq!(page(None, 1).await, [renewed]);
}

/// All of an address, whatever their release; no address holds the character that no text has.
pub async fn maps_are_found_by_address_in_their_project_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let later = SourceMap { address: map(1).address, release: Some("2".to_owned()), ..map(2) };
    for new in [map(1), later.clone(), map(3)] {
        ports.source_maps.add_source_map(&new, MOST).await.unwrap();
    }
    let of = async |project, addresses: &[&str]| {
        let addresses: Vec<String> = addresses.iter().map(|text| (*text).to_owned()).collect();
        let mut found = ports.source_maps.source_maps_of(project, &addresses).await.unwrap();
        found.sort_by_key(|map| map.id);
        found
    };
    let (one, three) = (&*map(1).address, &*map(3).address);
    assert_eq!(of(project_id(1), &[one]).await, [map(1), later.clone()]);
    assert_eq!(of(project_id(1), &["~/none.js", three, one]).await, [map(1), later, map(3)]);
    assert_eq!(of(project_id(1), &["~/none.js", "a\0b"]).await, []);
    assert_eq!(of(project_id(1), &[]).await, []);
    assert_eq!(of(project_id(2), &[one, three]).await, []);
}

/// By number and by size, each project by itself.
pub async fn a_project_holds_so_many_maps_of_so_many_bytes<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let most = SourceMapBounds { count: 2, bytes: 250 };
    let add = async |new: &SourceMap| ports.source_maps.add_source_map(new, most).await.unwrap();
    let large = SourceMap { size_bytes: 151, ..map(2) };
    assert_eq!(add(&map(1)).await, SourceMapWriteOutcome::Added);
    assert_eq!(add(&large).await, SourceMapWriteOutcome::Full);
    assert_eq!(add(&SourceMap { size_bytes: 150, ..map(2) }).await, SourceMapWriteOutcome::Added);
    assert_eq!(add(&SourceMap { size_bytes: 0, ..map(3) }).await, SourceMapWriteOutcome::Full);
    let stored = async |project| ports.source_maps.stored_source_maps(project).await.unwrap();
    assert_eq!(stored(project_id(1)).await, SourceMapBounds { count: 2, bytes: 250 });
    assert_eq!(stored(project_id(2)).await, SourceMapBounds { count: 0, bytes: 0 });
    let foreign = SourceMap { project_id: project_id(2), ..map(4) };
    assert_eq!(add(&foreign).await, SourceMapWriteOutcome::Added);
}

/// Those uploaded before an instant. A map of another project is not removed.
pub async fn the_oldest_maps_are_found_and_removed<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [3, 1, 4, 2] {
        ports.source_maps.add_source_map(&map(number), MOST).await.unwrap();
    }
    let oldest = async |before, limit| {
        let before = NOON.plus_seconds(before);
        ports.source_maps.oldest_source_maps(project_id(1), before, limit).await.unwrap()
    };
    let ids = |numbers: &[u128]| -> Vec<SourceMapId> {
        numbers.iter().map(|number| SourceMapId(Uuid::from_u128(*number))).collect()
    };
    assert_eq!(oldest(4, 9).await, ids(&[1, 2, 3]));
    assert_eq!(oldest(4, 2).await, ids(&[1, 2]));
    assert_eq!(oldest(1, 9).await, []);
    let remove = |project, number| {
        ports.source_maps.remove_source_map(project, SourceMapId(Uuid::from_u128(number)))
    };
    assert!(!remove(project_id(2), 1).await.unwrap());
    assert!(remove(project_id(1), 1).await.unwrap());
    assert!(!remove(project_id(1), 1).await.unwrap());
    assert_eq!(oldest(9, 9).await, ids(&[2, 3, 4]));
    assert_eq!(
        ports.source_maps.source_maps_of(project_id(2), &[map(2).address]).await.unwrap(),
        []
    );
}
