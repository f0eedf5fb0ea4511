//! An erasure's receipt as JSON.

use domain::time::Timestamp;
use engine::ports::catalog::{Erasure, ErasureCounts};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The receipt of an erasure. It names nobody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub(crate) struct ErasureAnswer {
    /// `era_` and 32 hexadecimal digits.
    id: String,
    /// `pending`; `unreadable` when no answer, table or file shows the person any more; `gone` when no
    /// byte is left, but for what PostgreSQL, where it is the catalog, has yet to overwrite.
    #[schema(value_type = String)]
    state: &'static str,
    #[schema(format = DateTime)]
    requested_at: String,
    requested_by: RequestedBy,
    /// By how many names, browsers and sessions later events of the person are recognised and refused.
    refused_identifiers: u64,
    removed: RemovedAnswer,
    #[schema(format = DateTime)]
    unreadable_at: Option<String>,
    #[schema(format = DateTime)]
    gone_at: Option<String>,
    /// When the person's events were admitted again.
    #[schema(format = DateTime)]
    lifted_at: Option<String>,
}

/// The member or secret key that requested it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErasureRequestedBy)]
pub(crate) struct RequestedBy {
    /// `member` or `secret_key`.
    #[schema(value_type = String)]
    kind: &'static str,
    id: Uuid,
}

/// Removed rows and files so far, by store.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErasureRemoved)]
pub(crate) struct RemovedAnswer {
    /// Records of the journal.
    journal_records: u64,
    /// Rows of the tables; calls, which stay billed and name nobody any more, among them.
    catalog_rows: u64,
    failed_events: u64,
    /// Events of the lake.
    lake_events: u64,
}

impl From<Erasure> for ErasureAnswer {
    fn from(erasure: Erasure) -> Self {
        let time = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339);
        let ErasureCounts { journal_records, catalog_rows, failed_events, lake_events } =
            erasure.counts;
        Self {
            id: erasure.id.to_string(),
            state: erasure.state.public_status(),
            requested_at: erasure.requested_at.to_rfc3339(),
            requested_by: RequestedBy {
                kind: erasure.requested_by_kind.as_str(),
                id: erasure.requested_by,
            },
            refused_identifiers: erasure.digests,
            removed: RemovedAnswer { journal_records, catalog_rows, failed_events, lake_events },
            unreadable_at: time(erasure.unreadable_at),
            gone_at: time(erasure.gone_at),
            lifted_at: time(erasure.lifted_at),
        }
    }
}
