//! The live feed: what arrives, announced to those who watch a project, only as long as they may.
//!
//! The feed is a courtesy, not a record: see [`LiveBatch`] and [`LiveUpdate::Visible`]. Its costs are
//! bounded: so many watchers ([`LiveLimits`]), one count of visitors for a project however many watch it,
//! and a bounded queue for each watcher, who skips to the newest when it overflows.
//!
//! Who watches is checked again whenever [`AuthorizationChangeBus`] announces
//! a change, and every few seconds, for other servers make changes, too.

mod batch;
mod broadcaster;
mod limits;
mod registry;
mod subscription;
mod visitors;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::role::Role;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::auth::{AuthService, AuthorizationChangeBus, Credential};
use crate::ports::journal::{Journal, Position};
use crate::questions::AnalyticsService;
use crate::secret_keys::SecretKeyService;

pub use batch::LiveBatch;
use broadcaster::LiveBroadcaster;
pub use limits::{LiveIntervals, LiveLimitExceeded, LiveLimits};
use registry::SubscriptionRegistry;
pub use subscription::{CloseReason, LiveSubscription, LiveUpdate};
use visitors::{ActiveVisitors, EventVisitorCounter};

/// What a [`LiveHub`] is made of.
pub struct Dependencies {
    /// Where events arrive.
    pub journal: Arc<dyn Journal>,
    /// Counts visitors.
    pub analytics: Arc<AnalyticsService>,
    /// Whose sessions and roles are checked.
    pub auth: Arc<AuthService>,
    /// Whose keys are checked.
    pub secret_keys: Arc<SecretKeyService>,
    /// Where changes of both are announced.
    pub changes: AuthorizationChangeBus,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How many may watch.
    pub limits: LiveLimits,
    /// How often what is looked at.
    pub pace: LiveIntervals,
}

/// The feeds of all projects. One for a process.
pub struct LiveHub {
    announcer: LiveBroadcaster,
    visitors: Arc<ActiveVisitors>,
    subscriptions: Arc<SubscriptionRegistry>,
    changes: AuthorizationChangeBus,
    pace: LiveIntervals,
}

impl LiveHub {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        let Dependencies { journal, analytics, auth, secret_keys, changes, clock, limits, pace } =
            parts;
        let visitors = Arc::new(EventVisitorCounter { analytics, clock });
        Self {
            announcer: LiveBroadcaster::new(journal),
            visitors: Arc::new(ActiveVisitors::new(visitors, pace.count)),
            subscriptions: Arc::new(SubscriptionRegistry::new(auth, secret_keys, limits)),
            changes,
            pace,
        }
    }

    /// Subscribes the principal of `credential`, whose role in the project has been found to
    /// be `role`. What they may do is checked once more, for it may have changed since.
    pub async fn watch(
        &self,
        project: ProjectId,
        credential: Credential,
        role: Role,
    ) -> Result<LiveSubscription, LiveLimitExceeded> {
        let (guard, access) = self.subscriptions.subscribe(project, credential, role)?;
        self.subscriptions.check(guard.subject()).await;
        Ok(LiveSubscription::new(
            guard,
            access,
            self.announcer.watch(project),
            self.visitors.watch(project),
        ))
    }

    /// How often what is looked at.
    pub fn pace(&self) -> LiveIntervals {
        self.pace
    }

    /// Announces and checks until `stop`. `visible` is the position up to which the lake answers.
    pub async fn run(&self, visible: watch::Receiver<Position>, stop: CancellationToken) {
        tokio::join!(
            self.announcer.run(visible, stop.clone()),
            self.subscriptions.check_all_every(self.pace.check, &stop),
            self.subscriptions.check_on_changes(self.changes.listen(), &stop),
        );
    }
}

impl std::fmt::Debug for LiveHub {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LiveHub").finish_non_exhaustive()
    }
}
