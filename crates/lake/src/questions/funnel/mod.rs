//! How many visitors or sessions get from one step to the next?
//!
//! One statement yields the matching events by unit and time, a batch after the other; the domain finds each unit's
//! attempt. So no more than one unit's events is in memory, besides the statement's own sort, which spills.

mod statement;
mod units;

use domain::question::Scope;
use domain::question::funnel::{Funnel, FunnelAnswer};
use engine::ports::lake::Error;

use self::statement::FunnelStatement;
use self::units::UnitReader;
use crate::query::Question;

/// Up to three statements: which events lack a visitor; the frequent values of the breakdown; and the events.
pub(crate) async fn funnel(
    question: &Question,
    scope: &Scope,
    funnel: &Funnel,
) -> Result<FunnelAnswer, Error> {
    let statement = FunnelStatement::new(scope, funnel);
    statement.register_functions(question);
    let census = question.ask(&statement.census(), statement.params()).await?;
    let mut values = Vec::new();
    if let Some(sql) = statement.frequent_values() {
        let found = question.ask(&sql, statement.params()).await?;
        values.extend(found.rows().filter_map(|row| found.text("value", row)));
    }
    let has_orphans = census.count("orphans", 0) > 0;
    let mut rows = question.stream(&statement.events(has_orphans), statement.params()).await?;
    let mut units = UnitReader::new(funnel, &values);
    while let Some(batch) = rows.next().await? {
        units.read(&batch)?;
    }
    units.finish(census.count("unattributed", 0))
}
