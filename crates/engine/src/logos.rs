//! Logos of projects.

use std::sync::Arc;

use bytes::Bytes;
use domain::clock::Clock;
use domain::id::ProjectId;
use domain::logo::LogoFormat;

use crate::Error;
use crate::ports::catalog::{Logo, LogoStore};

/// The use cases around logos. The caller has authorised the member.
pub struct LogoService {
    store: Arc<dyn LogoStore>,
    clock: Arc<dyn Clock>,
}

impl LogoService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn LogoStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// A project's logo.
    pub async fn of(&self, project: ProjectId) -> Result<Logo, Error> {
        self.store.logo(project).await?.ok_or(Error::NotFound("logo"))
    }

    /// Stores a project's logo.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is no picture, or too large a one.
    pub async fn set(&self, project: ProjectId, bytes: Bytes) -> Result<(), Error> {
        let format = LogoFormat::of(&bytes)
            .map_err(|error| Error::invalid("logo", format!("logo {error}")))?;
        let logo = Logo { format, bytes };
        let stored = self.store.set_logo(project, &logo, self.clock.now()).await?;
        stored.then_some(()).ok_or(Error::NotFound("project"))
    }

    /// Removes a project's logo.
    pub async fn remove(&self, project: ProjectId) -> Result<(), Error> {
        let removed = self.store.remove_logo(project).await?;
        removed.then_some(()).ok_or(Error::NotFound("logo"))
    }
}

impl std::fmt::Debug for LogoService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LogoService").finish_non_exhaustive()
    }
}
