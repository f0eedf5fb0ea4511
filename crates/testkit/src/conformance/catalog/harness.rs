//! A catalog under test.

use async_trait::async_trait;
use uuid::Uuid;

use super::Ports;

/// Where a catalog under test keeps its data.
#[async_trait]
pub trait CatalogHarness: Send + Sync {
    /// An empty catalog of its own.
    async fn fresh() -> Self
    where
        Self: Sized;

    /// How many of so many generated cases are tried in one run, each on a store of its own: fewer
    /// where one takes long to make.
    fn cases(of: u32) -> u32
    where
        Self: Sized,
    {
        of
    }

    /// The open catalog.
    fn ports(&self) -> Ports;

    /// The journal its projections follow; none when it has only one.
    fn journal(&self) -> Option<Uuid>;

    /// Closes the catalog and opens it again over the same data.
    async fn reopen(&mut self);
}
