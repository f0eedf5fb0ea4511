//! The units in which visitors ordered or booked.

use std::collections::HashMap;

use domain::question::visitor_retention::{CohortCalendar, UnitSet};
use domain::question::{Conversion, Scope};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::stored;
use crate::query::{Params, Question};
use crate::questions::conversions::conversions;

/// The hashes of the sessions whose conversions name no visitor.
const NAMELESS: &str = "nameless_sessions";

/// The orders and bookings of all visitors.
#[derive(Debug, Default)]
pub(super) struct PurchaseIndex {
    /// By visitor.
    pub(super) of_visitors: HashMap<i64, VisitorPurchases>,
    /// Orders and bookings of the units that belong to no visitor.
    pub(super) unattributed: u64,
}

/// Orders and bookings of a visitor.
#[derive(Debug, Default)]
pub(super) struct VisitorPurchases {
    pub(super) units: UnitSet,
    /// The unit of the first that lies in a unit and names a session, its instant and the session.
    first: Option<(i64, Timestamp, i64)>,
}

impl VisitorPurchases {
    /// The unit of the first one that names a session, and this session.
    pub(super) fn first_session(&self) -> Option<(i64, i64)> {
        self.first.map(|(unit, _, session)| (unit, session))
    }

    fn insert(&mut self, unit: i64, conversion: &Conversion) {
        self.units.insert(unit);
        let Some(session) = conversion.session.filter(|_| unit >= 0) else { return };
        let found = (unit, conversion.at, session);
        self.first = Some(self.first.map_or(found, |first| first.min(found)));
    }
}

impl PurchaseIndex {
    /// All orders and bookings before the end of the last unit, of the visitors that they or their sessions name.
    pub(super) async fn of(
        question: &Question,
        scope: &Scope,
        calendar: &CohortCalendar,
        values: Params,
    ) -> Result<Self, Error> {
        let conditions = stored(scope);
        let [_, found] = conversions(question, &conditions, values.clone()).await?;
        let owners = owners(question, &conditions, &found, values).await?;
        let mut purchases = Self::default();
        for conversion in found {
            let owner = || conversion.session.and_then(|session| owners.get(&session).copied());
            let (unit, ..) = calendar.range(conversion.at);
            match conversion.visitor.or_else(owner) {
                Some(visitor) => {
                    purchases.of_visitors.entry(visitor).or_default().insert(unit, &conversion);
                }
                None => purchases.unattributed += u64::from(unit >= 0),
            }
        }
        Ok(purchases)
    }
}

/// The visitors that the sessions of these conversions name last, where the conversions name none.
async fn owners(
    question: &Question,
    conditions: &str,
    found: &[Conversion],
    values: Params,
) -> Result<HashMap<i64, i64>, Error> {
    let nameless = found.iter().filter(|conversion| conversion.visitor.is_none());
    let sessions: Vec<i64> = nameless.filter_map(|conversion| conversion.session).collect();
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    question.register_hashes(NAMELESS, sessions);
    let sql = format!(
        "SELECT session_hash, last_value(visitor_hash ORDER BY occurred_at, visitor_hash) AS owner
         FROM events
         WHERE {conditions} AND visitor_id IS NOT NULL
           AND session_hash IN (SELECT session_hash FROM {NAMELESS})
         GROUP BY session_hash"
    );
    let answer = question.ask(&sql, values).await?;
    let owner = |row| Some((answer.integer("session_hash", row)?, answer.integer("owner", row)?));
    Ok(answer.rows().filter_map(owner).collect())
}
