//! The key and the state of a timeline, as its row has them.

use domain::id::ProjectId;
use domain::session::SessionState;
use engine::ports::catalog::Error;
use sqlx::any::AnyRow;

use crate::row_ext::RowExt;
use crate::stored::decode;

/// Names a timeline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_field_names, reason = "they are what the columns are called")]
pub(super) struct TimelineKey {
    pub(super) project_id: ProjectId,
    pub(super) session_id: String,
    /// Empty for nobody in particular.
    pub(super) user_id: String,
}

/// Parses the column `state` of a timeline.
pub(super) fn state_of_row(row: &AnyRow) -> Result<SessionState, Error> {
    decode(&row.text("state")?)
}
