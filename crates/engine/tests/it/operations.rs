//! Known answers about a server with a fake clock, journal and machine.

use std::sync::Arc;

use domain::clock::Clock as _;
use engine::operations::{Dependencies, OperationsService, StorageMeter};
use engine::ports::journal::{Batch, Journal as _, Position};
use testkit::clock::ManualClock;
use testkit::fakes::journal::MemoryJournal;
use testkit::fakes::resources::FixedResources;
use tokio::sync::watch;
use uuid::Uuid;

struct Fixture {
    clock: Arc<ManualClock>,
    journal: Arc<MemoryJournal>,
    resources: Arc<FixedResources>,
    storage: Arc<StorageMeter>,
    lake: watch::Sender<Position>,
    service: OperationsService,
}

fn fixture() -> Fixture {
    let clock = Arc::new(ManualClock::default());
    let journal = Arc::new(MemoryJournal::new(clock.clone()));
    let resources = Arc::new(FixedResources::default());
    let storage = Arc::new(StorageMeter::new(resources.clone(), clock.clone()));
    let (lake, position) = watch::channel(0);
    let service = OperationsService::new(Dependencies {
        journal: journal.clone(),
        positions: vec![("lake", position)],
        resources: resources.clone(),
        storage: storage.clone(),
        clock: clock.clone(),
    });
    Fixture { clock, journal, resources, storage, lake, service }
}

async fn append(fixture: &Fixture, entries: usize) {
    let mut batch = Batch::default();
    (0..entries).for_each(|_| batch.push(Uuid::from_u128(1), None, b"an event"));
    fixture.journal.append(batch).await.expect("appended");
}

async fn lag(fixture: &Fixture) -> (u64, Option<u64>) {
    let snapshot = fixture.service.snapshot().await;
    let lag = snapshot.projections.first().expect("one projection");
    assert_eq!(lag.projection, "lake");
    (lag.entries, lag.micros.map(|micros| micros / 1_000_000))
}

#[tokio::test]
async fn a_projection_lags_by_its_unapplied_records_and_the_age_of_the_oldest() {
    let fixture = fixture();
    assert_eq!(lag(&fixture).await, (0, Some(0)));
    append(&fixture, 3).await;
    fixture.clock.advance_seconds(7);
    append(&fixture, 2).await;
    fixture.clock.advance_seconds(4);
    assert_eq!(lag(&fixture).await, (5, Some(11)));
    fixture.lake.send_replace(3);
    fixture.clock.advance_seconds(2);
    assert_eq!(lag(&fixture).await, (2, Some(6)));
    fixture.lake.send_replace(5);
    fixture.clock.advance_seconds(2);
    assert_eq!(lag(&fixture).await, (0, Some(0)));
}

#[tokio::test]
async fn it_is_measured_at_most_once_in_two_seconds() {
    let fixture = fixture();
    let first = fixture.service.snapshot().await;
    for _ in 0..1_000 {
        assert!(Arc::ptr_eq(&first, &fixture.service.snapshot().await));
    }
    assert_eq!(fixture.resources.disk_measurements(), 1);
    fixture.clock.advance_seconds(2);
    assert!(!Arc::ptr_eq(&first, &fixture.service.snapshot().await));
    assert_eq!(fixture.resources.disk_measurements(), 2);
    fixture.clock.advance_seconds(-3_600);
    let earlier = fixture.service.snapshot().await;
    assert_eq!(earlier.measured_at, fixture.clock.now(), "a clock that was put back");
}

#[tokio::test]
async fn the_sizes_of_stores_are_those_last_measured() {
    let fixture = fixture();
    assert_eq!(fixture.service.snapshot().await.stores, None);
    let measured_at = fixture.clock.now();
    fixture.storage.measure().await.expect("measured");
    fixture.clock.advance_seconds(60);
    let (at, sizes) = fixture.service.snapshot().await.stores.expect("measured");
    assert_eq!((at, sizes), (measured_at, FixedResources::SIZES));
}

#[tokio::test]
async fn a_disk_that_cannot_be_measured_hides_nothing_else() {
    let fixture = fixture();
    append(&fixture, 1).await;
    fixture.resources.lose_disk();
    let snapshot = fixture.service.snapshot().await;
    assert_eq!(snapshot.disk, None);
    assert_eq!(snapshot.projections[0].entries, 1);
    assert_eq!(snapshot.memory_bytes, Some(FixedResources::MEMORY_BYTES));
}
