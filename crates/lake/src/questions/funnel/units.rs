//! From rows by unit to the domain's tally.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use datafusion::arrow::array::{Array, Int64Array, StringViewArray};
use domain::friction::Kind;
use domain::question::funnel::{
    DroppedRange, DroppedSession, Funnel, FunnelAnswer, FunnelAttempt, FunnelEvent, FunnelTally,
    MAX_EVENTS_OF_A_UNIT, OTHER_GROUP, StepSet, UNKNOWN_GROUP,
};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use crate::query::QueryResult;

/// Gathers the events of one unit after the other. Of a unit with more than [`MAX_EVENTS_OF_A_UNIT`] events the
/// first ones count.
pub(super) struct UnitReader<'a> {
    tally: FunnelTally<'a>,
    values: &'a [String],
    groups: HashMap<&'a str, u8>,
    unit: Option<i64>,
    events: Vec<FunnelEvent>,
    dropped: Option<LatestDrops>,
}

/// The latest sessions of dropped units.
struct LatestDrops {
    range: DroppedRange,
    /// The ids of the unit's sessions by their hash.
    ids: HashMap<i64, String>,
    /// The earliest on top, and of several the one with the greatest id.
    latest: BinaryHeap<Reverse<(Timestamp, Reverse<String>)>>,
}

/// The columns of a batch.
struct EventColumns<'a> {
    unit: &'a Int64Array,
    occurred_at: &'a Int64Array,
    steps: &'a Int64Array,
    friction: &'a Int64Array,
    session_hash: &'a Int64Array,
    value: Option<&'a StringViewArray>,
    session_id: Option<&'a StringViewArray>,
}

impl<'a> UnitReader<'a> {
    /// `values` are the frequent ones of the breakdown.
    pub(super) fn new(funnel: &'a Funnel, values: &'a [String]) -> Self {
        let group =
            |(index, value): (usize, &'a String)| (value.as_str(), FunnelTally::group_of(index));
        let dropped = funnel.dropped().map(|range| LatestDrops {
            range,
            ids: HashMap::new(),
            latest: BinaryHeap::new(),
        });
        Self {
            tally: FunnelTally::new(funnel),
            values,
            groups: values.iter().enumerate().map(group).collect(),
            unit: None,
            events: Vec::new(),
            dropped,
        }
    }

    /// Reads rows that follow those before.
    pub(super) fn read(&mut self, rows: &QueryResult) -> Result<(), Error> {
        let columns = EventColumns::of(rows).ok_or_else(|| {
            Error::Internal("a column of the funnel's statement is missing".into())
        })?;
        for row in rows.rows() {
            let unit = columns.unit.value(row);
            if self.unit != Some(unit) {
                self.count_unit()?;
                self.unit = Some(unit);
            }
            if self.events.len() < MAX_EVENTS_OF_A_UNIT {
                self.take(&columns, row);
            }
        }
        Ok(())
    }

    fn take(&mut self, columns: &EventColumns<'_>, row: usize) {
        let session = columns.session_hash;
        let session = (!session.is_null(row)).then(|| session.value(row));
        let kind = usize::try_from(columns.friction.value(row)).ok();
        let event = FunnelEvent {
            at: Timestamp::from_micros(columns.occurred_at.value(row)),
            steps: StepSet(u8::try_from(columns.steps.value(row)).unwrap_or_default()),
            friction: kind.and_then(|code| Kind::ALL.get(code.checked_sub(1)?).copied()),
            session,
            group: columns.value.map_or(UNKNOWN_GROUP, |values| self.group(values, row)),
        };
        self.events.push(event);
        let ids = columns.session_id.filter(|ids| !ids.is_null(row));
        if let (Some(dropped), Some(session), Some(ids)) = (&mut self.dropped, session, ids) {
            dropped.ids.entry(session).or_insert_with(|| ids.value(row).to_owned());
        }
    }

    fn group(&self, values: &StringViewArray, row: usize) -> u8 {
        if values.is_null(row) || values.value(row).is_empty() {
            return UNKNOWN_GROUP;
        }
        self.groups.get(values.value(row)).copied().unwrap_or(OTHER_GROUP)
    }

    /// Counts the unit whose events have been read.
    fn count_unit(&mut self) -> Result<(), Error> {
        let found = self.tally.add(&self.events).map_err(|_| Error::Limit { limit: "memory" })?;
        if let (Some(dropped), Some(attempt)) = (&mut self.dropped, found) {
            dropped.add(&self.events, &attempt);
        }
        self.events.clear();
        Ok(())
    }

    /// The answer, after the last row.
    pub(super) fn finish(mut self, unattributed_events: u64) -> Result<FunnelAnswer, Error> {
        self.count_unit()?;
        let (steps, groups) = self.tally.finish(self.values);
        let dropped_sessions = self.dropped.map(LatestDrops::latest_first).unwrap_or_default();
        Ok(FunnelAnswer { steps, groups, unattributed_events, dropped_sessions })
    }
}

impl LatestDrops {
    fn add(&mut self, events: &[FunnelEvent], attempt: &FunnelAttempt) {
        let last = attempt.reached().get(self.range.step).map(|index| events[*index]);
        let dropped = last.filter(|_| attempt.reached().len() == self.range.step + 1);
        if let Some(event) = dropped
            && let Some(id) = event.session.and_then(|session| self.ids.remove(&session))
        {
            self.latest.push(Reverse((event.at, Reverse(id))));
            if self.latest.len() > self.range.limit {
                self.latest.pop();
            }
        }
        self.ids.clear();
    }

    fn latest_first(self) -> Vec<DroppedSession> {
        let sessions = self.latest.into_sorted_vec().into_iter();
        let session =
            |Reverse((reached_at, Reverse(session_id)))| DroppedSession { session_id, reached_at };
        sessions.map(session).collect()
    }
}

impl<'a> EventColumns<'a> {
    fn of(rows: &'a QueryResult) -> Option<Self> {
        Some(Self {
            unit: rows.integers("unit")?,
            occurred_at: rows.integers("occurred_at")?,
            steps: rows.integers("steps")?,
            friction: rows.integers("friction")?,
            session_hash: rows.integers("session_hash")?,
            value: rows.texts("value"),
            session_id: rows.texts("session_id"),
        })
    }
}
