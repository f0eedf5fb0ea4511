//! Visitors that the filters choose, one after the other, with the units of what they did.

use datafusion::arrow::array::{Array, Int64Array};
use domain::question::Scope;
use domain::question::visitor_retention::{UnitSet, VisitorAction, VisitorRetention};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::purchases::{PurchaseIndex, VisitorPurchases};
use super::stored;
use crate::query::{Params, QueryResult, Question, instant};
use crate::questions::filters::EventFilters;
use crate::questions::scope::{PeriodScope, params};

/// Reads all visitors of a question.
pub(super) struct VisitorReader<'a> {
    pub(super) question: &'a Question,
    pub(super) scope: &'a Scope,
    pub(super) retention: &'a VisitorRetention,
    purchases: PurchaseIndex,
    values: Params,
}

/// The units in which a visitor acted.
pub(super) struct VisitorHistory<'a> {
    /// In these units the first action.
    pub(super) first: &'a UnitSet,
    /// In these the returning one.
    pub(super) returning: &'a UnitSet,
    /// The first unit in which the first action names a session, and the first such session.
    first_session: Option<(i64, i64)>,
}

impl VisitorHistory<'_> {
    /// The first session of a visitor of the cohort of this unit.
    pub(super) fn first_session(&self, cohort: usize) -> Option<i64> {
        let (unit, session) = self.first_session?;
        (usize::try_from(unit) == Ok(cohort)).then_some(session)
    }
}

impl<'a> VisitorReader<'a> {
    /// Finds what visitors bought, where it matters.
    pub(super) async fn of(
        question: &'a Question,
        scope: &'a Scope,
        retention: &'a VisitorRetention,
    ) -> Result<Self, Error> {
        let VisitorRetention { calendar, first, returning, .. } = retention;
        let mut values = params(scope, PeriodScope::Period);
        values.insert("to", instant(calendar.to()));
        values.insert("split", instant(Timestamp::EPOCH));
        let purchases = if [*first, *returning].contains(&VisitorAction::Conversion) {
            PurchaseIndex::of(question, scope, calendar, values.clone()).await?
        } else {
            PurchaseIndex::default()
        };
        Ok(Self { question, scope, retention, purchases, values })
    }

    /// The values that the conditions of the statements name.
    pub(super) fn values(&self) -> Params {
        self.values.clone()
    }

    /// Orders and bookings of the units that belong to no visitor.
    pub(super) const fn unattributed(&self) -> u64 {
        self.purchases.unattributed
    }

    /// Calls `visit` for each visitor.
    pub(super) async fn each(
        &self,
        mut visit: impl FnMut(&VisitorHistory<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut rows = self.question.stream(&self.statement(), self.values()).await?;
        let mut visitor = VisitorRows::default();
        while let Some(batch) = rows.next().await? {
            let columns = VisitorColumns::of(&batch)
                .ok_or_else(|| Error::Internal("a column of the visitors is missing".into()))?;
            for row in batch.rows() {
                let hash = Some(columns.visitor.value(row));
                if visitor.hash != hash {
                    self.call(&visitor, &mut visit)?;
                    visitor = VisitorRows { hash, ..VisitorRows::default() };
                }
                visitor.add(&columns, row);
            }
        }
        self.call(&visitor, &mut visit)
    }

    fn call(
        &self,
        visitor: &VisitorRows,
        visit: &mut impl FnMut(&VisitorHistory<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !visitor.is_wanted || visitor.is_excluded {
            return Ok(());
        }
        let nothing = VisitorPurchases::default();
        let bought = visitor.hash.and_then(|hash| self.purchases.of_visitors.get(&hash));
        let bought = bought.unwrap_or(&nothing);
        let units = |action| match action {
            VisitorAction::Visit => &visitor.visits,
            VisitorAction::Conversion => &bought.units,
        };
        visit(&VisitorHistory {
            first: units(self.retention.first),
            returning: units(self.retention.returning),
            first_session: match self.retention.first {
                VisitorAction::Visit => visitor.first_session,
                VisitorAction::Conversion => bought.first_session(),
            },
        })
    }

    /// A row for each unit of each visitor, visitor by visitor.
    fn statement(&self) -> String {
        let EventFilters { wanted, excluded } = EventFilters::of(self.scope);
        let count = |condition: Option<String>, without: &str| {
            condition.map_or(without.to_owned(), |it| format!("count(*) FILTER (WHERE {it})"))
        };
        let needs_session =
            self.retention.grouping.is_some() && self.retention.first == VisitorAction::Visit;
        let session = if needs_session {
            "first_value(session_hash ORDER BY occurred_at, session_hash)
                FILTER (WHERE session_id IS NOT NULL)"
        } else {
            "CAST(NULL AS BIGINT)"
        };
        format!(
            "SELECT visitor_hash, unit_of(occurred_at) AS unit, {session} AS session,
                    {wanted} AS wanted, {excluded} AS excluded
             FROM events WHERE {stored} AND visitor_id IS NOT NULL
             GROUP BY visitor_hash, unit ORDER BY visitor_hash",
            wanted = count(wanted, "count(*)"),
            excluded = count(excluded, "0"),
            stored = stored(self.scope),
        )
    }
}

/// The visitor whose rows are read.
#[derive(Default)]
struct VisitorRows {
    hash: Option<i64>,
    visits: UnitSet,
    first_session: Option<(i64, i64)>,
    /// Whether an event meets the filters.
    is_wanted: bool,
    /// Whether filters exclude an event.
    is_excluded: bool,
}

impl VisitorRows {
    fn add(&mut self, columns: &VisitorColumns<'_>, row: usize) {
        let unit = columns.unit.value(row);
        self.visits.insert(unit);
        self.is_wanted |= columns.wanted.value(row) > 0;
        self.is_excluded |= columns.excluded.value(row) > 0;
        if unit >= 0 && !columns.session.is_null(row) {
            let found = (unit, columns.session.value(row));
            self.first_session = Some(self.first_session.map_or(found, |first| first.min(found)));
        }
    }
}

/// The columns of a batch.
struct VisitorColumns<'a> {
    visitor: &'a Int64Array,
    unit: &'a Int64Array,
    session: &'a Int64Array,
    wanted: &'a Int64Array,
    excluded: &'a Int64Array,
}

impl<'a> VisitorColumns<'a> {
    fn of(rows: &'a QueryResult) -> Option<Self> {
        Some(Self {
            visitor: rows.integers("visitor_hash")?,
            unit: rows.integers("unit")?,
            session: rows.integers("session")?,
            wanted: rows.integers("wanted")?,
            excluded: rows.integers("excluded")?,
        })
    }
}
