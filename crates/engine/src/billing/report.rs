//! Adding calls up by session, day or month.

use std::collections::BTreeMap;

use domain::billing::{Call, Month, Usage};
use domain::id::WidgetId;
use domain::money::Currency;
use domain::time::Timestamp;
use uuid::Uuid;

use super::Tariffs;
use crate::ports::catalog::{Adjustment, CallCursor, StoredCall};

/// Calls read at once.
pub(super) const PAGE: u32 = 2_000;

/// By what usage is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// By (widget, session).
    Session,
    /// By the UTC day a call began on.
    Day,
    /// By the UTC month a call began in.
    Month,
}

/// What a row is about. Ordered as rows come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// A (widget, session), by the start of its first call.
    Session {
        /// Its place, for the next page.
        cursor: SessionCursor,
        /// The widget.
        widget_id: WidgetId,
        /// The visit.
        session_id: String,
    },
    /// A day, in days since 1970-01-01.
    Day(i32),
    /// A month.
    Month(Month),
}

/// A place in the list of sessions: the start of the first call, and the (widget, session)'s key.
pub type SessionCursor = (Timestamp, Uuid);

/// Usage of one bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageRow {
    /// Which.
    pub bucket: Bucket,
    /// The usage; of closed months as it was when they were closed.
    pub usage: Usage,
    /// What came after a month was closed.
    pub adjustments: Usage,
    /// When its first call began.
    pub started_at: Timestamp,
    /// When its last call ended; none while one has no end.
    pub ended_at: Option<Timestamp>,
}

/// An answer about usage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageReport {
    /// Of all amounts; none while the project has no tariff.
    pub currency: Option<Currency>,
    /// The rows in order.
    pub rows: Vec<UsageRow>,
    /// All rows together.
    pub total: Usage,
    /// All adjustments together.
    pub adjustments: Usage,
    /// Where the next page of sessions begins; none on the last.
    pub next: Option<SessionCursor>,
}

/// How many calls ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Completion {
    /// Calls begun.
    pub calls: u64,
    /// Of these, those with any end.
    pub with_end: u64,
    /// Of these, those whose page said so itself.
    pub with_real_end: u64,
}

impl Completion {
    pub(super) fn add(&mut self, call: &Call) {
        self.calls += 1;
        self.with_end += u64::from(call.end.is_some());
        self.with_real_end += u64::from(call.end.is_some_and(|end| end.kind.is_real()));
    }
}

/// Builds a report from calls in their order.
pub(super) struct Builder<'a> {
    tariffs: &'a Tariffs,
    /// By (widget, session) and the call's start.
    adjustments: BTreeMap<(Uuid, Timestamp), Usage>,
    group: Group,
    after: Option<SessionCursor>,
    limit: usize,
    rows: BTreeMap<Bucket, UsageRow>,
    is_cut: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        tariffs: &'a Tariffs,
        adjustments: Vec<Adjustment>,
        group: Group,
        (after, limit): (Option<SessionCursor>, u32),
    ) -> Self {
        let mut by_call: BTreeMap<(Uuid, Timestamp), Usage> = BTreeMap::new();
        for adjustment in adjustments {
            let key = (adjustment.session_key, adjustment.started_at);
            *by_call.entry(key).or_default() += adjustment.difference;
        }
        Self {
            tariffs,
            adjustments: by_call,
            group,
            after: after.filter(|_| group == Group::Session),
            limit: limit as usize,
            rows: BTreeMap::new(),
            is_cut: false,
        }
    }

    /// Where reading begins.
    pub(super) fn first_cursor(&self) -> Option<CallCursor> {
        self.after.map(|(session_started_at, session_key)| CallCursor {
            session_started_at,
            session_key,
            started_at: Timestamp::from_micros(i64::MAX),
        })
    }

    /// Adds calls; `false` when the page is full.
    pub(super) fn take(&mut self, calls: Vec<StoredCall>) -> bool {
        for stored in calls {
            let bucket = self.bucket(&stored);
            let is_new = !self.rows.contains_key(&bucket);
            if is_new && self.group == Group::Session && self.rows.len() >= self.limit {
                self.is_cut = true;
                return false;
            }
            self.add(bucket, &stored);
        }
        true
    }

    fn bucket(&self, stored: &StoredCall) -> Bucket {
        let started_at = stored.call.started_at;
        match self.group {
            Group::Session => Bucket::Session {
                cursor: (stored.session_started_at, stored.session_key),
                widget_id: stored.widget_id,
                session_id: stored.session_id.clone(),
            },
            Group::Day => Bucket::Day(started_at.day()),
            Group::Month => Bucket::Month(Month::of(started_at)),
        }
    }

    fn add(&mut self, bucket: Bucket, stored: &StoredCall) {
        let call = &stored.call;
        let tariff = self.tariffs.of(Month::of(call.started_at));
        let key = (stored.session_key, call.started_at);
        let adjusted = self.adjustments.get(&key).copied().unwrap_or_default();
        let ended_at = call.end.map(|end| end.at.max(call.started_at));
        let row = self.rows.entry(bucket.clone()).or_insert_with(|| UsageRow {
            bucket,
            usage: Usage::default(),
            adjustments: Usage::default(),
            started_at: call.started_at,
            ended_at,
        });
        row.usage += Usage::of(call, tariff) - adjusted;
        row.adjustments += adjusted;
        row.started_at = row.started_at.min(call.started_at);
        row.ended_at = row.ended_at.zip(ended_at).map(|(one, other)| one.max(other));
    }

    pub(super) fn finish(self) -> UsageReport {
        let rows: Vec<UsageRow> = self.rows.into_values().collect();
        let (mut total, mut adjustments) = (Usage::default(), Usage::default());
        for row in &rows {
            total += row.usage;
            adjustments += row.adjustments;
        }
        let next = rows.last().filter(|_| self.is_cut).and_then(|row| match row.bucket {
            Bucket::Session { cursor, .. } => Some(cursor),
            Bucket::Day(_) | Bucket::Month(_) => None,
        });
        let tariff = self.tariffs.current.as_ref();
        UsageReport {
            currency: tariff.map(|tariff| tariff.currency.clone()),
            rows,
            total,
            adjustments,
            next,
        }
    }
}
