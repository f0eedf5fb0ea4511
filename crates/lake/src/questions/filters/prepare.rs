//! Finds out, before a question's statements run, which sessions its filters choose and what these did.
//!
//! A question about events whose filters look at sessions costs one more pass over the few columns that those filters read, and
//! the check of each event's session against the set that was found. Orders and bookings are few and lie together in
//! the files. Only first sessions of visitors are looked for in all stored events.

use domain::question::funnel::PurchaseKind;
use domain::question::{FilterLevel, Scope, SessionBehavior};
use engine::ports::lake::Error;

use super::functions::{
    ByIdHash, IdHashes, conversions_of, first_session_of, is_in, is_recorded, traffic_channel,
};
use super::{IS_CHOSEN, at, of_sessions};
use crate::Lake;
use crate::id_hash::hash_id;
use crate::query::{Question, instant};
use crate::questions::conversions::conversions;
use crate::questions::scope::{CURRENT, PeriodScope, conditions, not_bots, params};
use crate::questions::session_filters::whole;

/// Sessions of both periods that filters choose at most, which takes about 80 MB.
const MAX_SESSIONS: usize = 4 << 20;
/// No session is longer, in seconds: one that began no earlier before the period may have its first event in it.
pub(in crate::questions) const LONGEST_SESSION_SECONDS: i64 = 24 * 3_600;

/// Facts about sessions that have to be found out.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::questions) struct Needs {
    pub(in crate::questions) conversions: bool,
    pub(in crate::questions) first_sessions: bool,
    pub(in crate::questions) recordings: bool,
}

impl Needs {
    fn of(scope: &Scope) -> Self {
        let filters = &scope.filters;
        Self {
            conversions: filters.has_behavior(SessionBehavior::needs_conversions),
            first_sessions: filters.has_behavior(SessionBehavior::needs_first_sessions),
            recordings: filters.has_behavior(|it| it == SessionBehavior::Recorded),
        }
    }

    /// Of all behaviours.
    pub(in crate::questions) const fn all() -> Self {
        Self { conversions: true, first_sessions: true, recordings: true }
    }
}

impl Lake {
    /// Begins a question about events, over the newest snapshot.
    pub(crate) async fn for_events(
        &self,
        name: &'static str,
        scope: &Scope,
        periods: PeriodScope,
    ) -> Result<Question, Error> {
        self.question(name).for_events(scope, periods).await
    }
}

impl Question {
    /// Readies a question about events: finds the sessions that the filters choose.
    async fn for_events(self, scope: &Scope, periods: PeriodScope) -> Result<Self, Error> {
        if at(&scope.filters, FilterLevel::Session).next().is_none() {
            return Ok(self);
        }
        let question = self.for_sessions(scope, periods).await?;
        let chosen = chosen_sessions(&question, scope, periods).await?;
        question.register_function(is_in(IS_CHOSEN, chosen));
        Ok(question)
    }

    /// Readies a question whose statements group by session and have conditions on them.
    pub(crate) async fn for_sessions(
        self,
        scope: &Scope,
        periods: PeriodScope,
    ) -> Result<Self, Error> {
        self.find_out(scope, periods, Needs::of(scope)).await?;
        Ok(self)
    }

    /// Makes known what conditions on sessions need.
    pub(in crate::questions) async fn find_out(
        &self,
        scope: &Scope,
        periods: PeriodScope,
        needs: Needs,
    ) -> Result<(), Error> {
        self.register_function(traffic_channel());
        if needs.conversions {
            self.register_function(conversions_of(conversion_kinds(self, scope, periods).await?));
        }
        if needs.first_sessions {
            self.register_function(first_session_of(first_sessions(self, scope, periods).await?));
        }
        if needs.recordings {
            let recorded = scope.filters.recorded_sessions.iter().flat_map(|ids| ids.iter());
            let recorded = recorded.map(|id| hash_id(id.as_bytes())).collect();
            self.register_function(is_recorded(recorded));
        }
        Ok(())
    }
}

/// The sessions that the filters on sessions choose: of the period before, and of the period.
async fn chosen_sessions(
    question: &Question,
    scope: &Scope,
    periods: PeriodScope,
) -> Result<[IdHashes; 2], Error> {
    let sql = format!(
        "SELECT session_hash, {CURRENT} AS is_current FROM events
         WHERE {rows} AND session_id IS NOT NULL
         GROUP BY session_hash, is_current HAVING {having}",
        rows = conditions(&whole(scope)),
        having = of_sessions(scope, CURRENT).join(" AND "),
    );
    let mut rows = question.stream(&sql, params(scope, periods)).await?;
    let mut chosen = [IdHashes::default(), IdHashes::default()];
    while let Some(batch) = rows.next().await? {
        for row in batch.rows() {
            let is_current = batch.count("is_current", row) > 0;
            chosen[usize::from(is_current)].extend(batch.integer("session_hash", row));
        }
        if chosen.iter().map(IdHashes::len).sum::<usize>() > MAX_SESSIONS {
            return Err(Error::Limit { limit: "memory" });
        }
    }
    Ok(chosen)
}

/// Which sessions converted, and how: of the period before, and of the period.
async fn conversion_kinds(
    question: &Question,
    scope: &Scope,
    periods: PeriodScope,
) -> Result<[ByIdHash<i64>; 2], Error> {
    let whole = whole(scope);
    let found = conversions(question, &conditions(&whole), params(&whole, periods)).await?;
    Ok(found.map(|conversions| {
        let mut kinds = ByIdHash::default();
        for conversion in conversions {
            let Some(session) = conversion.session else { continue };
            let kind = match conversion.kind {
                PurchaseKind::Order => 1,
                PurchaseKind::Booking => 2,
            };
            *kinds.entry(session).or_insert(0) |= kind;
        }
        kinds
    }))
}

/// The first stored session of each visitor whose first event lies in the periods or not long before.
async fn first_sessions(
    question: &Question,
    scope: &Scope,
    periods: PeriodScope,
) -> Result<ByIdHash<i64>, Error> {
    let sql = format!(
        "SELECT visitor_hash,
                first_value(session_hash ORDER BY occurred_at, session_hash) AS session_hash
         FROM events
         WHERE project_id = $project AND occurred_at < $to{not_bots}
               AND visitor_id IS NOT NULL AND session_id IS NOT NULL
         GROUP BY visitor_hash HAVING min(occurred_at) >= $new_from",
        not_bots = not_bots(&scope.filters),
    );
    let mut values = params(&whole(scope), periods);
    let from = match periods {
        PeriodScope::Period => scope.period.from(),
        PeriodScope::WithPrevious => scope.period.previous().from(),
    };
    values.insert("new_from", instant(from.plus_seconds(-LONGEST_SESSION_SECONDS)));
    let mut rows = question.stream(&sql, values).await?;
    let mut first = ByIdHash::default();
    while let Some(batch) = rows.next().await? {
        first.extend(batch.rows().filter_map(|row| {
            Some((batch.integer("visitor_hash", row)?, batch.integer("session_hash", row)?))
        }));
        if first.len() > MAX_SESSIONS {
            return Err(Error::Limit { limit: "memory" });
        }
    }
    Ok(first)
}
