//! The account of what was done to a project, and by whom.
//!
//! An entry is written after the operation and before its answer. It cannot be part of the
//! operation's own transaction, for operations change several stores. So when it cannot be written,
//! what was done stays done and is answered as such: the loss is logged with everything the entry
//! would have said but names and addresses, and counted in `footfall_audit_entries_lost_total`.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;

use crate::Error;
use crate::ports::catalog::{AuditCursor, AuditEntry, AuditStore};

/// Days an entry is kept.
pub const KEEP_DAYS: i64 = 400;
/// Entries of a page at most.
const MAX_LIMIT: u32 = 1_000;

/// The use cases around the audit log.
pub struct AuditService {
    store: Arc<dyn AuditStore>,
    clock: Arc<dyn Clock>,
}

impl AuditService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn AuditStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Writes an entry, or says loudly that it is lost.
    pub async fn record(&self, entry: AuditEntry) {
        let (request_id, operation, status) =
            (entry.request_id, entry.operation.clone(), entry.status);
        let (project, actor) = (entry.project, entry.actor.id);
        let Err(error) = self.store.record(entry).await else { return };
        metrics::counter!("footfall_audit_entries_lost_total").increment(1);
        tracing::error!(
            %request_id, operation, status, ?project, %actor,
            error = %crate::error_chain(&error),
            "an entry of the audit log is lost"
        );
    }

    /// A project's entries after `cursor`, latest first.
    pub async fn entries(
        &self,
        project: ProjectId,
        cursor: Option<AuditCursor>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, Error> {
        Ok(self.store.entries(project, cursor, limit.clamp(1, MAX_LIMIT)).await?)
    }

    /// Removes what is older than [`KEEP_DAYS`].
    pub async fn prune(&self) -> Result<(), Error> {
        let before = self.clock.now().plus_seconds(-KEEP_DAYS * 86_400);
        let removed = self.store.prune_entries(before).await?;
        if removed > 0 {
            tracing::debug!(removed, "audit log pruned");
        }
        Ok(())
    }
}

impl std::fmt::Debug for AuditService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AuditService").finish_non_exhaustive()
    }
}
