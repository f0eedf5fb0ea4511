//! Searches by term, and the filters that people use together.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::question::Scope;
use domain::question::search_patterns::{MAX_EVENTS, SEARCH_EVENTS, SearchPatterns, SearchTally};
use engine::ports::lake::Error;

use super::scope::{PeriodScope, conditions, params};
use crate::query::Question;

/// One statement, whose rows are counted a batch after the other. A person is a customer, else a browser, else a session.
pub(crate) async fn search_patterns(
    question: &Question,
    scope: &Scope,
    limit: usize,
) -> Result<SearchPatterns, Error> {
    let sql = format!(
        "SELECT name, coalesce(user_id, visitor_id, session_id) AS person, properties
         FROM events WHERE {} AND ({})",
        conditions(scope),
        events()
    );
    let mut rows = question.stream(&sql, params(scope, PeriodScope::Period)).await?;
    let mut tally = SearchTally::default();
    let mut seen = 0;
    while let Some(batch) = rows.next().await? {
        for row in batch.rows() {
            seen += 1;
            if seen > MAX_EVENTS {
                return Err(Error::Limit { limit: "memory" });
            }
            let text = |column: &str| batch.text(column, row).unwrap_or_default();
            tally.add(&text("name"), &text("properties"), number_of(&text("person")));
        }
    }
    Ok(tally.finish(limit))
}

fn events() -> String {
    let of =
        |(category, name): (&str, &str)| format!("(category = '{category}' AND name = '{name}')");
    SEARCH_EVENTS.map(of).join(" OR ")
}

/// Stands for a person: counting them takes no more.
fn number_of(person: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    person.hash(&mut hasher);
    hasher.finish()
}
