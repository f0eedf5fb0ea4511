//! Messages of the live feed.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use bytes::Bytes;
use engine::live::LiveBatch;
use serde::Serialize;

use crate::questions::EventAnswer;

/// A message.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Message {
    /// First.
    Hello { now: String },
    /// Events have arrived. Empty for those who may not read them: they get the counts.
    Events { events: Vec<EventAnswer>, totals: Totals, by_kind: BTreeMap<String, u64> },
    /// Everything announced before can now be asked for.
    Visible { at: String },
    /// Visitors of the last five minutes.
    Active { active_visitors: u64 },
}

/// How many events arrived since the message before.
#[derive(Debug, Serialize)]
pub(super) struct Totals {
    events: u64,
    page_views: u64,
    friction: u64,
}

impl Message {
    /// What has arrived, events left out.
    fn counts_of(arrived: &LiveBatch) -> Self {
        Self::Events {
            events: Vec::new(),
            totals: Totals {
                events: arrived.count,
                page_views: arrived.page_views,
                friction: arrived.friction.values().sum(),
            },
            by_kind: arrived.friction.clone(),
        }
    }

    fn with_events_of(arrived: &LiveBatch) -> Self {
        let mut message = Self::counts_of(arrived);
        if let Self::Events { events, .. } = &mut message {
            *events = arrived.events.iter().cloned().map(Into::into).collect();
        }
        message
    }

    /// Its JSON.
    pub(super) fn encode(&self) -> Result<Utf8Bytes, serde_json::Error> {
        serde_json::to_string(self).map(Into::into)
    }
}

/// What is sent when events have arrived: to those who may read events with them, encoded once for
/// all; to others the counts alone.
pub(super) fn arrival(arrived: &LiveBatch, may_read: bool) -> Result<Utf8Bytes, serde_json::Error> {
    if !may_read {
        return Message::counts_of(arrived).encode();
    }
    if let Some(encoded) = arrived.encoded.get()
        && let Ok(text) = Utf8Bytes::try_from(encoded.clone())
    {
        return Ok(text);
    }
    let text = Message::with_events_of(arrived).encode()?;
    let _ = arrived.encoded.set(Bytes::from(text.clone()));
    Ok(text)
}
