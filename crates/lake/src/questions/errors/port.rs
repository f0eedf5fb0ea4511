//! The lake as the engine asks it about errors.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::question::errors::{
    Counted, ErrorGroupAnswer, ErrorGroupPage, ErrorListing, ErrorPerson, ErrorSeen, ErrorSession,
};
use domain::question::{PageRange, Scope};
use domain::time::Timestamp;
use engine::ports::lake::{Error, ErrorQuestions};

use super::affected::{error_people, error_sessions};
use super::error_groups;
use super::group::{error_group, error_seen};
use crate::Lake;
use crate::questions::PeriodScope;

#[async_trait]
impl ErrorQuestions for Lake {
    async fn error_groups(
        &self,
        scope: &Scope,
        listing: &ErrorListing,
        slice: PageRange,
    ) -> Result<ErrorGroupPage, Error> {
        let question = self.for_events("error_groups", scope, PeriodScope::WithPrevious).await?;
        error_groups(&question, scope, listing, slice).await
    }

    async fn error_group(
        &self,
        scope: &Scope,
        group: &str,
        releases: &[Timestamp],
    ) -> Result<Option<ErrorGroupAnswer>, Error> {
        let question = self.for_events("error_group", scope, PeriodScope::WithPrevious).await?;
        error_group(&question, scope, group, releases).await
    }

    async fn error_seen(
        &self,
        project: ProjectId,
        group: &str,
    ) -> Result<Option<ErrorSeen>, Error> {
        error_seen(&self.question("error_seen"), project, group).await
    }

    async fn error_sessions(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorSession>, Error> {
        let question = self.for_events("error_sessions", scope, PeriodScope::WithPrevious).await?;
        error_sessions(&question, scope, group, slice).await
    }

    async fn error_people(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorPerson>, Error> {
        let question = self.for_events("error_people", scope, PeriodScope::WithPrevious).await?;
        error_people(&question, scope, group, slice).await
    }
}
