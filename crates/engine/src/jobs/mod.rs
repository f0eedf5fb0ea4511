//! Background jobs: trim the journal, compact the lake, flush counters, retention.
//!
//! Each runs at its interval and on demand, one run of a job at a time. Its runs are recorded with
//! their start, duration and outcome, on this server and since it started.

mod job;
mod name;
mod work;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::clock::Clock;
use futures::FutureExt as _;
use futures::future::join_all;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::Error;
use crate::audit::AuditService;
use crate::crm::CrmService;
use crate::event_delivery::EventDeliveryMeter;
use crate::ingest::{DailyVisitors, KeyDirectory, SuppressionRegistry};
use crate::operations::StorageMeter;
use crate::ports::catalog::OutcomeStore;
use crate::ports::journal::{Journal, Position};
use crate::ports::lake::LakeWriter;
use crate::privacy::PrivacyService;
use crate::recordings::RecordingService;
use crate::retention::RetentionService;
use crate::saved_questions::QuestionRunService;
use crate::sdk_reports::SdkReportService;
use crate::session_completion::SessionCompletionService;
use crate::sessions::SessionService;
use crate::webhooks::sender::WebhookSender;

use job::Job;
pub use job::{JobCount, JobOutcome, JobRun, JobStatus};
pub use name::JobName;

/// The ports and services that the jobs use.
pub struct Dependencies {
    /// Trimmed.
    pub journal: Arc<dyn Journal>,
    /// Compacted.
    pub lake: Arc<dyn LakeWriter>,
    /// Prunes failed events.
    pub accounts: Arc<dyn OutcomeStore>,
    /// Stores when keys were last used, and exchanges their counts.
    pub keys: Arc<KeyDirectory>,
    /// Stores and prunes the counts that browsers report.
    pub sdk_reports: Arc<SdkReportService>,
    /// Computes the delivery rate.
    pub delivery: Arc<EventDeliveryMeter>,
    /// Finds abandoned bookings.
    pub crm: Arc<CrmService>,
    /// Prunes the audit log.
    pub audit: Arc<AuditService>,
    /// Ends silent sessions.
    pub sessions: Arc<SessionService>,
    /// Infers the ends of calls that have none.
    pub completion: Arc<SessionCompletionService>,
    /// Prunes daily counts.
    pub recordings: Arc<RecordingService>,
    /// Removes data that is older than its project keeps it.
    pub retention: Arc<RetentionService>,
    /// Sends what webhooks wait for.
    pub webhooks: Arc<WebhookSender>,
    /// Asks scheduled questions.
    pub question_runs: Arc<QuestionRunService>,
    /// Continues erasures.
    pub privacy: Arc<PrivacyService>,
    /// Reads the suppression lists, which other processes change, too.
    pub suppressions: Arc<SuppressionRegistry>,
    /// Renews and destroys salts.
    pub visitors: Arc<DailyVisitors>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How long a journal block is kept after every projection has passed it, in seconds.
    pub journal_keep_seconds: i64,
    /// How long failed events are kept, in seconds.
    pub failed_keep_seconds: i64,
    /// Measures the sizes of the stores.
    pub storage: Arc<StorageMeter>,
    /// How far each projection has come, by its name.
    pub positions: Vec<(&'static str, watch::Receiver<Position>)>,
}

/// The jobs of one server.
pub struct BackgroundJobs {
    parts: Arc<Dependencies>,
    jobs: Vec<Arc<Job>>,
    /// The threads that jobs run on; unset until they run automatically.
    threads: OnceLock<Handle>,
}

impl BackgroundJobs {
    /// The jobs of these parts, not yet running automatically.
    pub fn new(parts: Dependencies) -> Self {
        let parts = Arc::new(parts);
        Self { jobs: work::jobs(&parts), parts, threads: OnceLock::new() }
    }

    /// Sends messages to webhooks, continuously and without an interval.
    pub fn webhooks(&self) -> &Arc<WebhookSender> {
        &self.parts.webhooks
    }

