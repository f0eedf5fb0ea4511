//! The live feed: what arrives, announced to those who watch a project, only as long as they may.
//!
//! The feed is a courtesy, not a record: see [`Arrived`] and [`News::Visible`]. Its costs are bounded:
//! so many watchers ([`LiveLimits`]), one count of visitors for a project however many watch it, and a
//! bounded queue for each watcher, who skips to the newest when it overflows.
//!
//! Who watches is checked again whenever [`AuthorityChanges`] announces
//! a change, and every few seconds, for other servers make changes, too.

mod announcer;
mod arrived;
mod limits;
mod seat;
mod seats;
mod visitors;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::role::Role;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::auth::{Auth, AuthorityChanges, Credential};
use crate::ports::journal::{Journal, Position};
use crate::questions::Analytics;
use crate::secret_keys::SecretKeyring;

use announcer::Announcer;
pub use arrived::Arrived;
pub use limits::{Full, LiveLimits, Pace};
pub use seat::{Ended, News, Seat};
use seats::Seats;
use visitors::{ActiveVisitors, ByEvents};

/// What a [`LiveHub`] is made of.
pub struct Parts {
    /// Where events arrive.
    pub journal: Arc<dyn Journal>,
    /// Counts visitors.
    pub analytics: Arc<Analytics>,
    /// Whose sessions and roles are checked.
    pub auth: Arc<Auth>,
    /// Whose keys are checked.
    pub secret_keys: Arc<SecretKeyring>,
    /// Where changes of both are announced.
    pub changes: AuthorityChanges,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How many may watch.
    pub limits: LiveLimits,
    /// How often what is looked at.
    pub pace: Pace,
}

/// The feeds of all projects. One for a process.
pub struct LiveHub {
    announcer: Announcer,
    visitors: Arc<ActiveVisitors>,
    seats: Arc<Seats>,
    changes: AuthorityChanges,
    pace: Pace,
}

impl LiveHub {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let Parts { journal, analytics, auth, secret_keys, changes, clock, limits, pace } = parts;
        let visitors = Arc::new(ByEvents { analytics, clock });
        Self {
            announcer: Announcer::new(journal),
            visitors: Arc::new(ActiveVisitors::new(visitors, pace.count)),
            seats: Arc::new(Seats::new(auth, secret_keys, limits)),
            changes,
            pace,
        }
    }

    /// Takes a seat for the subject of `credential`, whose role in the project has been found to
    /// be `role`. What they may do is checked once more, for it may have changed since.
    pub async fn watch(
        &self,
        project: ProjectId,
        credential: Credential,
        role: Role,
    ) -> Result<Seat, Full> {
        let (place, access) = self.seats.take(project, credential, role)?;
        self.seats.check(place.subject()).await;
        Ok(Seat::new(place, access, self.announcer.watch(project), self.visitors.watch(project)))
    }

    /// How often what is looked at.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Announces and checks until `stop`. `visible` is the position up to which the lake answers.
    pub async fn run(&self, visible: watch::Receiver<Position>, stop: CancellationToken) {
        tokio::join!(
            self.announcer.run(visible, stop.clone()),
            self.seats.check_all_every(self.pace.check, &stop),
            self.seats.check_the_changed(self.changes.listen(), &stop),
        );
    }
}

impl std::fmt::Debug for LiveHub {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LiveHub").finish_non_exhaustive()
    }
}
