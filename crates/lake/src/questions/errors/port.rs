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

#[async_trait]
impl ErrorQuestions for Lake {
    async fn error_groups(
        &self,
        scope: &Scope,
        listing: &ErrorListing,
        slice: PageRange,
    ) -> Result<ErrorGroupPage, Error> {
        error_groups(&self.question("error_groups"), scope, listing, slice).await
    }

    async fn error_group(
        &self,
        scope: &Scope,
        group: &str,
        releases: &[Timestamp],
    ) -> Result<Option<ErrorGroupAnswer>, Error> {
        error_group(&self.question("error_group"), scope, group, releases).await
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
        error_sessions(&self.question("error_sessions"), scope, group, slice).await
    }

    async fn error_people(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorPerson>, Error> {
        error_people(&self.question("error_people"), scope, group, slice).await
    }
}
