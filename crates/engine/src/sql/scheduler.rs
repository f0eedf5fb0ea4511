//! Fair statement scheduler: one running statement per project, projects in round-robin order.
//!
//! A project that sends many statements waits behind itself: between two of its statements every
//! other project that waits gets its turn. What waits is bounded, so that a queue costs little.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::id::ProjectId;
use tokio::sync::oneshot;

/// Statements of one project that may wait.
const MAX_WAITING_PER_PROJECT: usize = 8;
/// Statements that may wait in total.
const MAX_WAITING: usize = 512;

/// Hands out turns.
#[derive(Debug, Clone)]
pub(super) struct StatementScheduler(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    free: usize,
    running: HashSet<ProjectId>,
    /// Projects with statements that wait, the next one first.
    waiting: VecDeque<Queue>,
}

#[derive(Debug)]
struct Queue {
    project: ProjectId,
    statements: VecDeque<oneshot::Sender<StatementPermit>>,
}

/// The right to run one statement, until it is dropped.
#[derive(Debug)]
pub(super) struct StatementPermit {
    turns: StatementScheduler,
    project: ProjectId,
}

/// Too many statements wait already.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct QueueFull;

impl StatementScheduler {
    /// At most `concurrency` turns at once.
    pub(super) fn new(concurrency: usize) -> Self {
        let free = concurrency.max(1);
        Self(Arc::new(Mutex::new(State {
            free,
            running: HashSet::new(),
            waiting: VecDeque::new(),
        })))
    }

    /// Waits for the project's turn. Dropping the future gives its place up.
    pub(super) async fn acquire(&self, project: ProjectId) -> Result<StatementPermit, QueueFull> {
        let place = {
            let mut state = self.state();
            if state.free > 0 && !state.running.contains(&project) {
                return Ok(self.grant(&mut state, project));
            }
            state.enqueue(project)?
        };
        // The sender is dropped only together with the state, which `self` keeps.
        place.await.map_err(|_| QueueFull)
    }

    fn grant(&self, state: &mut State, project: ProjectId) -> StatementPermit {
        state.free -= 1;
        state.running.insert(project);
        StatementPermit { turns: self.clone(), project }
    }

