//! Answers questions from rollups; says which events are left to be read.

use std::collections::HashMap;

use domain::question::{FilterDimension, FilterOperator, Filters, Scope, SeriesBuckets};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::buckets::BUCKET;
use super::scope::{CURRENT, PAGE_VIEW, is_friction};
use super::sources::QuestionSources;
use crate::query::{QueryResult, Question};
use crate::rollup::{Aggregates, Cover, Dimension, Rolled, Section, Unit, Value};

const HOUR_SECONDS: i64 = 3_600;

/// What is counted of a question: for the period and for the one before, in all and by bucket.
#[derive(Default)]
pub(super) struct Sums {
    /// Of the period before, and of the period.
    pub(super) totals: [Aggregates; 2],
    /// By the number of the bucket: see [`SeriesBuckets::number`].
    pub(super) buckets: HashMap<i64, Aggregates>,
}

/// What chooses a rollup's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice<'a> {
    /// All events.
    All,
    /// Those with one of these values.
    Of(Dimension, &'a [String]),
}

impl<'a> Choice<'a> {
    /// What these filters choose; none when rollups do not tell such events apart.
    pub(super) fn of(filters: &'a Filters) -> Option<Self> {
        let Filters { list, include_bots, include_answered, recorded_sessions: _ } = filters;
        if *include_bots || *include_answered {
            return None;
        }
        let filter = match list.as_slice() {
            [] => return Some(Self::All),
            [filter] if filter.operator() == FilterOperator::Is => filter,
            _ => return None,
        };
        let dimension = match filter.dimension() {
            FilterDimension::Path => Dimension::Path,
            FilterDimension::Browser => Dimension::Browser,
            FilterDimension::Os => Dimension::Os,
            FilterDimension::Device => Dimension::Device,
            FilterDimension::Country => Dimension::Country,
            _ => return None,
        };
        Some(Self::Of(dimension, filter.values()))
    }
}

impl Sums {
    /// What rollups and the events beside them say; none when rollups know nothing of such a question.
    pub(super) async fn of(
        question: &Question,
        scope: &Scope,
        buckets: &SeriesBuckets,
    ) -> Result<Option<Self>, Error> {
        let Some(choice) = Choice::of(&scope.filters) else { return Ok(None) };
        if !buckets.are_multiples_of(HOUR_SECONDS) {
            // Clocks that differ from UTC by half an hour: no rollup's hour lies in one bucket.
            return Ok(None);
        }
        let by_day = !scope.period.is_hourly() && buckets.are_multiples_of(24 * HOUR_SECONDS);
        let (sections, rest_unit): (&'static [Section], _) = match (choice, by_day) {
            (Choice::All, true) => (&[Section::Days, Section::Hours], Unit::Hour),
            (Choice::All, false) => (&[Section::Hours], Unit::Hour),
            (Choice::Of(..), true) => (&[Section::Dimensions], Unit::Day),
            (Choice::Of(..), false) => return Ok(None),
        };
        let cover = Cover::new(scope.period, true);
        let sources = QuestionSources::read(question, scope, &cover, sections).await?;
        if sources.is_all_fresh() {
            return Ok(None);
        }
        let mut sums = Self::default();
        for sections in &sources.rolled {
            let added = match (choice, sections.as_slice()) {
                (Choice::All, [days, hours]) => {
                    sums.add_units(buckets, &cover, Unit::Day, days.as_ref(), |_| true)
                        && sums.add_units(buckets, &cover, Unit::Hour, hours.as_ref(), |hour| {
                            cover.whole(Unit::Day, hour.div_euclid(24)).is_none()
                        })
                }
                (Choice::All, [hours]) => {
                    sums.add_units(buckets, &cover, Unit::Hour, hours.as_ref(), |_| true)
                }
                (Choice::Of(dimension, values), [days]) => {
                    sums.add_values(buckets, &cover, days.as_ref(), dimension, values)
                }
                _ => false,
            };
            if !added {
                return Ok(None);
            }
        }
        if let Some((source, values)) = sources.events(question, scope, &cover.rest(rest_unit)) {
            let answer = question.ask(&statement(scope, &source), values).await?;
            sums.add_events(&answer);
        }
        Ok(Some(sums))
    }

