//! One job: its work, its interval, and the record of its runs.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::clock::Clock;
use domain::time::Timestamp;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync;

use super::JobName;
use crate::{Error, Kind};

/// Something a run counted, such as `removed`.
pub type JobCount = (&'static str, u64);

/// Does the job once.
type Work = Box<dyn Fn() -> BoxFuture<'static, Result<Vec<JobCount>, Error>> + Send + Sync>;

/// A run that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRun {
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// How it ended.
    pub outcome: JobOutcome,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOutcome {
    /// It succeeded; the counts say how much work there was.
    Completed(Vec<JobCount>),
    /// It failed for this reason; the causes are in the log only.
    Failed(String),
}

impl JobRun {
    /// A count by its name; 0 for one that the run does not have.
    pub fn count(&self, name: &str) -> u64 {
        let JobOutcome::Completed(counts) = &self.outcome else { return 0 };
        counts.iter().find(|(counted, _)| *counted == name).map_or(0, |(_, count)| *count)
    }
}

/// The record of a job's runs on this server, since it started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStatus {
    /// Which job.
    pub name: JobName,
    /// Between the beginnings of two runs.
    pub interval: Duration,
    /// When the current run began.
    pub running_since: Option<Timestamp>,
    /// The latest run that ended.
    pub last_run: Option<JobRun>,
    /// The latest run that failed.
    pub last_failure: Option<JobRun>,
    /// When it runs next; none while it does not run automatically.
    pub next_run_at: Option<Timestamp>,
    /// Runs that ended.
    pub runs: u64,
    /// Runs that failed.
    pub failures: u64,
}

/// A job.
pub(super) struct Job {
    pub(super) name: JobName,
    pub(super) interval: Duration,
    work: Work,
    status: Mutex<JobStatus>,
    /// Runs that have begun.
    begun: AtomicU64,
    /// Locked by the current run.
    running: sync::Mutex<()>,
}

impl Job {
    pub(super) fn new(name: JobName, interval: Duration, work: Work) -> Self {
        let status = JobStatus {
            name,
            interval,
            running_since: None,
            last_run: None,
            last_failure: None,
            next_run_at: None,
            runs: 0,
            failures: 0,
        };
        let (status, begun) = (Mutex::new(status), AtomicU64::new(0));
        Self { name, interval, work, status, begun, running: sync::Mutex::default() }
    }

    pub(super) fn status(&self) -> JobStatus {
        self.lock().clone()
    }

    pub(super) fn set_next_run(&self, at: Option<Timestamp>) {
        self.lock().next_run_at = at;
    }

    /// Runs; none when it is running already.
    pub(super) async fn try_run(&self, clock: &dyn Clock) -> Option<Result<JobRun, Error>> {
        let _permit = self.running.try_lock().ok()?;
        Some(self.run_and_record(clock).await)
    }

    /// Waits for the run under way, then runs. All that wait for it share the one run that follows.
    pub(super) async fn run_next(&self, clock: &dyn Clock) -> Result<JobRun, Error> {
        let begun = self.begun.load(Ordering::SeqCst);
        let _permit = self.running.lock().await;
        if self.begun.load(Ordering::SeqCst) == begun {
            return self.run_and_record(clock).await;
        }
        let run = self.status().last_run.ok_or_else(|| Error::internal("no run was recorded"))?;
        match &run.outcome {
            JobOutcome::Completed(_) => Ok(run),
            JobOutcome::Failed(reason) => {
                Err(Error::Unavailable { what: "the job", cause: reason.clone().into() })
            }
        }
    }

    async fn run_and_record(&self, clock: &dyn Clock) -> Result<JobRun, Error> {
        let started_at = clock.now();
        let started = Instant::now();
        let _running = RunningMark::set(&self.status, started_at);
        self.begun.fetch_add(1, Ordering::SeqCst);
        let work = AssertUnwindSafe(async { (self.work)().await }).catch_unwind();
        let result = work.await.unwrap_or_else(|_| Err(Error::internal("the job panicked")));
        let took = started.elapsed();
        let (outcome, error) = match result {
            Ok(counts) => (JobOutcome::Completed(counts), None),
            Err(error) => (JobOutcome::Failed(public_reason(&error)), Some(error)),
        };
        let run = JobRun { started_at, took, outcome };
        let mut status = self.lock();
        status.runs += 1;
        status.last_run = Some(run.clone());
        if error.is_some() {
            status.failures += 1;
            status.last_failure = Some(run.clone());
        }
        error.map_or(Ok(run), Err)
    }

    fn lock(&self) -> MutexGuard<'_, JobStatus> {
        lock(&self.status)
    }
}

/// The reason without anything of its causes, which may name files, hosts or persons.
fn public_reason(error: &Error) -> String {
    match (error, error.kind()) {
        (Error::Unavailable { what, .. }, _) => format!("{what} is unavailable"),
        (_, Kind::Timeout) => "it took too long".to_owned(),
        _ => "an internal error, which is in the server's log".to_owned(),
    }
}

/// Shows that a job is running, until it is dropped: also when the work panics.
struct RunningMark<'a>(&'a Mutex<JobStatus>);