    fn release(&self, project: ProjectId) {
        let mut granted = Vec::new();
        let mut state = self.state();
        state.free += 1;
        state.running.remove(&project);
        while state.free > 0 {
            let Some((project, statement)) = state.dequeue() else { break };
            if !statement.is_closed() {
                granted.push((statement, self.grant(&mut state, project)));
            }
        }
        drop(state);
        for (statement, permit) in granted {
            // One that nobody waits for any more is dropped here, and so released again.
            let _ = statement.send(permit);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enqueue(
        &mut self,
        project: ProjectId,
    ) -> Result<oneshot::Receiver<StatementPermit>, QueueFull> {
        for queue in &mut self.waiting {
            queue.statements.retain(|statement| !statement.is_closed());
        }
        self.waiting.retain(|queue| !queue.statements.is_empty());
        if self.waiting.iter().map(|queue| queue.statements.len()).sum::<usize>() >= MAX_WAITING {
            return Err(QueueFull);
        }
        let (sender, receiver) = oneshot::channel();
        match self.waiting.iter_mut().find(|queue| queue.project == project) {
            Some(queue) if queue.statements.len() >= MAX_WAITING_PER_PROJECT => {
                return Err(QueueFull);
            }
            Some(queue) => queue.statements.push_back(sender),
            None => {
                let statements = VecDeque::from([sender]);
                self.waiting.push_back(Queue { project, statements });
            }
        }
        Ok(receiver)
    }

    /// The next statement of the first project that runs none. The project goes to the back.
    fn dequeue(&mut self) -> Option<(ProjectId, oneshot::Sender<StatementPermit>)> {
        let index = self.waiting.iter().position(|it| !self.running.contains(&it.project))?;
        let mut queue = self.waiting.remove(index)?;
        let statement = queue.statements.pop_front()?;
        let project = queue.project;
        if !queue.statements.is_empty() {
            self.waiting.push_back(queue);
        }
        Some((project, statement))
    }
}

impl Drop for StatementPermit {
    fn drop(&mut self) {
        self.turns.release(self.project);
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use uuid::Uuid;

    use super::*;

    const A: ProjectId = ProjectId(Uuid::from_u128(1));
    const B: ProjectId = ProjectId(Uuid::from_u128(2));
    const C: ProjectId = ProjectId(Uuid::from_u128(3));

    fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    fn granted(polled: Poll<Result<StatementPermit, QueueFull>>) -> StatementPermit {
        match polled {
            Poll::Ready(Ok(permit)) => permit,
            other => panic!("{other:?} is no turn"),
        }
    }

    #[test]
    fn a_project_runs_one_statement_at_a_time_although_there_is_room() {
        let turns = StatementScheduler::new(2);
        let first = granted(poll(pin!(turns.acquire(A))));
        let mut second = pin!(turns.acquire(A));
        assert!(poll(second.as_mut()).is_pending());
        let other = granted(poll(pin!(turns.acquire(B))));
        drop(first);
        drop(granted(poll(second)));
        drop(other);
    }

    #[test]
    fn others_go_before_a_project_that_asked_more_often() {
        let turns = StatementScheduler::new(1);
        let running = granted(poll(pin!(turns.acquire(A))));
        let (mut a1, mut a2) = (Box::pin(turns.acquire(A)), Box::pin(turns.acquire(A)));
        let (mut b, mut c) = (Box::pin(turns.acquire(B)), Box::pin(turns.acquire(C)));
        for waiting in [&mut a1, &mut a2, &mut b, &mut c] {
            assert!(poll(waiting.as_mut()).is_pending());
        }
        drop(running);
        let permit = granted(poll(a1.as_mut()));
        drop(permit);
        let turn = granted(poll(b.as_mut()));
        assert!(poll(a2.as_mut()).is_pending(), "projects that wait go first");
        drop(turn);
        drop(granted(poll(c.as_mut())));
        drop(granted(poll(a2.as_mut())));
    }

    #[test]
    fn a_cancelled_wait_blocks_nobody() {
        let turns = StatementScheduler::new(1);
        let running = granted(poll(pin!(turns.acquire(A))));
        let mut cancelled = Box::pin(turns.acquire(B));
        let mut waits = Box::pin(turns.acquire(C));
        assert!(poll(cancelled.as_mut()).is_pending() && poll(waits.as_mut()).is_pending());
        drop(cancelled);
        drop(running);
        drop(granted(poll(waits.as_mut())));
        drop(granted(poll(pin!(turns.acquire(B)))));
    }

    /// Its turn came, but it was dropped before it took it.
    #[test]
    fn an_unclaimed_permit_goes_to_the_next() {
        let turns = StatementScheduler::new(1);
        let running = granted(poll(pin!(turns.acquire(A))));
        let mut cancelled = Box::pin(turns.acquire(B));
        let mut waits = Box::pin(turns.acquire(C));
        assert!(poll(cancelled.as_mut()).is_pending() && poll(waits.as_mut()).is_pending());
        drop(running);
        drop(cancelled);
        drop(granted(poll(waits.as_mut())));
    }

    #[test]
    fn a_projects_queue_is_bounded_and_leaves_room_for_others() {
        let turns = StatementScheduler::new(1);
        let _running = granted(poll(pin!(turns.acquire(A))));
        let mut waiting: Vec<_> =
            (0..MAX_WAITING_PER_PROJECT).map(|_| Box::pin(turns.acquire(A))).collect();
        for place in &mut waiting {
            assert!(poll(place.as_mut()).is_pending());
        }
        assert!(matches!(poll(pin!(turns.acquire(A))), Poll::Ready(Err(QueueFull))));
        assert!(poll(pin!(turns.acquire(B))).is_pending());
        waiting.pop();
        assert!(poll(pin!(turns.acquire(A))).is_pending(), "a place was given up");
    }
}
