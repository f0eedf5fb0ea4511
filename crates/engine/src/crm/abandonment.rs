//! Bookings that were started and not gone on with: the server says that they were abandoned.

use domain::id::ProjectId;

use super::CrmService;
use crate::Error;

/// Contacts looked at in one go.
const AT_ONCE: u32 = 500;

/// What one run found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AbandonmentRun {
    /// Bookings that were found abandoned. Their events have ids that follow from the bookings, so
    /// that finding one again before its event is applied adds nothing.
    pub bookings: usize,
}

impl CrmService {
    /// Appends a `booking.abandoned` for every booking of which nothing has happened for as long as
    /// its project's rules say.
    pub async fn abandon_idle_bookings(&self) -> Result<AbandonmentRun, Error> {
        let mut abandoned = AbandonmentRun::default();
        for project in self.parts.projects.all().await? {
            abandoned.bookings += self.abandon_in(project.id).await?;
        }
        Ok(abandoned)
    }

    async fn abandon_in(&self, project: ProjectId) -> Result<usize, Error> {
        let now = self.parts.clock.now();
        let rules = self.parts.facts.rules(project).await?;
        let minutes = rules.current().rules.abandon_after_minutes;
        let since = now.plus_seconds(-i64::from(minutes) * 60);
        let idle = self.parts.facts.idle_bookings(project, since, AT_ONCE).await?;
        let events: Vec<_> =
            idle.iter().filter_map(|contact| contact.abandoned(project, minutes, now)).collect();
        let found = events.len();
        if found > 0 {
            self.parts.ingest.append_server_events(events).await?;
            tracing::info!(bookings = found, "Received event: {}", domain::crm::BOOKING_ABANDONED);
        }
        Ok(found)
    }
}
