//! Who watches what: how many there are, and whether they still may.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::id::{MemberId, ProjectId, SecretKeyId};
use domain::role::Role;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::seat::{Access, Ended};
use super::{Full, LiveLimits};
use crate::Error;
use crate::auth::{Auth, Change, Credential};
use crate::secret_keys::SecretKeyring;

/// After so many checks without an answer a watcher is sent away.
const MAX_FAILED_CHECKS: u8 = 5;

/// The holder of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Member(MemberId),
    SecretKey(SecretKeyId),
}

/// A subject that watches a project: what is checked once, however many seats they have there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    holder: Holder,
    project: ProjectId,
}

struct Taken {
    project: ProjectId,
    credential: Credential,
    access: watch::Sender<Access>,
    failed_checks: u8,
}

/// The seats that are taken.
pub(super) struct Seats {
    auth: Arc<Auth>,
    secret_keys: Arc<SecretKeyring>,
    limits: LiveLimits,
    taken: Mutex<Places>,
    /// Checks happen one after the other, so that an older answer never replaces a newer one.
    checking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Places {
    by_number: HashMap<u64, Taken>,
    next: u64,
}

impl Seats {
    pub(super) fn new(
        auth: Arc<Auth>,
        secret_keys: Arc<SecretKeyring>,
        limits: LiveLimits,
    ) -> Self {
        let (taken, checking) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { auth, secret_keys, limits, taken, checking }
    }

    /// Takes a seat, if there is one; what its taker may see follows.
    pub(super) fn take(
        self: &Arc<Self>,
        project: ProjectId,
        credential: Credential,
        role: Role,
    ) -> Result<(Place, watch::Receiver<Access>), Full> {
        let LiveLimits { per_member, per_project, total } = self.limits;
        let subject = Subject { holder: holder(credential), project };
        let mut places = self.places();
        let count = |is_meant: &dyn Fn(&Taken) -> bool| {
            places.by_number.values().filter(|taken| is_meant(taken)).count()
        };
        if count(&|taken| holder(taken.credential) == subject.holder) >= per_member {
            return Err(Full::Member(per_member));
        }
        if count(&|taken| taken.project == project) >= per_project {
            return Err(Full::Project(per_project));
        }
        if places.by_number.len() >= total {
            return Err(Full::Server(total));
        }
        let (access, receiver) = watch::channel(Access::As(role));
        let number = places.next;
        places.next += 1;
        places.by_number.insert(number, Taken { project, credential, access, failed_checks: 0 });
        drop(places);
        Ok((Place { seats: self.clone(), number, subject }, receiver))
    }

    /// Checks everybody again and again until `stop`.
    pub(super) async fn check_all_every(&self, period: Duration, stop: &CancellationToken) {
        let mut rounds = tokio::time::interval(period);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = rounds.tick() => self.check_those(|_| true).await,
            }
        }
    }

    /// Checks whomever a change concerns, at once, until `stop`.
    pub(super) async fn check_the_changed(
        &self,
        mut changes: broadcast::Receiver<Change>,
        stop: &CancellationToken,
    ) {
        loop {
            let change = tokio::select! {
                () = stop.cancelled() => return,
                change = changes.recv() => change,
            };
            match change {
                Ok(change) => self.check_those(|taken| taken.is_concerned(change)).await,
                Err(RecvError::Lagged(_)) => self.check_those(|_| true).await,
                Err(RecvError::Closed) => return,
            }
        }
    }

    async fn check_those(&self, is_meant: impl Fn(&Credential) -> bool) {
        let subjects: HashSet<Subject> = self
            .places()
            .by_number
            .values()
            .filter(|taken| is_meant(&taken.credential))
            .map(|taken| Subject { holder: holder(taken.credential), project: taken.project })
            .collect();
        for subject in subjects {
            self.check(subject).await;
        }
    }

    /// Finds out what a subject may see now, and passes it on to its seats.
    pub(super) async fn check(&self, subject: Subject) {
        let _turn = self.checking.lock().await;
        let credentials: HashSet<Credential> = self
            .places()
            .by_number
            .values()
            .filter(|taken| taken.is_of(subject))
            .map(|taken| taken.credential)
            .collect();
        let found = self.access_of(subject, credentials).await;
        if let Err(error) = &found {
            tracing::debug!(%error, "what a watcher of the live feed may see cannot be checked");
        }
        let mut places = self.places();
        for taken in places.by_number.values_mut().filter(|taken| taken.is_of(subject)) {
            match &found {
                Ok(access) => taken.set(access.get(&taken.credential).copied()),
                Err(_) => taken.note_failure(),
            }
        }
    }

    /// What each of a subject's credentials allows now.
    async fn access_of(
        &self,
        Subject { holder, project }: Subject,
        credentials: HashSet<Credential>,
    ) -> Result<HashMap<Credential, Access>, Error> {
        let role = match holder {
            Holder::Member(member) => self.auth.role(member, project).await?,
            Holder::SecretKey(_) => None,
        };
        let mut found = HashMap::with_capacity(credentials.len());
        for credential in credentials {
            let access = match (&credential, role) {
                (Credential::SecretKey { digest, .. }, _) => {
                    let role = self.secret_keys.role(digest, project).await?;
                    role.map_or(Access::Ended(Ended::KeyEnded), Access::As)
                }
                (Credential::Session { member, token_digest }, role) => {
                    let is_signed_in = self.auth.is_signed_in(*member, token_digest).await?;
                    match role {
                        _ if !is_signed_in => Access::Ended(Ended::SignedOut),
                        Some(role) => Access::As(role),
                        None => Access::Ended(Ended::NotAMember),
                    }
                }
            };
            found.insert(credential, access);
        }
        Ok(found)
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn is_of(&self, subject: Subject) -> bool {
        self.project == subject.project && holder(self.credential) == subject.holder
    }

    /// Sets what is known now; a seat taken while it was found out has a check of its own to come.
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

    fn note_failure(&mut self) {
        self.failed_checks = self.failed_checks.saturating_add(1);
        if self.failed_checks >= MAX_FAILED_CHECKS {
            self.set(Some(Access::Ended(Ended::Unchecked)));
        }
    }
}

fn holder(credential: Credential) -> Holder {
    match credential {
        Credential::Session { member, .. } => Holder::Member(member),
        Credential::SecretKey { id, .. } => Holder::SecretKey(id),
    }
}

/// A seat that is taken. It is free again when this value is dropped.
pub(super) struct Place {
    seats: Arc<Seats>,
    number: u64,
    subject: Subject,
}

impl Place {
    /// Who sits there.
    pub(super) fn subject(&self) -> Subject {
        self.subject
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.seats.places().by_number.remove(&self.number);
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Place").field("number", &self.number).finish_non_exhaustive()
    }
}
