//! Registry of live subscriptions: enforces limits and re-checks access.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::id::{MemberId, ProjectId, SecretKeyId};
use domain::role::Role;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::subscription::{Access, CloseReason};
use super::{LiveLimitExceeded, LiveLimits};
use crate::Error;
use crate::auth::{AuthService, AuthorizationChange, Credential};
use crate::secret_keys::SecretKeyService;

/// After so many checks without an answer a watcher is sent away.
const MAX_FAILED_CHECKS: u8 = 5;

/// The holder of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Principal {
    Member(MemberId),
    SecretKey(SecretKeyId),
}

/// A principal watching a project; checked once for all its subscriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Subscriber {
    holder: Principal,
    project: ProjectId,
}

struct SubscriptionEntry {
    project: ProjectId,
    credential: Credential,
    access: watch::Sender<Access>,
    failed_checks: u8,
}

/// All open subscriptions.
pub(super) struct SubscriptionRegistry {
    auth: Arc<AuthService>,
    secret_keys: Arc<SecretKeyService>,
    limits: LiveLimits,
    taken: Mutex<SubscriptionTable>,
    /// Checks happen one after the other, so that an older answer never replaces a newer one.
    checking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct SubscriptionTable {
    by_number: HashMap<u64, SubscriptionEntry>,
    next: u64,
}

impl SubscriptionRegistry {
    pub(super) fn new(
        auth: Arc<AuthService>,
        secret_keys: Arc<SecretKeyService>,
        limits: LiveLimits,
    ) -> Self {
        let (taken, checking) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { auth, secret_keys, limits, taken, checking }
    }

    /// Subscribes if the limits allow; the receiver yields changes of access.
    pub(super) fn subscribe(
        self: &Arc<Self>,
        project: ProjectId,
        credential: Credential,
        role: Role,
    ) -> Result<(SubscriptionGuard, watch::Receiver<Access>), LiveLimitExceeded> {
        let LiveLimits { per_member, per_project, total } = self.limits;
        let subject = Subscriber { holder: holder(credential), project };
        let mut table = self.places();
        let count = |is_meant: &dyn Fn(&SubscriptionEntry) -> bool| {
            table.by_number.values().filter(|taken| is_meant(taken)).count()
        };
        if count(&|taken| holder(taken.credential) == subject.holder) >= per_member {
            return Err(LiveLimitExceeded::Member(per_member));
        }
        if count(&|taken| taken.project == project) >= per_project {
            return Err(LiveLimitExceeded::Project(per_project));
        }
        if table.by_number.len() >= total {
            return Err(LiveLimitExceeded::Server(total));
        }
        let (access, receiver) = watch::channel(Access::As(role));
        let number = table.next;
        table.next += 1;
        table
            .by_number
            .insert(number, SubscriptionEntry { project, credential, access, failed_checks: 0 });
        drop(table);
        Ok((SubscriptionGuard { registry: self.clone(), number, subject }, receiver))
    }

