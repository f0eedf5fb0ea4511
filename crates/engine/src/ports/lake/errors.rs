//! The questions about errors.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::question::errors::{
    Counted, ErrorGroupAnswer, ErrorGroupPage, ErrorListing, ErrorPerson, ErrorSeen, ErrorSession,
};
use domain::question::{PageRange, Scope};
use domain::time::Timestamp;

use super::Error;

/// Groups of errors, under the contract of all questions; see [`domain::question::errors`].
#[async_trait]
pub trait ErrorQuestions: Send + Sync {
    /// The groups that occurred in the scope.
    async fn error_groups(
        &self,
        scope: &Scope,
        listing: &ErrorListing,
        slice: PageRange,
    ) -> Result<ErrorGroupPage, Error>;

    /// Everything about one group; `releases` are in the order of time. None when nobody has ever met it.
    async fn error_group(
        &self,
        scope: &Scope,
        group: &str,
        releases: &[Timestamp],
    ) -> Result<Option<ErrorGroupAnswer>, Error>;

    /// When a group was met, by bots too; none when the project has never had it.
    async fn error_seen(&self, project: ProjectId, group: &str)
    -> Result<Option<ErrorSeen>, Error>;

    /// Sessions of the scope that met a group, the one that met it last first.
    async fn error_sessions(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorSession>, Error>;

    /// Visitors of the scope who met a group, the one who met it last first.
    async fn error_people(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorPerson>, Error>;
}
