//! Daily ids of visitors without consent, by salts that are destroyed afterwards.
//!
//! Salts are held in memory and looked at without waiting. [`DailyVisitors::refresh`] fetches them,
//! tomorrow's with today's, so that midnight is like any other moment.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use domain::clock::Clock;
use domain::id::ProjectId;
use domain::random::RandomSource;
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::Sender;
use crate::Error;
use crate::ports::catalog::{VisitorSalt, VisitorSaltStore};

/// What ids of such visitors begin with.
const PREFIX: &str = "daily-";

struct SaltPair {
    /// The first one's, in days since 1970-01-01.
    day: i32,
    salts: [VisitorSalt; 2],
}

/// Makes the ids of visitors who are known for a day.
pub struct DailyVisitors {
    store: Arc<dyn VisitorSaltStore>,
    random: Arc<dyn RandomSource>,
    clock: Arc<dyn Clock>,
    salts: ArcSwapOption<SaltPair>,
}

impl DailyVisitors {
    /// No salts yet: [`DailyVisitors::refresh`] fetches them. Until then such visitors have no id.
    pub fn new(
        store: Arc<dyn VisitorSaltStore>,
        random: Arc<dyn RandomSource>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, random, clock, salts: ArcSwapOption::empty() }
    }

    /// Fetches today's and tomorrow's salts when they are not known yet, and destroys those before.
    pub async fn refresh(&self) -> Result<(), Error> {
        let day = self.clock.now().day();
        if self.salts.load().as_ref().is_some_and(|known| known.day == day) {
            return Ok(());
        }
        let fresh = [self.fresh(), self.fresh()];
        let salts = self.store.visitor_salts(day, fresh).await?;
        self.salts.store(Some(Arc::new(SaltPair { day, salts })));
        Ok(())
    }

    fn fresh(&self) -> VisitorSalt {
        let mut salt = VisitorSalt::default();
        let bytes = self.random.bytes();
        salt.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        salt
    }

    /// The id of whoever sent a request at this time: the same for a project, an address and a browser on
    /// one day. None while the day's salt is not known.
    pub(super) fn of(
        &self,
        project: ProjectId,
        sender: Sender<'_>,
        at: Timestamp,
    ) -> Option<String> {
        let known = self.salts.load();
        let known = known.as_ref()?;
        let place = usize::try_from(at.day().checked_sub(known.day)?).ok()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(known.salts.get(place)?).ok()?;
        mac.update(project.0.as_bytes());
        mac.update(sender.address.to_canonical().to_string().as_bytes());
        mac.update(b"\n");
        mac.update(sender.user_agent.as_bytes());
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let (half, _) = digest.split_first_chunk::<16>()?;
        Some(format!("{PREFIX}{}", Uuid::from_bytes(*half).simple()))
    }
}

impl std::fmt::Debug for DailyVisitors {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DailyVisitors").finish_non_exhaustive()
    }
}
