//! How much of the traffic is bots, and whose are they?

use domain::question::{BotRule, BotShare, Filters, Scope};
use engine::ports::lake::Error;

use super::scope::{PeriodScope, conditions, params};
use crate::query::Question;

/// One scan of the bot column. Bots count whether or not the scope's other answers count them.
pub(crate) async fn bots(question: &Question, scope: &Scope) -> Result<BotShare, Error> {
    let filters = Filters { include_bots: true, ..scope.filters.clone() };
    let scope = Scope { filters, ..scope.clone() };
    let sql = format!(
        "SELECT bot, count(*) AS events FROM events WHERE {} GROUP BY bot ORDER BY events DESC, bot",
        conditions(&scope)
    );
    let answer = question.ask(&sql, params(&scope, PeriodScope::Period)).await?;
    let mut share = BotShare::default();
    for row in answer.rows() {
        let events = answer.count("events", row);
        share.events += events;
        if let Some(rule) = answer.text("bot", row) {
            share.bot_events += events;
            share.rules.push(BotRule { rule, events });
        }
    }
    Ok(share)
}
