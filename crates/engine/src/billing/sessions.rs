//! Adding calls up by session, a page at a time.

use std::collections::BTreeMap;

use domain::billing::Usage;
use domain::id::ProjectId;
use domain::time::Timestamp;
use uuid::Uuid;

use super::TariffSchedule;
use super::report::{SessionCursor, UsageBucket, UsageReport, UsageRow, UsageTimes};
use crate::Error;
use crate::ports::catalog::{Adjustment, CallCursor, CallFilter, CallStore, StoredCall};

/// Calls read at once.
const CALLS: u32 = 2_000;

/// A page of sessions, from calls in their order.
pub(super) struct Page<'a> {
    tariffs: &'a TariffSchedule,
    /// By (widget, session) and the call's start.
    adjustments: BTreeMap<(Uuid, Timestamp), Usage>,
    limit: usize,
    rows: Vec<UsageRow>,
    /// Whether there is a session after the last row's.
    is_cut: bool,
}

impl<'a> Page<'a> {
    /// An empty page that takes `limit` sessions.
    pub(super) fn new(
        tariffs: &'a TariffSchedule,
        adjustments: Vec<Adjustment>,
        limit: u32,
    ) -> Self {
        let mut by_call: BTreeMap<(Uuid, Timestamp), Usage> = BTreeMap::new();
        for adjustment in adjustments {
            let key = (adjustment.session_key, adjustment.started_at);
            *by_call.entry(key).or_default() += adjustment.difference;
        }
        let limit = limit as usize;
        Self { tariffs, adjustments: by_call, limit, rows: Vec::new(), is_cut: false }
    }

    /// Fills it with the sessions after `after`.
    pub(super) async fn read(
        mut self,
        calls: &dyn CallStore,
        project: ProjectId,
        filter: CallFilter,
        after: Option<SessionCursor>,
    ) -> Result<UsageReport, Error> {
        // After all calls of that session.
        let mut after = after.map(|(session_started_at, session_key)| CallCursor {
            session_started_at,
            session_key,
            started_at: Timestamp::from_micros(i64::MAX),
            ordinal: u32::MAX,
        });
        loop {
            let read = calls.calls(project, filter, after, CALLS).await?;
            after = read.last().map(StoredCall::cursor);
            let is_last = read.len() < CALLS as usize;
            for stored in &read {
                self.add(stored);
            }
            if self.is_cut || is_last {
                return Ok(self.finish());
            }
        }
    }

    fn add(&mut self, stored: &StoredCall) {
        if self.is_cut {
            return;
        }
        let bucket = UsageBucket::Session {
            cursor: (stored.session_started_at, stored.session_key),
            widget_id: stored.widget_id,
            session_id: stored.session_id.clone(),
        };
        let call = &stored.call;
        let ended_at = call.end.map(|end| end.at.max(call.started_at));
        let is_new = self.rows.last().is_none_or(|row| row.bucket != bucket);
        if is_new && self.rows.len() >= self.limit {
            self.is_cut = true;
            return;
        }
        if is_new {
            self.rows.push(UsageRow {
                bucket,
                usage: Usage::default(),
                adjustments: Usage::default(),
                started_at: call.started_at,
                ended_at,
                times: UsageTimes::default(),
                differences: Vec::new(),
            });
        }
        // Calls of the same instant are adjusted together.
        let key = (stored.session_key, call.started_at);
        let adjusted = self.adjustments.remove(&key).unwrap_or_default();
        let Some(row) = self.rows.last_mut() else { return };
        let tariff = self.tariffs.of(call.started_at);
        row.usage += Usage::of(call, tariff) - adjusted;
        row.adjustments += adjusted;
        row.times.talk_micros += call.duration_micros();
        if let Some(span) = &call.span {
            row.times.span_micros = span.micros().unwrap_or(0);
            row.times.differing_sessions = i64::from(!span.differences.is_empty());
            row.differences.clone_from(&span.differences);
        }
        row.ended_at = row.ended_at.zip(ended_at).map(|(one, other)| one.max(other));
    }

    fn finish(self) -> UsageReport {
        let next = self.rows.last().filter(|_| self.is_cut).and_then(|row| match row.bucket {
            UsageBucket::Session { cursor, .. } => Some(cursor),
            UsageBucket::Day(_) | UsageBucket::Month(_) => None,
        });
        UsageReport::new(self.tariffs, self.rows, next)
    }
}
