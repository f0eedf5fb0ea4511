//! Suppression lists: keyed digests of the identifiers of erased persons, whose events are refused.
//!
//! Lists are held in memory and looked at without waiting; a project that never forgot anybody costs
//! one look into a map. [`SuppressionRegistry::refresh`] brings them up to date: at the start, when an
//! erasure begins here, and every few seconds for what other processes began.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::email::folded;
use domain::erasure::{EventIdentifiers, IdentifierKind, mentions};
use domain::event::EventRef;
use domain::id::ProjectId;
use domain::recording::SubjectNames;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Error;
use crate::ports::catalog::{IdentifierDigest, SuppressionStore};

/// What identifiers of one project are digested with.
#[derive(Clone)]
pub struct IdentifierKey(Hmac<Sha256>);

impl IdentifierKey {
    /// The key with these bytes.
    pub fn new(secret: &[u8]) -> Result<Self, Error> {
        Hmac::new_from_slice(secret).map(Self).map_err(Error::internal)
    }

    /// The digest of an identifier: HMAC-SHA-256 of its kind, a line break, and its text.
    pub fn digest(&self, kind: IdentifierKind, text: &str) -> IdentifierDigest {
        let mut mac = self.0.clone();
        mac.update(kind.as_str().as_bytes());
        mac.update(b"\n");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for IdentifierKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("IdentifierKey").finish_non_exhaustive()
    }
}

/// Who is refused in one project.
#[derive(Debug)]
pub(super) struct SuppressionList {
    revision: u64,
    key: IdentifierKey,
    digests: HashSet<IdentifierDigest>,
}

impl SuppressionList {
    fn has(&self, kind: IdentifierKind, text: &str) -> bool {
        self.digests.contains(&self.key.digest(kind, text))
    }

    /// Whether the event is that of somebody who asked to be forgotten.
    pub(super) fn suppresses_event(&self, event: &EventRef<'_>) -> bool {
        EventIdentifiers::of(event).belong_to(&|kind, text| self.has(kind, text))
    }

    /// Whether these bytes mention somebody who asked to be forgotten.
    pub(super) fn is_mentioned_in(&self, bytes: &[u8]) -> bool {
        mentions(bytes, &|kind, text| self.has(kind, text))
    }
}

/// The lists of every project.
pub struct SuppressionRegistry {
    store: Arc<dyn SuppressionStore>,
    lists: ArcSwap<HashMap<ProjectId, Arc<SuppressionList>>>,
    refreshing: tokio::sync::Mutex<()>,
}

impl SuppressionRegistry {
    /// No lists yet: [`SuppressionRegistry::refresh`] before taking events in.
    pub fn new(store: Arc<dyn SuppressionStore>) -> Self {
        Self { store, lists: ArcSwap::default(), refreshing: tokio::sync::Mutex::new(()) }
    }

    /// Reads the lists that have changed.
    pub async fn refresh(&self) -> Result<(), Error> {
        let _refreshing = self.refreshing.lock().await;
        let known = self.lists.load_full();
        let revisions = self.store.suppression_revisions().await?;
        let is_known = |(project, revision): &(ProjectId, u64)| {
            known.get(project).is_some_and(|list| list.revision == *revision)
        };
        if revisions.iter().all(is_known) {
            return Ok(());
        }
        let mut lists = HashMap::with_capacity(revisions.len());
        for (project, revision) in revisions {
            let list = match known.get(&project) {
                Some(list) if list.revision == revision => Arc::clone(list),
                _ => Arc::new(self.load(project, revision).await?),
            };
            lists.insert(project, list);
        }
        self.lists.store(Arc::new(lists));
        Ok(())
    }

    async fn load(&self, project: ProjectId, revision: u64) -> Result<SuppressionList, Error> {
        let rows = self.store.suppressed(project).await?;
        let key = IdentifierKey::new(&rows.secret)?;
        Ok(SuppressionList { revision, key, digests: rows.digests.into_iter().collect() })
    }

    /// Whether something of this visit is of somebody who asked to be forgotten.
    pub fn suppresses(&self, project: ProjectId, subject: SubjectNames<'_>) -> bool {
        let Some(list) = self.of(project) else { return false };
        let SubjectNames { session_id, visitor_id, user_id } = subject;
        let is_user = |id: &str| {
            list.has(IdentifierKind::User, id)
                || (id.contains('@') && list.has(IdentifierKind::Email, &folded(id)))
        };
        session_id.is_some_and(|id| list.has(IdentifierKind::Session, id))
            || visitor_id.is_some_and(|id| list.has(IdentifierKind::Visitor, id))
            || user_id.is_some_and(is_user)
    }

    /// Who is refused in a project; none when nobody is.
    pub(super) fn of(&self, project: ProjectId) -> Option<Arc<SuppressionList>> {
        let lists = self.lists.load();
        lists.get(&project).filter(|list| !list.digests.is_empty()).cloned()
    }
}

impl std::fmt::Debug for SuppressionRegistry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SuppressionRegistry").finish_non_exhaustive()
    }
}