    /// Each job with its runs, in the order of [`JobName::ALL`].
    pub fn statuses(&self) -> Vec<JobStatus> {
        self.jobs.iter().map(|job| job.status()).collect()
    }

    /// Runs a job now. It continues when the caller disconnects.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it is running already; otherwise why the run failed, which is
    /// recorded, too.
    pub async fn run_now(&self, name: JobName) -> Result<JobRun, Error> {
        let (job, clock) = (self.job(name)?, self.parts.clock.clone());
        let run = self.spawn(async move { job.try_run(&*clock).await }).await?;
        run.unwrap_or_else(|| Err(Error::Conflict("the job is already running".to_owned())))
    }

    /// [`BackgroundJobs::run_now`] that waits for the run under way first; all that wait share the next.
    pub async fn run_next(&self, name: JobName) -> Result<JobRun, Error> {
        let (job, clock) = (self.job(name)?, self.parts.clock.clone());
        self.spawn(async move { job.run_next(&*clock).await }).await?
    }

    /// Runs every job at its interval until `stop`, and stores pending counts once more at the end.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let _ = self.threads.set(Handle::current());
        let jobs = self.jobs.iter().map(|job| every(job, &*self.parts.clock, &stop));
        tokio::join!(join_all(jobs), send_webhooks(&self.parts.webhooks, &stop));
        let stored = self.parts.keys.store_uses().await;
        if let Err(error) = stored {
            tracing::warn!(error = %crate::error_chain(&error), "when keys were last used could not be stored");
        }
        if let Err(error) = self.parts.keys.exchange_counts(self.parts.clock.now()).await {
            tracing::warn!(error = %crate::error_chain(&error), "the last requests of keys could not be counted");
        }
        if let Err(error) = self.parts.sdk_reports.store().await {
            tracing::warn!(error = %crate::error_chain(&error), "the last reports of browsers could not be stored");
        }
    }

    fn job(&self, name: JobName) -> Result<Arc<Job>, Error> {
        self.jobs.iter().find(|job| job.name == name).cloned().ok_or(Error::NotFound("job"))
    }

    /// Runs work on the threads of jobs, which have less priority than those that serve requests.
    async fn spawn<T, Fut>(&self, work: Fut) -> Result<T, Error>
    where
        T: Send + 'static,
        Fut: Future<Output = T> + Send + 'static,
    {
        let task = match self.threads.get() {
            Some(threads) => threads.spawn(work),
            None => tokio::spawn(work),
        };
        task.await.map_err(Error::internal)
    }
}

/// Sends what webhooks wait for until `stop`; after a panic it begins again.
async fn send_webhooks(sender: &Arc<WebhookSender>, stop: &CancellationToken) {
    const PAUSE: Duration = Duration::from_secs(1);
    loop {
        let sending = AssertUnwindSafe(sender.clone().run(stop.clone())).catch_unwind();
        if sending.await.is_ok() {
            return;
        }
        tracing::error!("sending to webhooks panicked; it begins again");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Runs `job` at its interval until `stop`; a failure is logged and the job runs again next time. A time
/// at which it is running already is passed over.
async fn every(job: &Job, clock: &dyn Clock, stop: &CancellationToken) {
    let mut ticks = tokio::time::interval(job.interval);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let interval_micros = i64::try_from(job.interval.as_micros()).unwrap_or(i64::MAX);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = ticks.tick() => {}
        }
        job.set_next_run(Some(clock.now().plus_micros(interval_micros)));
        if let Some(Err(error)) = job.try_run(clock).await {
            let job = job.name.as_str();
            tracing::warn!(job, error = %crate::error_chain(&error), "a job failed; it runs again");
        }
    }
    job.set_next_run(None);
}

impl std::fmt::Debug for BackgroundJobs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BackgroundJobs").finish_non_exhaustive()
    }
}
