//! Friction items: elements, and errors by group.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use datafusion::common::ScalarValue;
use domain::friction::{self, Kind, Severity};
use domain::question::{
    FilterDimension, FrictionItem, FrictionItemPage, ItemSort, KindCount, PageRange, Scope,
    SeriesBuckets,
};
use engine::ports::lake::Error;
use futures::try_join;

use super::buckets::{self, BUCKET};
use super::scope::{CURRENT, PeriodScope, conditions, is_friction, item_keys, params, weight};
use crate::query::{Params, QueryResult, Question};

/// The key of an item: its element or its error group.
type Key = (Option<String>, Option<String>);

/// Three statements: the items of the slice, the sessions of the scope for their scores, and then
/// where and when those items happened.
pub(crate) async fn friction_items(
    question: &Question,
    scope: &Scope,
    sort: ItemSort,
    slice: PageRange,
) -> Result<FrictionItemPage, Error> {
    let ranked = ranked(scope, sort);
    let sliced = format!("{ranked} LIMIT {} OFFSET {}", slice.limit(), slice.offset);
    // A page narrows the occurrences, not the sessions: an item has one score, wherever it is looked at.
    let filters = scope.filters.without(FilterDimension::Path);
    let everywhere = Scope { filters, ..scope.clone() };
    let sessions = format!(
        "SELECT count(DISTINCT session_hash) AS sessions FROM events WHERE {}",
        conditions(&everywhere)
    );
    let both = params(scope, PeriodScope::WithPrevious);
    let (mut answer, sessions) = try_join!(
        question.ask(&sliced, both.clone()),
        question.ask(&sessions, params(&everywhere, PeriodScope::Period)),
    )?;
    let sessions = sessions.count("sessions", 0);
    let mut items: Vec<FrictionItem> =
        answer.rows().map(|row| item(&answer, row, sessions)).collect();
    add_places_and_trends(question, scope, &mut items).await?;
    if items.is_empty() && slice.offset > 0 {
        // Past the end no row carries the total.
        answer = question.ask(&format!("{ranked} LIMIT 1"), both).await?;
    }
    let total = if answer.rows().is_empty() { 0 } else { answer.count("total", 0) };
    Ok(FrictionItemPage { items, total })
}

/// The friction events of the scope, each with its item's key.
fn keyed(scope: &Scope) -> String {
    format!(
        "SELECT *, {} FROM events WHERE {} AND {}",
        item_keys(),
        conditions(scope),
        is_friction(scope),
    )
}

/// All items in order.
fn ranked(scope: &Scope, sort: ItemSort) -> String {
    let mut kinds = String::new();
    for kind in Kind::ALL {
        let name = kind.as_str();
        let _ = write!(kinds, ", count(*) FILTER (WHERE {CURRENT} AND name = '{name}') AS {name}");
    }
    let order = match sort {
        ItemSort::Score => "weighted",
        ItemSort::Count => "count",
        ItemSort::Sessions => "sessions",
        ItemSort::LastSeen => "last_seen",
    };
    let weight = weight();
    format!(
        "WITH friction AS ({keyed}),
         items AS (
           SELECT item_selector, item_group,
                  count(*) FILTER (WHERE {CURRENT}) AS count,
                  count(*) FILTER (WHERE NOT {CURRENT}) AS previous_count,
                  count(DISTINCT CASE WHEN {CURRENT} THEN session_hash END) AS sessions,
                  count(DISTINCT CASE WHEN {CURRENT} THEN visitor_hash END) AS visitors,
                  sum({weight}) FILTER (WHERE {CURRENT}) AS weighted,
                  max(CASE severity WHEN 'high' THEN 3 WHEN 'critical' THEN 3 WHEN 'medium' THEN 2
                      WHEN 'low' THEN 1 ELSE {weight} END) FILTER (WHERE {CURRENT}) AS severity,
                  min(occurred_at) FILTER (WHERE {CURRENT}) AS first_seen,
                  max(occurred_at) FILTER (WHERE {CURRENT}) AS last_seen,
                  last_value(element_text ORDER BY occurred_at, element_text)
                      FILTER (WHERE {CURRENT} AND element_text IS NOT NULL) AS element_text,
                  last_value(error_message ORDER BY occurred_at, error_message)
                      FILTER (WHERE {CURRENT} AND error_message IS NOT NULL) AS error_message
                  {kinds}
           FROM friction GROUP BY item_selector, item_group)
         SELECT *, count(*) OVER () AS total FROM items WHERE count > 0
         ORDER BY {order} DESC, item_selector NULLS LAST, item_group NULLS LAST",
        keyed = keyed(scope),
    )
}

