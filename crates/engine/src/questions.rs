//! Asking the lake: how many questions run at once, and how long one may wait for its turn.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use domain::question::{
    Events, FrictionItems, FrictionKind, FrictionPage, ItemSort, Overview, Pages, Scope, Slice,
    WebVitals,
};
use tokio::sync::Semaphore;

use crate::Error;
use crate::ports::lake::{self, Questions};

/// A question that has waited this long for its turn is turned away.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// The questions as the dashboard asks them. The caller has authorised the member.
pub struct Analytics {
    lake: Arc<dyn Questions>,
    turns: Semaphore,
}

impl Analytics {
    /// At most `concurrency` questions run at once.
    pub fn new(lake: Arc<dyn Questions>, concurrency: usize) -> Self {
        Self { lake, turns: Semaphore::new(concurrency.max(1)) }
    }

    /// See [`Questions::overview`].
    pub async fn overview(&self, scope: &Scope) -> Result<Overview, Error> {
        self.in_turn(self.lake.overview(scope)).await
    }

    /// See [`Questions::friction_kinds`].
    pub async fn friction_kinds(&self, scope: &Scope) -> Result<Vec<FrictionKind>, Error> {
        self.in_turn(self.lake.friction_kinds(scope)).await
    }

    /// See [`Questions::friction_items`].
    pub async fn friction_items(
        &self,
        scope: &Scope,
        sort: ItemSort,
        slice: Slice,
    ) -> Result<FrictionItems, Error> {
        self.in_turn(self.lake.friction_items(scope, sort, slice)).await
    }

    /// See [`Questions::friction_pages`].
    pub async fn friction_pages(
        &self,
        scope: &Scope,
        slice: Slice,
    ) -> Result<Vec<FrictionPage>, Error> {
        self.in_turn(self.lake.friction_pages(scope, slice)).await
    }

    /// See [`Questions::pages`].
    pub async fn pages(&self, scope: &Scope, slice: Slice) -> Result<Pages, Error> {
        self.in_turn(self.lake.pages(scope, slice)).await
    }

    /// See [`Questions::web_vitals`].
    pub async fn web_vitals(&self, scope: &Scope, slice: Slice) -> Result<WebVitals, Error> {
        self.in_turn(self.lake.web_vitals(scope, slice)).await
    }

    /// See [`Questions::events`].
    pub async fn events(
        &self,
        scope: &Scope,
        friction_only: bool,
        slice: Slice,
    ) -> Result<Events, Error> {
        self.in_turn(self.lake.events(scope, friction_only, slice)).await
    }

    async fn in_turn<T>(
        &self,
        question: impl Future<Output = Result<T, lake::Error>>,
    ) -> Result<T, Error> {
        let turn = tokio::time::timeout(MAX_WAIT, self.turns.acquire()).await;
        let _turn = turn
            .map_err(|_| Error::Limited { retry_after_seconds: 5 })?
            .map_err(Error::internal)?;
        Ok(question.await?)
    }
}

impl std::fmt::Debug for Analytics {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Analytics").finish_non_exhaustive()
    }
}
