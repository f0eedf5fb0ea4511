//! Threads that statements alone run on, so that one which computes without a pause keeps nobody else
//! from being served, nor its own time from ending.

use std::future::Future;
use std::io;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{AbortHandle, JoinError};

use super::interrupt::GivenUp;

/// The threads.
#[derive(Debug)]
pub(super) struct Workers(Option<Runtime>);

/// Gives a statement up when its caller goes.
struct Guard {
    given_up: GivenUp,
    task: AbortHandle,
}

impl Workers {
    pub(super) fn start(threads: usize) -> io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(threads.max(1)).thread_name("sql").enable_all();
        Ok(Self(Some(builder.build()?)))
    }

    /// What the work gives; given up when the future is dropped. None when the threads have ended.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        given_up: GivenUp,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<Result<T, JoinError>> {
        let task = self.0.as_ref()?.spawn(work);
        let _guard = Guard { given_up, task: task.abort_handle() };
        Some(task.await)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.given_up.give_up();
        self.task.abort();
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