fn item(answer: &QueryResult, row: usize, sessions_of_scope: u64) -> FrictionItem {
    let mut kinds: Vec<KindCount> = Kind::ALL
        .into_iter()
        .map(|kind| KindCount { kind, count: answer.count(kind.as_str(), row) })
        .filter(|found| found.count > 0)
        .collect();
    // Stable: of equally frequent kinds the heavier stays first.
    kinds.sort_by_key(|found| std::cmp::Reverse(found.count));
    FrictionItem {
        element_selector: answer.text("item_selector", row),
        element_text: answer.text("element_text", row),
        error_group: answer.text("item_group", row),
        error_message: answer.text("error_message", row),
        kinds,
        count: answer.count("count", row),
        previous_count: answer.count("previous_count", row),
        sessions: answer.count("sessions", row),
        visitors: answer.count("visitors", row),
        pages: 0,
        top_page: None,
        severity: match answer.count("severity", row) {
            3.. => Severity::High,
            2 => Severity::Medium,
            _ => Severity::Low,
        },
        score: friction::score(answer.count("weighted", row), sessions_of_scope),
        first_seen: answer.instant("first_seen", row),
        last_seen: answer.instant("last_seen", row),
        trend: Vec::new(),
    }
}

/// Fills in the number of pages, the most frequent one (ties: the first by path), and the trend of
/// every item.
async fn add_places_and_trends(
    question: &Question,
    scope: &Scope,
    items: &mut [FrictionItem],
) -> Result<(), Error> {
    if items.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "WITH friction AS ({keyed})
         SELECT item_selector, item_group, path, {BUCKET} AS bucket, count(*) AS count
         FROM friction
         WHERE array_has($selectors, item_selector) OR array_has($groups, item_group)
               OR (item_selector IS NULL AND item_group IS NULL)
         GROUP BY item_selector, item_group, path, bucket",
        keyed = keyed(scope),
    );
    let mut values: Params = params(scope, PeriodScope::Period);
    values.insert("selectors", list(items.iter().filter_map(|i| i.element_selector.as_deref())));
    values.insert("groups", list(items.iter().filter_map(|i| i.error_group.as_deref())));
    let buckets = Arc::new(SeriesBuckets::of(scope.period));
    buckets::register(question, &buckets);
    let answer = question.ask(&sql, values).await?;

    let buckets = buckets.current().len();
    let mut trends: HashMap<Key, Vec<u64>> = HashMap::new();
    let mut places: HashMap<Key, BTreeMap<String, u64>> = HashMap::new();
    for row in answer.rows() {
        let key = (answer.text("item_selector", row), answer.text("item_group", row));
        let count = answer.count("count", row);
        if let Some(path) = answer.text("path", row) {
            *places.entry(key.clone()).or_default().entry(path).or_default() += count;
        }
        let trend = trends.entry(key).or_insert_with(|| vec![0; buckets]);
        let bucket = answer.integer("bucket", row).and_then(|index| usize::try_from(index).ok());
        if let Some(slot) = bucket.and_then(|index| trend.get_mut(index)) {
            *slot += count;
        }
    }
    for item in items {
        let key = (item.element_selector.clone(), item.error_group.clone());
        item.trend = trends.remove(&key).unwrap_or_else(|| vec![0; buckets]);
        let places = places.remove(&key).unwrap_or_default();
        item.pages = places.len() as u64;
        // The last of equals is the maximum, so paths are gone through backwards.
        item.top_page =
            places.into_iter().rev().max_by_key(|(_, count)| *count).map(|(path, _)| path);
    }
    Ok(())
}

/// Texts as a value for `array_has`.
pub(super) fn list<'a>(texts: impl Iterator<Item = &'a str>) -> ScalarValue {
    let values: Vec<ScalarValue> = texts.map(ScalarValue::from).collect();
    ScalarValue::List(ScalarValue::new_list_nullable(
        &values,
        &datafusion::arrow::datatypes::DataType::Utf8,
    ))
}