impl<'a> RunningMark<'a> {
    fn set(status: &'a Mutex<JobStatus>, since: Timestamp) -> Self {
        lock(status).running_since = Some(since);
        Self(status)
    }
}

impl Drop for RunningMark<'_> {
    fn drop(&mut self) {
        lock(self.0).running_since = None;
    }
}

fn lock(status: &Mutex<JobStatus>) -> MutexGuard<'_, JobStatus> {
    status.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use testkit::clock::ManualClock;
    use tokio::sync::Notify;

    use super::*;

    fn job(work: impl Fn() -> Result<Vec<JobCount>, Error> + Send + Sync + 'static) -> Job {
        let work = move || -> BoxFuture<'static, _> { Box::pin(std::future::ready(work())) };
        Job::new(JobName::SessionCompletion, Duration::from_mins(30), Box::new(work))
    }

    /// A job whose runs end one by one, with the signals of a run that has begun and of one that may end.
    fn job_that_waits() -> (Job, Arc<Notify>, Arc<Notify>) {
        let (begun, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let signals = (begun.clone(), may_end.clone());
        let work = move || -> BoxFuture<'static, _> {
            let (begun, may_end) = signals.clone();
            Box::pin(async move {
                begun.notify_one();
                may_end.notified().await;
                Ok(Vec::new())
            })
        };
        let job = Job::new(JobName::SessionCompletion, Duration::from_mins(30), Box::new(work));
        (job, begun, may_end)
    }

    #[tokio::test]
    async fn a_run_is_recorded_with_its_counts() {
        let clock = ManualClock::default();
        let job = job(|| Ok(vec![("checked", 3), ("completed", 2)]));
        assert_eq!((job.status().runs, job.status().last_run), (0, None));
        let run = job.try_run(&clock).await.expect("idle").expect("completed");
        assert_eq!(run.started_at, clock.now());
        assert_eq!((run.count("checked"), run.count("completed"), run.count("x")), (3, 2, 0));
        let status = job.status();
        assert_eq!((status.runs, status.failures), (1, 0));
        assert_eq!((status.last_run, status.last_failure), (Some(run), None));
    }

    #[tokio::test]
    async fn a_failure_is_recorded_without_its_causes_and_outlives_the_next_success() {
        let clock = ManualClock::default();
        let fails = std::sync::atomic::AtomicBool::new(true);
        let job = job(move || {
            if fails.swap(false, std::sync::atomic::Ordering::SeqCst) {
                let cause = "password authentication failed for /var/lib/footfall".into();
                return Err(Error::Unavailable { what: "the catalog", cause });
            }
            Ok(Vec::new())
        });
        assert!(job.run_next(&clock).await.is_err());
        let failed = job.status().last_run.expect("recorded");
        assert_eq!(failed.outcome, JobOutcome::Failed("the catalog is unavailable".to_owned()));
        job.run_next(&clock).await.expect("completed");
        let status = job.status();
        assert_eq!((status.runs, status.failures), (2, 1));
        assert_eq!(status.last_failure, Some(failed));
        assert_eq!(status.last_run.expect("recorded").outcome, JobOutcome::Completed(Vec::new()));
    }

    #[test]
    fn internal_errors_and_what_persons_wrote_are_not_shown() {
        let internal = Error::internal("no such table: members");
        let invalid = Error::invalid("email", "olga@shop.test is no address");
        for error in [internal, invalid] {
            assert_eq!(public_reason(&error), "an internal error, which is in the server's log");
        }
    }

    #[tokio::test]
    async fn one_run_at_a_time_is_shown_while_it_runs() {
        let clock = Arc::new(ManualClock::default());
        let (job, begun, may_end) = job_that_waits();
        let job = Arc::new(job);
        let (running, its_clock) = (job.clone(), clock.clone());
        let running = tokio::spawn(async move { running.try_run(&*its_clock).await });
        begun.notified().await;
        assert_eq!(job.status().running_since, Some(clock.now()));
        assert!(job.try_run(&*clock).await.is_none());
        may_end.notify_one();
        running.await.expect("no panic").expect("idle").expect("completed");
        assert_eq!((job.status().running_since, job.status().runs), (None, 1));
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_after_which_the_job_can_run_again() {
        let job = job(|| panic!("a fault"));
        let clock = ManualClock::default();
        for failures in 1..=2 {
            assert!(job.try_run(&clock).await.expect("idle").is_err());
            let status = job.status();
            assert_eq!(
                (status.running_since, status.runs, status.failures),
                (None, failures, failures)
            );
            assert_eq!(status.last_failure, status.last_run);
        }
    }

    #[tokio::test]
    async fn all_that_wait_for_a_run_share_the_next_one() {
        let (job, begun, may_end) = job_that_waits();
        let clock = ManualClock::default();
        let first = job.run_next(&clock);
        let others = async {
            begun.notified().await;
            let waiting = futures::future::join_all((0..50).map(|_| job.run_next(&clock)));
            let end = async {
                may_end.notify_one();
                begun.notified().await;
                may_end.notify_one();
            };
            tokio::join!(waiting, end).0
        };
        let (first, others) = tokio::join!(first, others);
        assert!(first.is_ok() && others.iter().all(Result::is_ok));
        assert_eq!(job.status().runs, 2);
    }
}
