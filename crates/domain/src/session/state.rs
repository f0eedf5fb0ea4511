//! Stored state of a session timeline, with the device and place of its first event.

use super::{SessionObservation, SessionTimeline};
use crate::event::{Device, Place};
use crate::id::EventId;
use crate::time::Timestamp;

/// Everything kept of one customer under one session id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionState {
    /// Its times.
    pub timeline: SessionTimeline,
    /// Device and place, from the earliest event that has them.
    pub profile: Option<SessionProfile>,
    /// The browser's anonymous id, from the earliest event that has it.
    pub visitor: Option<(Timestamp, EventId, String)>,
}

/// Where a session was seen from, by its earliest event that knows a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionProfile {
    /// When that event occurred.
    pub at: Timestamp,
    /// That event.
    pub event_id: EventId,
    /// The device.
    pub device: Device,
    /// The place.
    pub place: Place,
    /// The page it began on.
    pub entry_page: Option<String>,
}

impl SessionState {
    /// Takes in an event.
    pub fn observe(&mut self, observation: &SessionObservation) {
        self.timeline.observe(observation.at, observation.kind);
        let rank = rank(&observation.device, observation.at, observation.event_id);
        if self.profile.as_ref().is_none_or(|profile| rank < profile.rank()) {
            self.profile = Some(SessionProfile {
                at: observation.at,
                event_id: observation.event_id,
                device: observation.device.clone(),
                place: observation.place.clone(),
                entry_page: observation.entry_page.clone(),
            });
        }
        if let Some(visitor) = &observation.visitor_id {
            let candidate = (observation.at, observation.event_id, visitor.clone());
            if self.visitor.as_ref().is_none_or(|earliest| candidate < *earliest) {
                self.visitor = Some(candidate);
            }
        }
    }

    /// The browser's anonymous id.
    pub fn visitor_id(&self) -> Option<&str> {
        self.visitor.as_ref().map(|(_, _, id)| id.as_str())
    }
}

impl SessionProfile {
    fn rank(&self) -> (bool, Timestamp, EventId) {
        rank(&self.device, self.at, self.event_id)
    }
}

/// Of two events the one that ranks lower gives the profile: one that knows a device, then the earlier.
fn rank(device: &Device, at: Timestamp, event_id: EventId) -> (bool, Timestamp, EventId) {
    (device.kind.is_none(), at, event_id)
}
