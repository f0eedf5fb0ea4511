//! One customer under one session id: when they were there, and where they were first seen.

use domain::event;
use domain::id::EventId;
use domain::session;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::stored::document::Unreadable;

/// The timeline of a session.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Timeline {
    /// First and last instant of each interval of activity, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    intervals: Vec<(i64, i64)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    starts: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ends: Vec<End>,
    /// The latest instant since which nothing is known to have happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    idle_since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<FirstSeen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<Visitor>,
}

#[derive(Serialize, Deserialize)]
struct End {
    at: i64,
    reason: EndReason,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndReason {
    SignOut,
    UserSwitch,
    PageUnload,
    Idle,
    MaxAge,
    Explicit,
}

/// The earliest event that knows a device; of none that does, the earliest.
#[derive(Serialize, Deserialize)]
struct FirstSeen {
    at: i64,
    event_id: Uuid,
    #[serde(default, skip_serializing_if = "Device::is_unknown")]
    device: Device,
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry_page: Option<String>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Device {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browser: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browser_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    os: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    os_version: Option<String>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked_ip: Option<String>,
}

/// The browser's anonymous id, by the earliest event that knows one.
#[derive(Serialize, Deserialize)]
struct Visitor {
    at: i64,
    event_id: Uuid,
    id: String,
}

impl Device {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl Place {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&session::SessionState> for Timeline {
    fn from(record: &session::SessionState) -> Self {
        let session::SessionState { timeline: thread, profile, visitor } = record;
        let session::TimelineParts { intervals, starts, ends, idle_since } = thread.parts();
        let interval = |(first, last): (Timestamp, Timestamp)| (first.micros(), last.micros());
        let end = |(at, reason): (Timestamp, session::EndReason)| End {
            at: at.micros(),
            reason: reason.into(),
        };
        Self {
            intervals: intervals.into_iter().map(interval).collect(),
            starts: starts.into_iter().map(Timestamp::micros).collect(),
            ends: ends.into_iter().map(end).collect(),
            idle_since: idle_since.map(Timestamp::micros),
            first_seen: profile.as_ref().map(FirstSeen::from),
            visitor: visitor.as_ref().map(|(at, event_id, id)| Visitor {
                at: at.micros(),
                event_id: event_id.0,
                id: id.clone(),
            }),
        }
    }
}

impl TryFrom<Timeline> for session::SessionState {
    type Error = Unreadable;

    fn try_from(stored: Timeline) -> Result<Self, Unreadable> {
        let Timeline { intervals, starts, ends, idle_since, first_seen, visitor } = stored;
        let time = Timestamp::from_micros;
        let parts = session::TimelineParts {
            intervals: intervals
                .into_iter()
                .map(|(first, last)| (time(first), time(last)))
                .collect(),
            starts: starts.into_iter().map(time).collect(),
            ends: ends.into_iter().map(|end| (time(end.at), end.reason.into())).collect(),
            idle_since: idle_since.map(time),
        };
        Ok(Self {
            timeline: session::SessionTimeline::from_parts(parts).map_err(|bad| {
                Unreadable::Member(match bad {
                    session::InvalidTimeline::Reversed | session::InvalidTimeline::Unordered => {
                        "intervals"
                    }
                    session::InvalidTimeline::IdleEnd => "ends",
                })
            })?,
            profile: first_seen.map(session::SessionProfile::from),
            visitor: visitor.map(|Visitor { at, event_id, id }| (time(at), EventId(event_id), id)),
        })
    }
}

impl From<&session::SessionProfile> for FirstSeen {
    fn from(profile: &session::SessionProfile) -> Self {
        let session::SessionProfile { at, event_id, device, place, entry_page } = profile.clone();
        let event::Device { kind, browser, browser_version, os, os_version } = device;
        let event::Place { country, region, city, masked_ip } = place;
        Self {
            at: at.micros(),
            event_id: event_id.0,
            device: Device { kind, browser, browser_version, os, os_version },
            place: Place { country, region, city, masked_ip },
            entry_page,
        }
    }
}

impl From<FirstSeen> for session::SessionProfile {
    fn from(stored: FirstSeen) -> Self {
        let FirstSeen { at, event_id, device, place, entry_page } = stored;
        let Device { kind, browser, browser_version, os, os_version } = device;
        let Place { country, region, city, masked_ip } = place;
        Self {
            at: Timestamp::from_micros(at),
            event_id: EventId(event_id),
            device: event::Device { kind, browser, browser_version, os, os_version },
            place: event::Place { country, region, city, masked_ip },
            entry_page,
        }
    }
}

impl From<session::EndReason> for EndReason {
    fn from(reason: session::EndReason) -> Self {
        match reason {
            session::EndReason::SignOut => Self::SignOut,
            session::EndReason::UserSwitch => Self::UserSwitch,
            session::EndReason::PageUnload => Self::PageUnload,
            session::EndReason::Idle => Self::Idle,
            session::EndReason::MaxAge => Self::MaxAge,
            session::EndReason::Explicit => Self::Explicit,
        }
    }
}

impl From<EndReason> for session::EndReason {
    fn from(stored: EndReason) -> Self {
        match stored {
            EndReason::SignOut => Self::SignOut,
            EndReason::UserSwitch => Self::UserSwitch,
            EndReason::PageUnload => Self::PageUnload,
            EndReason::Idle => Self::Idle,
            EndReason::MaxAge => Self::MaxAge,
            EndReason::Explicit => Self::Explicit,
        }
    }
}
