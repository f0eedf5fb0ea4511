//! Limits how many questions the lake answers at once.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::Error;
use crate::ports::lake::LakeQuestions;

/// A question that has waited this long for its turn is turned away.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Bounds how many questions run at once. The caller has authorised the member.
pub struct AnalyticsService {
    lake: Arc<dyn LakeQuestions>,
    permits: Semaphore,
}

/// The lake, for one question: the next waits until this is dropped.
pub struct QuestionPermit<'a> {
    lake: &'a (dyn LakeQuestions + 'static),
    _permit: SemaphorePermit<'a>,
}

impl AnalyticsService {
    /// At most `concurrency` questions run at once.
    pub fn new(lake: Arc<dyn LakeQuestions>, concurrency: usize) -> Self {
        Self { lake, permits: Semaphore::new(concurrency.max(1)) }
    }

    /// Waits for a permit, for ten seconds at most.
    ///
    /// # Errors
    ///
    /// [`Error::Limited`] when others take longer.
    pub async fn permit(&self) -> Result<QuestionPermit<'_>, Error> {
        let permit = tokio::time::timeout(MAX_WAIT, self.permits.acquire()).await;
        let permit = permit
            .map_err(|_| Error::Limited { retry_after_seconds: 5 })?
            .map_err(Error::internal)?;
        Ok(QuestionPermit { lake: &*self.lake, _permit: permit })
    }
}

impl Deref for QuestionPermit<'_> {
    type Target = dyn LakeQuestions;

    fn deref(&self) -> &Self::Target {
        self.lake
    }
}

impl std::fmt::Debug for AnalyticsService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AnalyticsService").finish_non_exhaustive()
    }
}
