//! Threads that read rows for statements, so that reading keeps nobody else from being served.

use std::future::Future;
use std::io;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{AbortHandle, JoinError};

/// They yield to the threads that serve requests: as `nice` has it, 19 yields most.
const PRIORITY: i32 = 5;

/// The threads.
#[derive(Debug)]
pub(super) struct SqlRuntime(Option<Runtime>);

/// Ends work when its caller goes.
struct AbortOnDrop(AbortHandle);

impl SqlRuntime {
    pub(super) fn start(count: usize) -> io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(count.max(1)).thread_name("sql").on_thread_start(yield_to_others);
        Ok(Self(Some(builder.enable_all().build()?)))
    }

    /// What the work gives; ended when the future is dropped. None when the threads have ended.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<Result<T, JoinError>> {
        let task = self.0.as_ref()?.spawn(work);
        let _guard = AbortOnDrop(task.abort_handle());
        Some(task.await)
    }
}

/// Lowers the priority of the calling thread. Where that is refused, it stays as it is.
fn yield_to_others() {
    #[cfg(target_os = "linux")]
    {
        // On Linux priorities belong to threads, and a thread's id is as good as a process's.
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), PRIORITY);
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for SqlRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
