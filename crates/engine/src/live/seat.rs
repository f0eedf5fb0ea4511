//! One watcher: what they hear next, and what they may be shown.

use std::sync::Arc;

use domain::role::Role;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::Arrived;
use super::announcer::Update;
use super::seats::Place;

/// What a watcher may see, as of the latest check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// What this role may.
    As(Role),
    /// Nothing, from now on.
    Ended(Ended),
}

/// Why a watcher may watch no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
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

/// What a watcher hears.
#[derive(Debug, Clone)]
pub enum News {
    /// Events have arrived. Whether the watcher may see them depends on [`Seat::role`].
    Arrived(Arc<Arrived>),
    /// Everything announced before can now be asked for. Sent to newcomers and to watchers that fell behind,
    /// too, for both may have missed something.
    Visible,
    /// So many visitors were active in the last minutes.
    Active(u64),
    /// There is nothing more to hear.
    Ended(Ended),
}

/// A watcher's place among those of a project. It is free again when this value is dropped.
#[derive(Debug)]
pub struct Seat {
    access: watch::Receiver<Access>,
    updates: broadcast::Receiver<Update>,
    visitors: watch::Receiver<Option<u64>>,
    _place: Place,
}

impl Seat {
    pub(super) fn new(
        place: Place,
        access: watch::Receiver<Access>,
        updates: broadcast::Receiver<Update>,
        mut visitors: watch::Receiver<Option<u64>>,
    ) -> Self {
        visitors.mark_changed();
        Self { access, updates, visitors, _place: place }
    }

    /// What the watcher may see now; none when they may no longer watch.
    pub fn role(&self) -> Option<Role> {
        match *self.access.borrow() {
            Access::As(role) => Some(role),
            Access::Ended(_) => None,
        }
    }

    /// Waits for what comes next. Cancelling it loses nothing.
    pub async fn next(&mut self) -> News {
        loop {
            tokio::select! {
                // The end goes before whatever else there may be.
                biased;
                ended = ended(&mut self.access) => return News::Ended(ended),
                update = self.updates.recv() => return match update {
                    Ok(Update::Events(arrived)) => News::Arrived(arrived),
                    Ok(Update::Visible) | Err(RecvError::Lagged(_)) => News::Visible,
                    Err(RecvError::Closed) => News::Ended(Ended::Stopping),
                },
                Ok(()) = self.visitors.changed() => {
                    if let Some(count) = *self.visitors.borrow_and_update() {
                        return News::Active(count);
                    }
                }
            }
        }
    }
}

/// Waits until the watcher may watch no longer.
async fn ended(access: &mut watch::Receiver<Access>) -> Ended {
    let found = access.wait_for(|access| matches!(access, Access::Ended(_))).await;
    match found.map(|access| *access) {
        Ok(Access::Ended(ended)) => ended,
        Ok(Access::As(_)) | Err(_) => Ended::Stopping,
    }
}
