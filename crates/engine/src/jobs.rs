//! Background jobs: trim the journal, compact the lake, flush counters, retention.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::Error;
use crate::audit::AuditService;
use crate::crm::CrmService;
use crate::ingest::{DailyVisitors, KeyDirectory, SuppressionRegistry};
use crate::ports::catalog::OutcomeStore;
use crate::ports::journal::{Journal, Position};
use crate::ports::lake::LakeWriter;
use crate::privacy::PrivacyService;
use crate::recordings::RecordingService;
use crate::sdk_reports::SdkReportService;
use crate::session_completion::SessionCompletionService;
use crate::sessions::SessionService;
use crate::webhooks::sender::WebhookSender;

const KEY_USES_EVERY: Duration = Duration::from_secs(10);
const TRIM_EVERY: Duration = Duration::from_mins(1);
const MAINTAIN_EVERY: Duration = Duration::from_secs(15);
const COMPLETE_EVERY: Duration = Duration::from_mins(30);
const PRUNE_EVERY: Duration = Duration::from_hours(1);
const ABANDON_EVERY: Duration = Duration::from_mins(1);
const IDLE_EVERY: Duration = Duration::from_secs(30);
const ERASE_EVERY: Duration = Duration::from_secs(2);
const REFRESH_EVERY: Duration = Duration::from_secs(5);
const FORGET_EVERY: Duration = Duration::from_hours(24);

/// What the jobs work on.
pub struct BackgroundJobs {
    /// Kept short.
    pub journal: Arc<dyn Journal>,
    /// Kept compact.
    pub lake: Arc<dyn LakeWriter>,
    /// Whose failed events are pruned.
    pub accounts: Arc<dyn OutcomeStore>,
    /// Whose noted uses are stored.
    pub keys: Arc<KeyDirectory>,
    /// Whose noted counts are stored.
    pub sdk_reports: Arc<SdkReportService>,
    /// Whose idle bookings are found abandoned.
    pub crm: Arc<CrmService>,
    /// Pruned.
    pub audit: Arc<AuditService>,
    /// Whose silent sessions are ended, and old ones forgotten.
    pub sessions: Arc<SessionService>,
    /// Writes the ends of calls that nobody ended.
    pub completion: Arc<SessionCompletionService>,
    /// Forgotten when they are old.
    pub recordings: Arc<RecordingService>,
    /// Sends what webhooks wait for.
    pub webhooks: Arc<WebhookSender>,
    /// Goes on with erasures.
    pub privacy: Arc<PrivacyService>,
    /// Who is refused: brought up to date with what other processes decided.
    pub suppressions: Arc<SuppressionRegistry>,
    /// Whose salts are renewed and destroyed.
    pub visitors: Arc<DailyVisitors>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How long a journal block is kept after every projection has passed it, in seconds.
    pub journal_keep_seconds: i64,
    /// How long failed events are kept, in seconds.
    pub failed_keep_seconds: i64,
    /// How far each projection has come.
    pub positions: Vec<watch::Receiver<Position>>,
}

impl BackgroundJobs {
    /// Runs every job at its interval until `stop`, and stores what is noted once more at the end.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        tokio::join!(
            every(KEY_USES_EVERY, "key uses", &stop, || self.store_key_uses()),
            every(KEY_USES_EVERY, "reports of browsers", &stop, || self.sdk_reports.store()),
            every(PRUNE_EVERY, "old reports of browsers", &stop, || self.sdk_reports.prune()),
            every(TRIM_EVERY, "journal trim", &stop, || self.trim()),
            every(MAINTAIN_EVERY, "lake maintenance", &stop, || self.maintain()),
            every(COMPLETE_EVERY, "session completion", &stop, || self.complete()),
            every(PRUNE_EVERY, "failed events", &stop, || self.prune()),
            every(ABANDON_EVERY, "abandoned bookings", &stop, || self.abandon()),
            every(PRUNE_EVERY, "audit log", &stop, || self.audit.prune()),
            every(IDLE_EVERY, "idle sessions", &stop, || self.end_idle()),
            every(FORGET_EVERY, "old sessions", &stop, || self.forget_sessions()),
            every(PRUNE_EVERY, "old recordings", &stop, || self.recordings.prune()),
            every(PRUNE_EVERY, "webhook messages", &stop, || self.webhooks.prune()),
            self.webhooks.clone().run(stop.clone()),
            every(ERASE_EVERY, "erasures", &stop, || self.privacy.run()),
            every(REFRESH_EVERY, "refused persons", &stop, || self.suppressions.refresh()),
            every(REFRESH_EVERY, "salts of visitors", &stop, || self.visitors.refresh()),
        );
        if let Err(error) = self.store_key_uses().await {
            tracing::warn!(error = %crate::error_chain(&error), "when keys were last used could not be stored");
        }
        if let Err(error) = self.sdk_reports.store().await {
            tracing::warn!(error = %crate::error_chain(&error), "the last reports of browsers could not be stored");
        }
    }

    async fn store_key_uses(&self) -> Result<(), Error> {
        self.keys.store_uses().await
    }

    /// Removes what every projection has passed and is old enough.
    async fn trim(&self) -> Result<(), Error> {
        let passed = self.positions.iter().map(|position| *position.borrow()).min();
        let Some(passed) = passed else { return Ok(()) };
        let older_than = self.clock.now().plus_seconds(-self.journal_keep_seconds);
        let removed = self.journal.trim(passed, older_than).await?;
        if removed > 0 {
            tracing::debug!(removed, "journal trimmed");
        }
        Ok(())
    }

    async fn maintain(&self) -> Result<(), Error> {
        let done = self.lake.maintain(self.clock.now()).await?;
        if done.files_merged + done.files_deleted > 0 {
            tracing::debug!(?done, "lake maintained");
        }
        Ok(())
    }

    async fn abandon(&self) -> Result<(), Error> {
        self.crm.abandon_idle_bookings().await?;
        Ok(())
    }

    async fn complete(&self) -> Result<(), Error> {
        let done = self.completion.run().await?;
        if done.checked > 0 {
            tracing::info!(
                checked = done.checked,
                completed = done.completed,
                "calls without an end completed"
            );
        }
        Ok(())
    }

    async fn prune(&self) -> Result<(), Error> {
        let before = self.clock.now().plus_seconds(-self.failed_keep_seconds);
        self.accounts.prune_failed(before).await?;
        Ok(())
    }

    async fn end_idle(&self) -> Result<(), Error> {
        let ended = self.sessions.end_idle().await?;
        if ended > 0 {
            tracing::debug!(ended, "idle sessions ended");
        }
        Ok(())
    }

    async fn forget_sessions(&self) -> Result<(), Error> {
        let removed = self.sessions.prune().await?;
        if removed > 0 {
            tracing::debug!(removed, "old sessions removed");
        }
        Ok(())
    }
}

impl std::fmt::Debug for BackgroundJobs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BackgroundJobs").finish_non_exhaustive()
    }
}

/// Runs `job` at this interval until `stop`; a failure is logged and the job runs again next time.
async fn every<F, Fut>(interval: Duration, name: &str, stop: &CancellationToken, job: F)
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<(), Error>>,
{
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = job().await {
            tracing::warn!(job = name, error = %crate::error_chain(&error), "a job failed; it runs again");
        }
    }
}