    /// Adds a file's days or hours that lie whole in a period; false when it is damaged.
    fn add_units(
        &mut self,
        buckets: &SeriesBuckets,
        cover: &Cover,
        unit: Unit,
        rolled: Option<&Rolled>,
        is_wanted: impl Fn(i32) -> bool,
    ) -> bool {
        let Some(rolled) = rolled else { return true };
        let Some(rows) = rolled.units() else { return false };
        rows.iter().filter(|(number, _)| is_wanted(*number)).all(|(number, row)| {
            let Some(start) = cover.whole(unit, *number) else { return true };
            self.add(buckets, start, |measures| measures.add(row))
        })
    }

    /// Adds a file's whole days, as far as they say something of these values; false when that is not known. An event has
    /// one value of a dimension, so that counts add up.
    fn add_values(
        &mut self,
        buckets: &SeriesBuckets,
        cover: &Cover,
        rolled: Option<&Rolled>,
        dimension: Dimension,
        values: &[String],
    ) -> bool {
        let Some(rolled) = rolled else { return true };
        let Some(days) = rolled.days() else { return false };
        days.iter().all(|day| {
            let Some(start) = cover.whole(Unit::Day, day.day) else { return true };
            values.iter().all(|value| match day.value(dimension, value) {
                Value::Row(row) => self.add(buckets, start, |measures| measures.add(&row)),
                Value::Nothing => true,
                Value::Unknown => false,
            })
        })
    }

    fn add(
        &mut self,
        buckets: &SeriesBuckets,
        at: Timestamp,
        add: impl Fn(&mut Aggregates) -> bool,
    ) -> bool {
        self.of_bucket(buckets.number(at)).into_iter().all(add)
    }

    /// Adds rows of [`statement`].
    fn add_events(&mut self, answer: &QueryResult) {
        let mut hashes: HashMap<i64, Hashes> = HashMap::new();
        for row in answer.rows() {
            let Some(bucket) = answer.integer("bucket", row) else { continue };
            let friction = answer.count("friction", row);
            for measures in self.of_bucket(bucket) {
                measures.events += answer.count("events", row);
                measures.page_views += answer.count("page_views", row);
                measures.friction += friction;
            }
            hashes.entry(bucket).or_default().add(answer, row, friction > 0);
        }
        for (bucket, hashes) in hashes {
            self.of_bucket(bucket).into_iter().for_each(|measures| hashes.count_in(measures));
        }
    }

    /// What an event of this bucket is counted in.
    fn of_bucket(&mut self, bucket: i64) -> [&mut Aggregates; 2] {
        let is_current = bucket >= 0;
        [&mut self.totals[usize::from(is_current)], self.buckets.entry(bucket).or_default()]
    }
}

/// Hashes of the visitors and sessions of some rows.
#[derive(Debug, Default)]
pub(super) struct Hashes {
    visitors: Vec<u64>,
    sessions: Vec<u64>,
    friction_sessions: Vec<u64>,
}

impl Hashes {
    /// Takes in the columns `visitor_hash` and `session_hash` of a row.
    pub(super) fn add(&mut self, answer: &QueryResult, row: usize, has_friction: bool) {
        let hash = |column| answer.integer(column, row).map(i64::cast_unsigned);
        let session = hash("session_hash");
        self.visitors.extend(hash("visitor_hash"));
        self.sessions.extend(session);
        self.friction_sessions.extend(session.filter(|_| has_friction));
    }

    /// Adds them to what is counted.
    pub(super) fn count_in(&self, measures: &mut Aggregates) {
        measures.visitors.add_hashes(&self.visitors);
        measures.sessions.add_hashes(&self.sessions);
        measures.friction_sessions.add_hashes(&self.friction_sessions);
    }
}

/// A bucket's events of one session as a row.
fn statement(scope: &Scope, source: &str) -> String {
    format!(
        "SELECT {CURRENT} AS is_current, {BUCKET} AS bucket, visitor_hash, session_hash,
                count(*) AS events,
                count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views,
                count(*) FILTER (WHERE {friction}) AS friction
         FROM ({source}) GROUP BY is_current, bucket, visitor_hash, session_hash",
        friction = is_friction(scope),
    )
}
