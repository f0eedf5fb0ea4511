//! Requests of keys by the minute.

use domain::id::{KeyId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{RATE_COUNTS_KEPT_SECONDS, RateCount, RequestClass};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id};

fn count(
    project_id: ProjectId,
    key: u128,
    class: RequestClass,
    minute: i64,
    count: u64,
) -> RateCount {
    let window_start = at(minute);
    RateCount { project_id, key_id: KeyId(Uuid::from_u128(key)), class, window_start, count }
}

fn at(minute: i64) -> Timestamp {
    NOON.plus_seconds(60 * minute)
}

/// Two servers report 3 and 4 requests of one window: each learns of 7, and of all others since.
pub async fn counts_of_all_servers_add_up_by_key_class_and_window<S: CatalogHarness>() {
    use RequestClass::{Auxiliary, Events};
    let mut store = S::fresh().await;
    let limits = store.ports().rate_limits;
    let (one, two) = (project_id(1), project_id(2));
    let first =
        [count(one, 1, Events, 0, 3), count(one, 1, Auxiliary, 0, 1), count(two, 2, Events, 0, 9)];
    let mut learnt = limits.add_rate_counts(&first, at(0)).await.unwrap();
    learnt.sort_unstable();
    let mut expected = first;
    expected.sort_unstable();
    assert_eq!(learnt, expected);
    let second = [count(one, 1, Events, 0, 4), count(one, 1, Events, 1, 2)];
    let learnt = limits.add_rate_counts(&second, at(0)).await.unwrap();
    assert_eq!(learnt.len(), 4, "{learnt:?}");
    assert!(learnt.contains(&count(one, 1, Events, 0, 7)), "{learnt:?}");
    drop(limits);
    store.reopen().await;
    let limits = store.ports().rate_limits;
    assert_eq!(limits.add_rate_counts(&[], at(1)).await.unwrap(), [count(one, 1, Events, 1, 2)]);
    let later = RATE_COUNTS_KEPT_SECONDS / 60 + 1;
    let new = count(one, 1, Events, later, 1);
    assert_eq!(limits.add_rate_counts(&[new], at(later)).await.unwrap(), [new]);
    let mut kept = limits.add_rate_counts(&[], at(0)).await.unwrap();
    kept.sort_unstable();
    assert_eq!(kept, [count(one, 1, Events, 1, 2), new], "the first minute is too old");
}
