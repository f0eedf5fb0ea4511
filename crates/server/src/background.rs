//! Threads for what nobody waits for: merging files, and the other jobs.
//!
//! What follows the journal is not among it: it must keep pace with what is acknowledged.

use tokio::runtime::{Builder, Handle, Runtime};

/// How much these threads stand back, on the system's scale of 19: with others at work on the same
/// core they get a third of it. Less would let a lock they hold keep those waiting.
const NICENESS: i32 = 5;

/// The threads. They end with this value.
pub(crate) struct Background {
    handle: Handle,
    runtime: Option<Runtime>,
}

impl Background {
    /// Starts as many threads as there are cores.
    pub(crate) fn start() -> std::io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.thread_name("background").on_thread_start(stand_back).enable_all();
        let runtime = builder.build()?;
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

/// Lowers the calling thread's priority where priorities are a thread's own.
fn stand_back() {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: takes a number only. Lowering one's own priority is always allowed.
        #[expect(unsafe_code, reason = "the standard library has no priorities")]
        unsafe {
            libc::nice(NICENESS);
        }
    }
}
