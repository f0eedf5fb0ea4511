//! Everything known of a person, to be handed to them.

use domain::erasure::Identifiers;
use domain::id::ProjectId;
use domain::time::Timestamp;
use futures::stream::BoxStream;

use super::{Dependencies, PrivacyService, checked};
use crate::Error;
use crate::ports::catalog::SubjectTable;
use crate::ports::lake;
use crate::ports::sql::StatementResult;

/// Everything known of a person.
pub struct SubjectExport {
    /// As of when.
    pub made_at: Timestamp,
    /// What they are known by.
    pub identifiers: Identifiers,
    /// The catalog's rows about them, failed events that mention them included.
    pub tables: Vec<SubjectTable>,
    /// Their events, a part at a time.
    pub events: BoxStream<'static, Result<StatementResult, lake::Error>>,
}

impl PrivacyService {
    /// Everything known of a person who is named by user id or e-mail, as far as the tables have come.
    pub async fn export(&self, project: ProjectId, subject: &str) -> Result<SubjectExport, Error> {
        let Dependencies { catalog, lake, clock, .. } = &self.parts;
        let named = Identifiers::of_subject(checked(subject)?);
        let identifiers = self.resolve(project, &named).await?;
        let tables = catalog.tables_of(project, &identifiers).await?;
        let events = lake.events_of(project, &identifiers).await?;
        Ok(SubjectExport { made_at: clock.now(), identifiers, tables, events })
    }
}

impl std::fmt::Debug for SubjectExport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SubjectExport").finish_non_exhaustive()
    }
}
