//! What is kept of one customer under one session id: the thread, and where it was seen from.

use super::{Sighting, Thread};
use crate::event::{Device, Place};
use crate::id::EventId;
use crate::time::Timestamp;

/// Everything kept of one customer under one session id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its times.
    pub thread: Thread,
    /// The earliest word on device and place.
    pub profile: Option<Profile>,
    /// The earliest word on the browser's anonymous id.
    pub visitor: Option<(Timestamp, EventId, String)>,
}

/// Where a session was seen from, by its earliest event that knows a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
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

impl Record {
    /// Takes in an event.
    pub fn take(&mut self, sighting: &Sighting) {
        self.thread.take(sighting.at, sighting.mark);
        let rank = rank(&sighting.device, sighting.at, sighting.event_id);
        if self.profile.as_ref().is_none_or(|profile| rank < profile.rank()) {
            self.profile = Some(Profile {
                at: sighting.at,
                event_id: sighting.event_id,
                device: sighting.device.clone(),
                place: sighting.place.clone(),
                entry_page: sighting.entry_page.clone(),
            });
        }
        if let Some(visitor) = &sighting.visitor_id {
            let said = (sighting.at, sighting.event_id, visitor.clone());
            if self.visitor.as_ref().is_none_or(|earliest| said < *earliest) {
                self.visitor = Some(said);
            }
        }
    }

    /// The browser's anonymous id.
    pub fn visitor_id(&self) -> Option<&str> {
        self.visitor.as_ref().map(|(_, _, id)| id.as_str())
    }
}

impl Profile {
    fn rank(&self) -> (bool, Timestamp, EventId) {
        rank(&self.device, self.at, self.event_id)
    }
}

/// Of two events the one that ranks lower gives the profile: one that knows a device, then the earlier.
fn rank(device: &Device, at: Timestamp, event_id: EventId) -> (bool, Timestamp, EventId) {
    (device.kind.is_none(), at, event_id)
}
