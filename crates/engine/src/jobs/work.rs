//! The work of each job, and how often it is done.

use std::sync::Arc;
use std::time::Duration;

use super::job::{Job, JobCount};
use super::{Dependencies, JobName};
use crate::Error;

const KEY_USES_EVERY: Duration = Duration::from_secs(10);
/// Other servers may exceed a limit for about as long.
const RATE_LIMITS_EVERY: Duration = Duration::from_secs(1);
const TRIM_EVERY: Duration = Duration::from_mins(1);
const MAINTAIN_EVERY: Duration = Duration::from_secs(15);
const COMPLETE_EVERY: Duration = Duration::from_mins(30);
const PRUNE_EVERY: Duration = Duration::from_hours(1);
const ABANDON_EVERY: Duration = Duration::from_mins(1);
const IDLE_EVERY: Duration = Duration::from_secs(30);
const ERASE_EVERY: Duration = Duration::from_secs(2);
const REFRESH_EVERY: Duration = Duration::from_secs(5);
const MEASURE_EVERY: Duration = Duration::from_mins(10);
const DELIVERY_EVERY: Duration = Duration::from_mins(15);
const ASK_EVERY: Duration = Duration::from_secs(30);
const RETAIN_EVERY: Duration = Duration::from_mins(1);

type Counts = Result<Vec<JobCount>, Error>;

/// Every job on these parts. A new one needs a line here, its name in [`JobName`], and its work below.
pub(super) fn jobs(on: &Arc<Dependencies>) -> Vec<Arc<Job>> {
    use JobName as Name;
    vec![
        job(on, Name::SessionCompletion, COMPLETE_EVERY, complete_sessions),
        job(on, Name::JournalTrim, TRIM_EVERY, trim_journal),
        job(on, Name::LakeMaintenance, MAINTAIN_EVERY, maintain_lake),
        job(on, Name::IdleSessions, IDLE_EVERY, end_idle_sessions),
        job(on, Name::AbandonedBookings, ABANDON_EVERY, abandon_bookings),
        job(on, Name::ScheduledQuestions, ASK_EVERY, ask_scheduled_questions),
        job(on, Name::Erasures, ERASE_EVERY, async |on| done(on.privacy.run().await)),
        job(on, Name::Retention, RETAIN_EVERY, remove_old_data),
        job(on, Name::FailedEvents, PRUNE_EVERY, prune_failed_events),
        job(on, Name::WebhookMessages, PRUNE_EVERY, async |on| done(on.webhooks.prune().await)),
        job(on, Name::AuditLog, PRUNE_EVERY, async |on| done(on.audit.prune().await)),
        job(on, Name::KeyUses, KEY_USES_EVERY, async |on| done(on.keys.store_uses().await)),
        job(on, Name::RateLimits, RATE_LIMITS_EVERY, async |on| {
            done(on.keys.exchange_counts(on.clock.now()).await)
        }),
        job(on, Name::SdkReports, KEY_USES_EVERY, async |on| done(on.sdk_reports.store().await)),
        job(on, Name::OldSdkReports, PRUNE_EVERY, async |on| done(on.sdk_reports.prune().await)),
        job(on, Name::EventDelivery, DELIVERY_EVERY, measure_delivery),
        job(on, Name::StorageSizes, MEASURE_EVERY, measure_stores),
        job(on, Name::SuppressionLists, REFRESH_EVERY, async |on| {
            done(on.suppressions.refresh().await)
        }),
        job(on, Name::VisitorSalts, REFRESH_EVERY, async |on| done(on.visitors.refresh().await)),
    ]
}

fn job<F, Fut>(on: &Arc<Dependencies>, name: JobName, interval: Duration, work: F) -> Arc<Job>
where
    F: Fn(Arc<Dependencies>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Counts> + Send + 'static,
{
    let on = on.clone();
    Arc::new(Job::new(name, interval, Box::new(move || Box::pin(work(on.clone())))))
}

/// The counts of work that counts nothing.
fn done(result: Result<(), Error>) -> Counts {
    result.map(|()| Vec::new())
}

async fn complete_sessions(on: Arc<Dependencies>) -> Counts {
    let done = on.completion.run().await?;
    let (checked, completed) = (done.checked, done.completed);
    if checked > 0 {
        tracing::info!(checked, completed, "calls without an end completed");
    }
    Ok(vec![("checked", checked), ("completed", completed)])
}

/// Removes old entries that every projection has passed.
async fn trim_journal(on: Arc<Dependencies>) -> Counts {
    let passed = on.positions.iter().map(|(_, position)| *position.borrow()).min();
    let Some(passed) = passed else { return Ok(Vec::new()) };
    let older_than = on.clock.now().plus_seconds(-on.journal_keep_seconds);
    let removed = on.journal.trim(passed, older_than).await?;
    if removed > 0 {
        tracing::debug!(removed, "journal trimmed");
    }
    Ok(vec![("removed", removed)])
}

async fn maintain_lake(on: Arc<Dependencies>) -> Counts {
    let done = on.lake.maintain(on.clock.now()).await?;
    if done.files_merged + done.files_deleted > 0 {
        tracing::debug!(?done, "lake maintained");
    }
    Ok(vec![
        ("files_merged", done.files_merged),
        ("files_written", done.files_written),
        ("files_deleted", done.files_deleted),
    ])
}

async fn end_idle_sessions(on: Arc<Dependencies>) -> Counts {
    let ended = on.sessions.end_idle().await?;
    if ended > 0 {
        tracing::debug!(ended, "idle sessions ended");
    }
    Ok(vec![("ended", ended as u64)])
}

async fn abandon_bookings(on: Arc<Dependencies>) -> Counts {
    let found = on.crm.abandon_idle_bookings().await?;
    Ok(vec![("bookings", found.bookings as u64)])
}

async fn ask_scheduled_questions(on: Arc<Dependencies>) -> Counts {
    Ok(vec![("asked", on.question_runs.run_due().await?)])
}

/// Continues the daily runs that are due.
async fn remove_old_data(on: Arc<Dependencies>) -> Counts {
    on.recordings.prune_days().await?;
    let done = on.retention.run().await?;
    Ok(vec![
        ("runs_due", done.due),
        ("runs_finished", done.finished),
        ("removed", done.removed.rows),
        ("removed_bytes", done.removed.bytes),
    ])
}

async fn prune_failed_events(on: Arc<Dependencies>) -> Counts {
    let before = on.clock.now().plus_seconds(-on.failed_keep_seconds);
    let removed = on.accounts.prune_failed(before).await?;
    Ok(vec![("removed", removed)])
}

async fn measure_delivery(on: Arc<Dependencies>) -> Counts {
    let found = on.delivery.measure().await?;
    Ok(vec![("numbered", found.numbered), ("received", found.received)])
}

async fn measure_stores(on: Arc<Dependencies>) -> Counts {
    let sizes = on.storage.measure().await?;
    let catalog = sizes.catalog_bytes.map(|bytes| ("catalog_bytes", bytes));
    let counts = [
        ("journal_bytes", sizes.journal_bytes),
        ("lake_bytes", sizes.lake_bytes),
        ("blob_bytes", sizes.blob_bytes),
        ("other_bytes", sizes.other_bytes),
    ];
    Ok(counts.into_iter().chain(catalog).collect())
}