    /// Checks everybody again and again until `stop`.
    pub(super) async fn check_all_every(&self, period: Duration, stop: &CancellationToken) {
        let mut rounds = tokio::time::interval(period);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = rounds.tick() => self.check_matching(|_| true).await,
            }
        }
    }

    /// Re-checks subscribers affected by a change, until `stop`.
    pub(super) async fn check_on_changes(
        &self,
        mut changes: broadcast::Receiver<AuthorizationChange>,
        stop: &CancellationToken,
    ) {
        loop {
            let change = tokio::select! {
                () = stop.cancelled() => return,
                change = changes.recv() => change,
            };
            match change {
                Ok(change) => self.check_matching(|taken| taken.is_affected_by(change)).await,
                Err(RecvError::Lagged(_)) => self.check_matching(|_| true).await,
                Err(RecvError::Closed) => return,
            }
        }
    }

    async fn check_matching(&self, is_meant: impl Fn(&Credential) -> bool) {
        let subjects: HashSet<Subscriber> = self
            .places()
            .by_number
            .values()
            .filter(|taken| is_meant(&taken.credential))
            .map(|taken| Subscriber { holder: holder(taken.credential), project: taken.project })
            .collect();
        for subject in subjects {
            self.check(subject).await;
        }
    }

    /// Re-checks a subscriber's access and updates its subscriptions.
    pub(super) async fn check(&self, subject: Subscriber) {
        let _permit = self.checking.lock().await;
        let credentials: HashSet<Credential> = self
            .places()
            .by_number
            .values()
            .filter(|taken| taken.belongs_to(subject))
            .map(|taken| taken.credential)
            .collect();
        let found = self.access_of(subject, credentials).await;
        if let Err(error) = &found {
            tracing::debug!(%error, "the permissions of a live connection cannot be checked");
        }
        let mut table = self.places();
        for taken in table.by_number.values_mut().filter(|taken| taken.belongs_to(subject)) {
            match &found {
                Ok(access) => taken.set(access.get(&taken.credential).copied()),
                Err(_) => taken.record_failure(),
            }
        }
    }

    /// What each of a subject's credentials allows now.
    async fn access_of(
        &self,
        Subscriber { holder: principal, project }: Subscriber,
        credentials: HashSet<Credential>,
    ) -> Result<HashMap<Credential, Access>, Error> {
        let role = match principal {
            Principal::Member(member) => self.auth.role(member, project).await?,
            Principal::SecretKey(_) => None,
        };
        let mut found = HashMap::with_capacity(credentials.len());
        for credential in credentials {
            let access = match (&credential, role) {
                (Credential::SecretKey { digest, .. }, _) => {
                    let role = self.secret_keys.role(digest, project).await?;
                    role.map_or(Access::Ended(CloseReason::KeyEnded), Access::As)
                }
                (Credential::Session { member, token_digest }, role) => {
                    let is_signed_in = self.auth.is_signed_in(*member, token_digest).await?;
                    match role {
                        _ if !is_signed_in => Access::Ended(CloseReason::SignedOut),
                        Some(role) => Access::As(role),
                        None => Access::Ended(CloseReason::NotAMember),
                    }
                }
            };
            found.insert(credential, access);
        }
        Ok(found)
    }

    fn places(&self) -> MutexGuard<'_, SubscriptionTable> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SubscriptionEntry {
    fn belongs_to(&self, subject: Subscriber) -> bool {
        self.project == subject.project && holder(self.credential) == subject.holder
    }

    /// Sets the access. `None`: the subscription is newer than this check and gets its own.
    fn set(&mut self, access: Option<Access>) {
        let Some(access) = access else { return };
        self.failed_checks = 0;
        self.access.send_if_modified(|known| {
            let changes = *known != access && !matches!(known, Access::Ended(_));
            if changes {
                *known = access;
            }
            changes
        });
    }

    fn record_failure(&mut self) {
        self.failed_checks = self.failed_checks.saturating_add(1);
        if self.failed_checks >= MAX_FAILED_CHECKS {
            self.set(Some(Access::Ended(CloseReason::Unchecked)));
        }
    }
}

fn holder(credential: Credential) -> Principal {
    match credential {
        Credential::Session { member, .. } => Principal::Member(member),
        Credential::SecretKey { id, .. } => Principal::SecretKey(id),
    }
}

/// A registered subscription; dropping it unregisters.
pub(super) struct SubscriptionGuard {
    registry: Arc<SubscriptionRegistry>,
    number: u64,
    subject: Subscriber,
}

impl SubscriptionGuard {
    /// The subscriber.
    pub(super) fn subject(&self) -> Subscriber {
        self.subject
    }
}

impl Drop for SubscriptionGuard {
    fn drop(&mut self) {
        self.registry.places().by_number.remove(&self.number);
    }
}

impl std::fmt::Debug for SubscriptionGuard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SubscriptionGuard")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
