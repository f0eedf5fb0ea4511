//! Thread pools of lower priority than the threads that serve: for projections and for background jobs.

use tokio::runtime::{Builder, Handle, Runtime};

/// The use of a thread pool.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Projections: they must keep pace with what is acknowledged, and may use a core for a tenth of a second.
    Projections,
    /// Merging files, and the other jobs.
    Jobs,
}

impl Purpose {
    const fn thread_name(self) -> &'static str {
        match self {
            Self::Projections => "projections",
            Self::Jobs => "jobs",
        }
    }

    /// How much the threads stand back, on the system's scale of 19. Of a core that others want too, jobs get a
    /// quarter; less would let a lock they hold keep those waiting. Projections get four tenths: who waits for
    /// an answer goes first, and they still keep pace.
    const fn niceness(self) -> i32 {
        match self {
            Self::Projections => 2,
            Self::Jobs => 5,
        }
    }
}

/// The threads. They end with this value.
pub(crate) struct Background {
    handle: Handle,
    runtime: Option<Runtime>,
}

impl Background {
    /// Starts as many threads as there are cores.
    pub(crate) fn start(purpose: Purpose) -> std::io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.thread_name(purpose.thread_name()).enable_all();
        let runtime = builder.on_thread_start(move || stand_back(purpose.niceness())).build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Where work is given to them.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Waiting is not allowed where this is dropped, and by then there is nothing to wait for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Lowers the calling thread's priority where priorities are a thread's own. Where that is refused, it stays as
/// it is.
fn stand_back(niceness: i32) {
    #[cfg(target_os = "linux")]
    {
        let thread = Some(rustix::thread::gettid());
        let _ = rustix::process::setpriority_process(thread, niceness);
    }
}
