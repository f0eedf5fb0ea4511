//! How much each project has recorded on each day.

use tokio::task::JoinSet;

use super::CatalogHarness;
use super::fixtures::{project_id, two_projects};

/// Each project and day has its own; a day on which something did not fit is over.
pub async fn a_day_accepts_bytes_up_to_its_limit<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let [one, other] = [1, 2].map(project_id);
    let days = ports.recording_days;
    assert_eq!(days.recorded_bytes(one, 20_000).await.unwrap(), 0);
    for (bytes, fits, used) in [(60, true, 60), (40, true, 100), (0, true, 100), (1, false, 100)] {
        assert_eq!(days.reserve_bytes(one, 20_000, bytes, 100).await.unwrap(), fits);
        assert_eq!(days.recorded_bytes(one, 20_000).await.unwrap(), used);
    }
    assert!(days.reserve_bytes(one, 20_001, 90, 100).await.unwrap(), "the next day");
    assert!(!days.reserve_bytes(one, 20_001, 11, 100).await.unwrap());
    assert_eq!(days.recorded_bytes(one, 20_001).await.unwrap(), 100, "it is over");
    assert!(!days.reserve_bytes(other, 20_000, 101, 100).await.unwrap(), "never fits");
    drop(days);
    store.reopen().await;
    let days = store.ports().recording_days;
    assert_eq!(days.recorded_bytes(one, 20_000).await.unwrap(), 100);
    days.prune_recording_days(20_001).await.unwrap();
    assert_eq!(days.recorded_bytes(one, 20_000).await.unwrap(), 0);
    assert_eq!(days.recorded_bytes(one, 20_001).await.unwrap(), 100);
}

/// Those who come first.
pub async fn concurrent_recordings_never_exceed_the_daily_limit<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let mut calls = JoinSet::new();
    for _ in 0..30 {
        let days = ports.recording_days.clone();
        calls.spawn(async move { days.reserve_bytes(project_id(1), 7, 10, 100).await });
    }
    let taken = calls.join_all().await.into_iter().filter(|taken| *taken.as_ref().unwrap());
    assert_eq!(taken.count(), 10);
    assert_eq!(ports.recording_days.recorded_bytes(project_id(1), 7).await.unwrap(), 100);
}
