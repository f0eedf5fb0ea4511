//! How much of the traffic is bots, and whose are they?

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::question::{
    Bot, BotBucket, BotRule, BotShare, Filters, MAX_BOTS, Scope, SeriesBuckets,
};
use engine::ports::lake::Error;
use futures::try_join;

use super::buckets::{self, BUCKET};
use super::scope::{PAGE_VIEW, PeriodScope, conditions, params};
use crate::query::{QueryResult, Question};

/// The scope with bots, which count here whether or not the scope's other answers count them.
pub(crate) fn with_bots(scope: &Scope) -> Scope {
    let filters = Filters { include_bots: true, ..scope.filters.clone() };
    Scope { filters, ..scope.clone() }
}

/// Two scans of a scope [`with_bots`]: of all events by rule and bucket, and of the events of bots by name.
pub(crate) async fn bots(question: &Question, scope: &Scope) -> Result<BotShare, Error> {
    let buckets = Arc::new(SeriesBuckets::of(scope.period));
    buckets::register(question, &buckets);
    let conditions = conditions(scope);
    let by_bucket = format!(
        "SELECT {BUCKET} AS bucket, bot, count(*) AS events FROM events WHERE {conditions}
         GROUP BY bucket, bot"
    );
    let by_name = format!(
        "SELECT bot, browser, count(*) AS events,
                count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views,
                count(DISTINCT session_hash) AS sessions,
                max(occurred_at) AS last_seen
         FROM events WHERE {conditions} AND bot IS NOT NULL
         GROUP BY bot, browser ORDER BY events DESC, browser NULLS LAST, bot LIMIT {MAX_BOTS}"
    );
    let values = params(scope, PeriodScope::Period);
    let (counts, names) =
        try_join!(question.ask(&by_bucket, values.clone()), question.ask(&by_name, values))?;
    Ok(BotShare { bots: named(&names), ..share(&buckets, &counts) })
}

fn share(buckets: &SeriesBuckets, answer: &QueryResult) -> BotShare {
    let empty = |at: &_| BotBucket { at: *at, events: 0, bot_events: 0 };
    let mut share =
        BotShare { series: buckets.current().iter().map(empty).collect(), ..BotShare::default() };
    let mut rules: BTreeMap<String, u64> = BTreeMap::new();
    for row in answer.rows() {
        let events = answer.count("events", row);
        let rule = answer.text("bot", row);
        let bot_events = if rule.is_some() { events } else { 0 };
        share.events += events;
        share.bot_events += bot_events;
        if let Some(rule) = rule {
            *rules.entry(rule).or_default() += events;
        }
        let number = answer.integer("bucket", row).and_then(|number| usize::try_from(number).ok());
        if let Some(bucket) = number.and_then(|number| share.series.get_mut(number)) {
            bucket.events += events;
            bucket.bot_events += bot_events;
        }
    }
    share.rules = rules.into_iter().map(|(rule, events)| BotRule { rule, events }).collect();
    // Rules with as many events stay in the order of their names.
    share.rules.sort_by_key(|rule| std::cmp::Reverse(rule.events));
    share
}

fn named(answer: &QueryResult) -> Vec<Bot> {
    let bot = |row| Bot {
        name: answer.text("browser", row),
        rule: answer.text("bot", row).unwrap_or_default(),
        events: answer.count("events", row),
        page_views: answer.count("page_views", row),
        sessions: answer.count("sessions", row),
        last_seen: answer.instant("last_seen", row),
    };
    answer.rows().map(bot).collect()
}
