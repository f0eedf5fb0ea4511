//! How many visitors are active, counted once for everybody who watches a project.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::id::ProjectId;
use domain::question::{Filters, Period, Scope};
use tokio::sync::{Semaphore, watch};

use crate::questions::AnalyticsService;

/// A visitor is active for this long after their last event.
const ACTIVE_SECONDS: i64 = 5 * 60;
/// Counts that run at once, so that the other questions have turns, too.
const CONCURRENT_COUNTS: usize = 2;

/// Counts the active visitors of a project; none when that cannot be had now.
#[async_trait]
pub(super) trait ActiveVisitorSource: Send + Sync {
    async fn active_visitors(&self, project_id: ProjectId) -> Option<u64>;
}

/// Counts by the events of the last five minutes.
pub(super) struct EventVisitorCounter {
    pub(super) analytics: Arc<AnalyticsService>,
    pub(super) clock: Arc<dyn Clock>,
}

#[async_trait]
impl ActiveVisitorSource for EventVisitorCounter {
    async fn active_visitors(&self, project_id: ProjectId) -> Option<u64> {
        let now = self.clock.now();
        let period = Period::new(now.plus_seconds(-ACTIVE_SECONDS), now).ok()?;
        let scope = Scope { project_id, period, filters: Filters::default() };
        let overview = self.analytics.permit().await.ok()?.overview(&scope).await.ok()?;
        Some(overview.totals.visitors)
    }
}

/// The counts of the projects that are watched.
pub(super) struct ActiveVisitors {
    visitors: Arc<dyn ActiveVisitorSource>,
    period: Duration,
    permits: Semaphore,
    counts: Mutex<CountChannels>,
}

type CountChannels = HashMap<ProjectId, watch::Sender<Option<u64>>>;

impl ActiveVisitors {
    /// Counts once in a `period`.
    pub(super) fn new(visitors: Arc<dyn ActiveVisitorSource>, period: Duration) -> Self {
        Self {
            visitors,
            period,
            permits: Semaphore::new(CONCURRENT_COUNTS),
            counts: Mutex::default(),
        }
    }

    /// The count, which changes with every count made, also to the same number; none before the first.
    /// Who watches first starts the counting; it ends with the last.
    pub(super) fn watch(self: &Arc<Self>, project: ProjectId) -> watch::Receiver<Option<u64>> {
        let mut counts = self.counts();
        if let Some(count) = counts.get(&project) {
            return count.subscribe();
        }
        let (count, receiver) = watch::channel(None);
        counts.insert(project, count.clone());
        drop(counts);
        tokio::spawn(self.clone().count_while_watched(project, count));
        receiver
    }

    /// Ends a whole period after the last count, so that watchers who come and go cause no more of them
    /// than those who stay.
    async fn count_while_watched(
        self: Arc<Self>,
        project: ProjectId,
        count: watch::Sender<Option<u64>>,
    ) {
        loop {
            if let Some(visitors) = self.count(project).await {
                count.send_replace(Some(visitors));
            }
            tokio::time::sleep(self.period).await;
            let mut counts = self.counts();
            if count.receiver_count() == 0 {
                counts.remove(&project);
                return;
            }
        }
    }

    async fn count(&self, project_id: ProjectId) -> Option<u64> {
        let _permit = self.permits.acquire().await.ok()?;
        self.visitors.active_visitors(project_id).await
    }

    fn counts(&self) -> MutexGuard<'_, CountChannels> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Counts how often it is asked, and answers that number.
    #[derive(Default)]
    struct CountingSource(AtomicUsize);

    #[async_trait]
    impl ActiveVisitorSource for CountingSource {
        async fn active_visitors(&self, _: ProjectId) -> Option<u64> {
            Some(1 + self.0.fetch_add(1, Ordering::SeqCst) as u64)
        }
    }

    fn counting(period: Duration) -> (Arc<CountingSource>, Arc<ActiveVisitors>) {
        let source = Arc::new(CountingSource::default());
        (source.clone(), Arc::new(ActiveVisitors::new(source, period)))
    }

    fn project(number: u128) -> ProjectId {
        ProjectId(uuid::Uuid::from_u128(number))
    }

    #[tokio::test]
    async fn three_hundred_watchers_cause_one_count_a_period() {
        let (source, visitors) = counting(Duration::from_millis(20));
        let mut watchers: Vec<_> = (0..300).map(|_| visitors.watch(project(1))).collect();
        for _ in 0..3 {
            for watcher in &mut watchers {
                watcher.changed().await.unwrap();
                watcher.borrow_and_update();
            }
        }
        let heard = watchers[0].borrow().unwrap();
        let counts = source.0.load(Ordering::SeqCst) as u64;
        assert!((3..100).contains(&heard), "{heard} counts for three rounds of 300 watchers");
        assert!(counts <= heard + 1, "{counts} questions, of which {heard} were heard");
    }

    #[tokio::test]
    async fn counting_ends_with_the_last_watcher_and_begins_again_with_the_next() {
        let (source, visitors) = counting(Duration::from_millis(20));
        for round in 1..=2 {
            let mut watcher = visitors.watch(project(1));
            watcher.changed().await.unwrap();
            assert!(source.0.load(Ordering::SeqCst) >= round);
            drop(watcher);
            while !visitors.counts().is_empty() {
                tokio::task::yield_now().await;
            }
        }
    }

    #[tokio::test]
    async fn watchers_who_come_and_go_cause_no_more_counts() {
        let (source, visitors) = counting(Duration::from_hours(1));
        for _ in 0..100 {
            let mut watcher = visitors.watch(project(1));
            while watcher.borrow_and_update().is_none() {
                watcher.changed().await.unwrap();
            }
        }
        assert_eq!(source.0.load(Ordering::SeqCst), 1);
        visitors.watch(project(2)).changed().await.unwrap();
        assert_eq!(source.0.load(Ordering::SeqCst), 2, "another project has its own");
    }
}
