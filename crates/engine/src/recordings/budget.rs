//! Whether a project records now: what it has set, and what is left of its day.

use domain::id::ProjectId;

use super::{DAY_SECONDS, RecordingRejection, RecordingService};
use crate::Error;

/// What is to be taken.
#[derive(Debug, Clone, Copy)]
pub(super) enum MediaKind {
    /// A part of a recording.
    Recording,
    /// A picture of a page.
    Screenshot,
}

impl RecordingService {
    /// Whether the project's day is used up. Pages learn of it, so that they record nothing in vain.
    pub async fn is_paused(&self, project: ProjectId) -> Result<bool, Error> {
        let limit = self.parts.bytes_per_day;
        if limit == 0 {
            return Ok(false);
        }
        let day = self.parts.clock.now().day();
        Ok(self.parts.days.recorded_bytes(project, day).await? >= limit)
    }

    /// Refuses what the project has off, and everything while it is paused.
    pub(super) async fn check_allowed(
        &self,
        project: ProjectId,
        media: MediaKind,
    ) -> Result<(), RecordingRejection> {
        let stored = self.parts.settings.sdk_settings(project).await.map_err(Error::from)?;
        match media {
            MediaKind::Recording if !stored.settings.may_record() => {
                Err(RecordingRejection::Off("recording"))
            }
            MediaKind::Screenshot if !stored.settings.may_take_screenshots() => {
                Err(RecordingRejection::Off("screenshots"))
            }
            _ if self.is_paused(project).await? => Err(self.paused()),
            _ => Ok(()),
        }
    }

    /// Takes bytes from the project's day.
    pub(super) async fn reserve_bytes(
        &self,
        project: ProjectId,
        bytes: usize,
    ) -> Result<(), RecordingRejection> {
        let limit = self.parts.bytes_per_day;
        if limit == 0 {
            return Ok(());
        }
        let day = self.parts.clock.now().day();
        let taken = self.parts.days.reserve_bytes(project, day, bytes as u64, limit).await;
        if taken.map_err(Error::from)? { Ok(()) } else { Err(self.paused()) }
    }

    fn paused(&self) -> RecordingRejection {
        let into_day = self.parts.clock.now().seconds().rem_euclid(DAY_SECONDS);
        let left = u32::try_from(DAY_SECONDS - into_day).unwrap_or(u32::MAX);
        RecordingRejection::Paused { retry_after_seconds: left }
    }
}
