//! Counting sessions by value, one after the other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::{AcquisitionAnswer, AcquisitionFigures, AcquisitionRow};
use crate::money::{Currency, Money};
use crate::question::{PageRange, quantile};

/// Sessions of both periods that are counted at most, which takes about 100 MB.
const MAX_SESSIONS: usize = 4 << 20;
/// Memory for different values, in bytes.
const MAX_VALUE_BYTES: usize = 64 << 20;
/// Memory for the figures of one value, about.
const VALUE_BYTES: usize = 320;
/// From this duration on a session is engaged.
pub const ENGAGED_MICROS: i64 = 10_000_000;
/// With so many page views a session is engaged.
pub const ENGAGED_PAGE_VIEWS: u64 = 2;

/// There are too many sessions, or too many different values, for the memory of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many sessions or values")]
pub struct TooManySessions;

/// A session as it is counted.
#[derive(Debug, Clone, Copy)]
pub struct AcquiredSession<'a> {
    /// In the period rather than in the one before.
    pub is_current: bool,
    /// Its value; empty is none.
    pub value: Option<&'a str>,
    /// Names its visitor.
    pub visitor: Option<i64>,
    /// From its first to its last event.
    pub duration_micros: i64,
    /// Page views.
    pub page_views: u64,
    /// Whether it has friction that counts.
    pub has_friction: bool,
    /// Orders and bookings.
    pub conversions: u64,
    /// Their amounts.
    pub revenue: &'a [Money],
}

impl AcquiredSession<'_> {
    const fn is_engaged(&self) -> bool {
        is_engaged(self.duration_micros, self.page_views, self.conversions)
    }
}

/// Whether a session of this duration, with these page views and conversions is engaged.
pub(in crate::question) const fn is_engaged(
    duration_micros: i64,
    page_views: u64,
    conversions: u64,
) -> bool {
    duration_micros >= ENGAGED_MICROS || page_views >= ENGAGED_PAGE_VIEWS || conversions > 0
}

/// Sessions counted so far.
#[derive(Debug, Default)]
pub struct AcquisitionTally {
    groups: HashMap<Option<Box<str>>, GroupTally>,
    totals: GroupTally,
    previous: GroupTally,
    value_bytes: usize,
}

/// Sessions of one value.
#[derive(Debug, Default)]
struct GroupTally {
    previous_sessions: u64,
    figures: AcquisitionFigures,
    revenue: BTreeMap<Currency, i64>,
    visitors: Vec<i64>,
    /// Milliseconds.
    durations: Vec<u32>,
}

impl AcquisitionTally {
    /// Counts a session.
    ///
    /// # Errors
    ///
    /// When there is no memory for more.
    pub fn add(&mut self, session: &AcquiredSession<'_>) -> Result<(), TooManySessions> {
        let counted = self.totals.durations.len() + self.previous.durations.len();
        if counted >= MAX_SESSIONS {
            return Err(TooManySessions);
        }
        let value = session.value.filter(|value| !value.is_empty());
        let value: Option<Box<str>> = value.map(Into::into);
        let bytes = value.as_deref().map_or(0, str::len) + VALUE_BYTES;
        let groups = self.groups.len();
        let group = self.groups.entry(value).or_default();
        if session.is_current {
            group.add(session);
            self.totals.add(session);
        } else {
            group.previous_sessions += 1;
            self.previous.add(session);
        }
        self.value_bytes += if self.groups.len() > groups { bytes } else { 0 };
        if self.value_bytes > MAX_VALUE_BYTES { Err(TooManySessions) } else { Ok(()) }
    }

    /// The figures of all sessions, and of the values of a page of the list.
    pub fn finish(mut self, slice: PageRange, unattributed_conversions: u64) -> AcquisitionAnswer {
        let mut rows: Vec<(Option<Box<str>>, GroupTally)> =
            self.groups.drain().filter(|(_, group)| group.figures.sessions > 0).collect();
        rows.sort_by(|(value, group), (other, more)| {
            let order = |value: &Option<Box<str>>, group: &GroupTally| {
                (Reverse(group.figures.sessions), value.is_none())
            };
            order(value, group).cmp(&order(other, more)).then_with(|| value.cmp(other))
        });
        let total = rows.len() as u64;
        let rows = rows.into_iter().skip(slice.offset as usize).take(slice.limit() as usize);
        let row = |(value, group): (Option<Box<str>>, GroupTally)| AcquisitionRow {
            value: value.map(Into::into),
            previous_sessions: group.previous_sessions,
            figures: group.finish(),
        };
        AcquisitionAnswer {
            rows: rows.map(row).collect(),
            total,
            totals: self.totals.finish(),
            previous_totals: self.previous.finish(),
            unattributed_conversions,
        }
    }
}

impl GroupTally {
    fn add(&mut self, session: &AcquiredSession<'_>) {
        let figures = &mut self.figures;
        figures.sessions += 1;
        figures.page_views += session.page_views;
        figures.engaged_sessions += u64::from(session.is_engaged());
        figures.friction_sessions += u64::from(session.has_friction);
        figures.conversions += session.conversions;
        figures.converting_sessions += u64::from(session.conversions > 0);
        for money in session.revenue {
            let sum = self.revenue.entry(money.currency.clone()).or_default();
            *sum = sum.saturating_add(money.minor);
        }
        self.visitors.extend(session.visitor);
        self.durations.push(u32::try_from(session.duration_micros / 1_000).unwrap_or(u32::MAX));
    }

    fn finish(mut self) -> AcquisitionFigures {
        self.visitors.sort_unstable();
        self.visitors.dedup();
        self.durations.sort_unstable();
        let revenue = self.revenue.into_iter();
        AcquisitionFigures {
            visitors: self.visitors.len() as u64,
            revenue: revenue.map(|(currency, minor)| Money { minor, currency }).collect(),
            median_seconds: quantile::seconds(&self.durations, 0.5),
            ..self.figures
        }
    }
}
