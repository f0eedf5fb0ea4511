//! Delivery reports of the browser SDK.

use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;
use engine::ports::catalog::SdkCount;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id};

const HOUR: i64 = 3_600;

fn count(project_id: ProjectId, hour: Timestamp, name: &str, count: u64) -> SdkCount {
    SdkCount { project_id, hour, name: name.to_owned(), count }
}

/// By name, within the hours asked for, each project's own; and no longer than they are kept.
pub async fn reports_add_up_by_the_hour<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    let reports = store.ports().sdk_reports;
    let (one, two) = (project_id(1), project_id(2));
    let later = NOON.plus_seconds(HOUR);
    let first = [
        count(one, NOON, "created", 5),
        count(one, NOON, "acknowledged", 4),
        count(one, later, "created", 1),
        count(two, NOON, "created", 9),
    ];
    reports.add_sdk_counts(&first).await.unwrap();
    reports.add_sdk_counts(&[]).await.unwrap();
    reports.add_sdk_counts(&[count(one, NOON, "created", 2)]).await.unwrap();
    drop(reports);
    store.reopen().await;
    let reports = store.ports().sdk_reports;
    let totals = async |project, from, to| {
        let counts = reports.sdk_counts(project, Period::new(from, to).unwrap()).await.unwrap();
        counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>()
    };
    let end = NOON.plus_seconds(2 * HOUR);
    assert_eq!(totals(one, NOON, end).await, ["acknowledged 4", "created 8"]);
    assert_eq!(totals(one, NOON, later).await, ["acknowledged 4", "created 7"]);
    assert_eq!(totals(one, NOON.plus_seconds(1), end).await, ["created 1"]);
    assert_eq!(totals(two, NOON, end).await, ["created 9"]);
    reports.prune_sdk_counts(later).await.unwrap();
    assert_eq!(totals(one, NOON, end).await, ["created 1"]);
    assert_eq!(totals(two, NOON, end).await, Vec::<String>::new());
}
