//! Worker processes that wait for a next statement.
//!
//! A process serves one project all its life, so nothing that one project's statement leaves behind is
//! ever near another's.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::id::ProjectId;
use tokio::runtime::Handle;

use super::SqlOptions;
use super::process::Process;
use super::wire::{Limits, SandboxReport};

/// Processes that are kept while nobody asks.
const MAX_IDLE: usize = 2;

/// The processes.
#[derive(Clone)]
pub(super) struct Pool {
    options: Arc<SqlOptions>,
    threads: usize,
    idle: Arc<Mutex<Vec<IdleProcess>>>,
}

struct IdleProcess {
    project: ProjectId,
    process: Process,
    since: Instant,
}

impl Pool {
    pub(super) fn new(options: Arc<SqlOptions>, threads: usize) -> Self {
        Self { options, threads, idle: Arc::default() }
    }

    /// A process for a statement of the project: one that waits, else a new one.
    pub(super) async fn take(&self, project: ProjectId) -> io::Result<Process> {
        let waiting = {
            let mut idle = self.idle();
            let index = idle.iter().position(|it| it.project == project);
            index.map(|index| idle.swap_remove(index).process)
        };
        match waiting {
            Some(process) => Ok(process),
            None => self.start().await,
        }
    }

    /// Starts a process.
    pub(super) async fn start(&self) -> io::Result<Process> {
        let SqlOptions { worker, spill_folder, memory_bytes, spill_bytes, .. } = &*self.options;
        let cpu_seconds = self.options.timeout.as_secs().saturating_add(1) * self.threads as u64;
        let limits = Limits {
            memory_bytes: *memory_bytes,
            spill_folder: spill_folder.clone(),
            spill_bytes: self.spill_bytes(*spill_bytes),
            threads: self.threads,
            cpu_seconds,
        };
        let started = Instant::now();
        let process = Process::start(worker, spill_folder, limits).await?;
        let SandboxReport { landlock, seccomp } = process.confinement;
        let started_ms = started.elapsed().as_millis();
        tracing::debug!(landlock, seccomp, started_ms, "a worker process started");
        Ok(process)
    }

    /// Nothing is spilled to a disk that would be low after it.
    fn spill_bytes(&self, most: u64) -> u64 {
        let Ok(disk) = rustix::fs::statvfs(&self.options.spill_folder) else { return 0 };
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        let needed =
            most.saturating_mul(MAX_IDLE as u64).saturating_add(self.options.min_free_bytes);
        if free >= needed { most } else { 0 }
    }

    /// Keeps a process for the project's next statement, for a while.
    pub(super) fn put(&self, project: ProjectId, process: Process) {
        let mut idle = self.idle();
        if idle.len() >= MAX_IDLE {
            // The longest idle one stands first, for each is added at the end.
            idle.remove(0);
        }
        idle.push(IdleProcess { project, process, since: Instant::now() });
        drop(idle);
        let (pool, after) = (self.clone(), self.options.idle);
        Handle::current().spawn(async move {
            tokio::time::sleep(after).await;
            pool.forget(after);
        });
    }

    /// Ends those that have been idle so long.
    fn forget(&self, after: Duration) {
        self.idle().retain(|it| it.since.elapsed() < after);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<IdleProcess>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
