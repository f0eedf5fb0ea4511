//! Logos of projects.

use async_trait::async_trait;
use bytes::Bytes;
use domain::id::ProjectId;
use domain::logo::LogoFormat;
use domain::time::Timestamp;

use super::Error;

/// A project's logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its format.
    pub format: LogoFormat,
    /// The picture.
    pub bytes: Bytes,
}

/// Logos. See [`super`] for the contract.
#[async_trait]
pub trait LogoStore: Send + Sync {
    /// A project's logo.
    async fn logo(&self, project: ProjectId) -> Result<Option<Logo>, Error>;

    /// Stores a project's logo in place of the one before; `false`, and nothing done, when there is no such project.
    async fn set_logo(
        &self,
        project: ProjectId,
        logo: &Logo,
        now: Timestamp,
    ) -> Result<bool, Error>;

    /// Removes a project's logo; `false` when it has none.
    async fn remove_logo(&self, project: ProjectId) -> Result<bool, Error>;
}
