//! One live subscription: yields updates and the current access.

use std::sync::Arc;

use domain::role::Role;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::LiveBatch;
use super::broadcaster::ProjectUpdate;
use super::registry::SubscriptionGuard;

/// What a watcher may see, as of the latest check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// What this role may.
    As(Role),
    /// Nothing, from now on.
    Ended(CloseReason),
}

/// Why a watcher may watch no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// The session has ended.
    SignedOut,
    /// The member does not belong to the project, or it does not exist.
    NotAMember,
    /// The secret key has been revoked or has expired.
    KeyEnded,
    /// What they may do could not be found out for some time.
    Unchecked,
    /// The server stops.
    Stopping,
}

/// An update for a watcher.
#[derive(Debug, Clone)]
pub enum LiveUpdate {
    /// Events have arrived. Whether the watcher may see them depends on [`LiveSubscription::role`].
    Events(Arc<LiveBatch>),
    /// Everything announced before can now be asked for. Sent to newcomers and to watchers that fell behind,
    /// too, for both may have missed something.
    Visible,
    /// So many visitors were active in the last minutes.
    ActiveVisitors(u64),
    /// There is nothing more to hear.
    Ended(CloseReason),
}

/// A watcher's place among those of a project. It is free again when this value is dropped.
#[derive(Debug)]
pub struct LiveSubscription {
    access: watch::Receiver<Access>,
    updates: broadcast::Receiver<ProjectUpdate>,
    visitors: watch::Receiver<Option<u64>>,
    _guard: SubscriptionGuard,
}

impl LiveSubscription {
    pub(super) fn new(
        guard: SubscriptionGuard,
        access: watch::Receiver<Access>,
        updates: broadcast::Receiver<ProjectUpdate>,
        mut visitors: watch::Receiver<Option<u64>>,
    ) -> Self {
        visitors.mark_changed();
        Self { access, updates, visitors, _guard: guard }
    }

    /// What the watcher may see now; none when they may no longer watch.
    pub fn role(&self) -> Option<Role> {
        match *self.access.borrow() {
            Access::As(role) => Some(role),
            Access::Ended(_) => None,
        }
    }

    /// Waits for what comes next. Cancelling it loses nothing.
    pub async fn next(&mut self) -> LiveUpdate {
        loop {
            tokio::select! {
                // The end goes before whatever else there may be.
                biased;
                ended = ended(&mut self.access) => return LiveUpdate::Ended(ended),
                update = self.updates.recv() => return match update {
                    Ok(ProjectUpdate::Events(arrived)) => LiveUpdate::Events(arrived),
                    Ok(ProjectUpdate::Visible) | Err(RecvError::Lagged(_)) => LiveUpdate::Visible,
                    Err(RecvError::Closed) => LiveUpdate::Ended(CloseReason::Stopping),
                },
                Ok(()) = self.visitors.changed() => {
                    if let Some(count) = *self.visitors.borrow_and_update() {
                        return LiveUpdate::ActiveVisitors(count);
                    }
                }
            }
        }
    }
}

/// Waits until the watcher may watch no longer.
async fn ended(access: &mut watch::Receiver<Access>) -> CloseReason {
    let found = access.wait_for(|access| matches!(access, Access::Ended(_))).await;
    match found.map(|access| *access) {
        Ok(Access::Ended(ended)) => ended,
        Ok(Access::As(_)) | Err(_) => CloseReason::Stopping,
    }
}
