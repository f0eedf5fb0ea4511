//! Question: which errors do visitors meet?

mod affected;
mod group;
mod port;
mod top_values;

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray};
use domain::friction::Kind;
use domain::question::errors::{
    ErrorFigures, ErrorGroupPage, ErrorGroupRow, ErrorListing, ErrorSeen, ErrorSort, MAX_ROW_VALUES,
};
use domain::question::{FilterDimension, PageRange, Scope, SeriesBuckets};
use domain::stack;
use engine::ports::lake::Error;
use futures::try_join;

use super::buckets::{self, BUCKET};
use super::friction_items::list;
use super::scope::{CURRENT, IS_ERROR, PeriodScope, conditions, is_friction, not_bots, params};
use crate::query::{Params, QueryResult, Question};
use top_values::TopValues;

/// The groups whose place in the list depends on when they were met last.
const KNOWN: &str = "known_groups";

/// Three statements: the groups of the slice; then their trends, browsers and pages, and their last stacks.
async fn error_groups(
    question: &Question,
    scope: &Scope,
    listing: &ErrorListing,
    slice: PageRange,
) -> Result<ErrorGroupPage, Error> {
    register_known(question, listing);
    let ranked = ranked(scope, listing);
    let sliced = format!("{ranked} LIMIT {} OFFSET {}", slice.limit(), slice.offset);
    let mut values = params(scope, PeriodScope::WithPrevious);
    if let Some(search) = &listing.search {
        values.insert("search", search.to_lowercase().into());
    }
    let mut answer = question.ask(&sliced, values.clone()).await?;
    let mut groups: Vec<ErrorGroupRow> =
        answer.rows().filter_map(|row| group_row(&answer, row)).collect();
    add_details(question, scope, &mut groups).await?;
    if groups.is_empty() && slice.offset > 0 {
        // Past the end no row carries the total.
        answer = question.ask(&format!("{ranked} LIMIT 1"), values).await?;
    }
    let total = if answer.rows().is_empty() { 0 } else { answer.count("total", 0) };
    Ok(ErrorGroupPage { groups, total })
}

fn register_known(question: &Question, listing: &ErrorListing) {
    let known = &listing.known;
    let names: ArrayRef =
        Arc::new(known.iter().map(|(group, _)| Some(group)).collect::<StringArray>());
    let after = known.iter().map(|(_, range)| Some(range.after.micros()));
    let after: ArrayRef = Arc::new(after.collect::<Int64Array>());
    let until = known.iter().map(|(_, range)| Some(range.until.micros()));
    let until: ArrayRef = Arc::new(until.collect::<Int64Array>());
    question.register_columns(
        KNOWN,
        [("known_group", names), ("met_after", after), ("met_until", until)],
    );
}

/// The scope narrowed to a group.
fn of_group(scope: &Scope, group: &str) -> Scope {
    let others = scope.filters.without(FilterDimension::ErrorGroup);
    Scope { filters: others.with(FilterDimension::ErrorGroup, group), ..scope.clone() }
}

/// The errors of the scope that have a group.
fn grouped(scope: &Scope) -> String {
    format!(
        "{} AND {} AND {IS_ERROR} AND error_group IS NOT NULL",
        conditions(scope),
        is_friction(scope)
    )
}

/// All stored errors of the project that have a group.
fn ever(scope: &Scope) -> String {
    let not_bots = not_bots(&scope.filters);
    format!(
        "project_id = $project AND category = 'friction' AND {IS_ERROR} AND error_group IS NOT NULL{not_bots}"
    )
}

/// The columns of [`ErrorFigures`].
fn figures() -> String {
    format!(
        "count(*) FILTER (WHERE {CURRENT}) AS count,
         count(*) FILTER (WHERE NOT {CURRENT}) AS previous_count,
         count(DISTINCT CASE WHEN {CURRENT} THEN session_hash END) AS sessions,
         count(DISTINCT CASE WHEN {CURRENT} THEN visitor_hash END) AS visitors,
         count(DISTINCT CASE WHEN {CURRENT} THEN user_id END) AS customers"
    )
}

fn read_figures(answer: &QueryResult, row: usize) -> ErrorFigures {
    ErrorFigures {
        count: answer.count("count", row),
        previous_count: answer.count("previous_count", row),
        sessions: answer.count("sessions", row),
        visitors: answer.count("visitors", row),
        customers: answer.count("customers", row),
    }
}

/// The columns of [`ErrorSeen`].
const SEEN: &str = "min(occurred_at) AS first_seen, max(occurred_at) AS last_seen,
    max(occurred_at) FILTER (WHERE bot IS NULL) AS last_met";

fn read_seen(answer: &QueryResult, row: usize) -> ErrorSeen {
    let last_met = answer.integer("last_met", row);
    ErrorSeen {
        first: answer.instant("first_seen", row),
        last: answer.instant("last_seen", row),
        last_met: last_met.map(domain::time::Timestamp::from_micros),
    }
}

/// All groups in order.
fn ranked(scope: &Scope, listing: &ErrorListing) -> String {
    let order = match listing.sort {
        ErrorSort::Count => "count DESC",
        ErrorSort::People => "visitors DESC, count DESC",
        ErrorSort::LastSeen => "last_seen DESC",
        ErrorSort::FirstSeen => "first_seen DESC",
    };
    let search = if listing.search.is_some() {
        " AND strpos(lower(error_message), $search) > 0"
    } else {
        ""
    };
    let at = format!("coalesce(CAST(last_met AS BIGINT), {})", i64::MIN + 1);
    format!(
        "WITH found AS (
           SELECT error_group, {figures},
                  last_value(name ORDER BY occurred_at, name) FILTER (WHERE {CURRENT}) AS name,
                  last_value(error_message ORDER BY occurred_at, error_message)
                      FILTER (WHERE {CURRENT} AND error_message IS NOT NULL) AS error_message
           FROM events WHERE {grouped} GROUP BY error_group),
         seen AS (SELECT error_group AS seen_group, {SEEN} FROM events WHERE {ever} GROUP BY error_group)
         SELECT *, count(*) OVER () AS total
         FROM found JOIN seen ON error_group = seen_group LEFT JOIN {KNOWN} ON error_group = known_group
         WHERE count > 0{search}
           AND CASE WHEN known_group IS NULL THEN {others} ELSE {at} > met_after AND {at} <= met_until END
         ORDER BY {order}, error_group",
        figures = figures(),
        grouped = grouped(scope),
        ever = ever(scope),
        others = listing.others,
    )
}

fn group_row(answer: &QueryResult, row: usize) -> Option<ErrorGroupRow> {
    Some(ErrorGroupRow {
        group: answer.text("error_group", row)?,
        kind: Kind::parse(&answer.text("name", row)?)?,
        message: answer.text("error_message", row),
        top_frame: None,
        figures: read_figures(answer, row),
        seen: read_seen(answer, row),
        trend: Vec::new(),
        browsers: Vec::new(),
        pages: Vec::new(),
    })
}

/// Fills in trends, browsers, pages and frames.
async fn add_details(
    question: &Question,
    scope: &Scope,
    groups: &mut [ErrorGroupRow],
) -> Result<(), Error> {
    if groups.is_empty() {
        return Ok(());
    }
    let buckets = Arc::new(SeriesBuckets::of(scope.period));
    buckets::register(question, &buckets);
    let listed = format!("{} AND array_has($groups, error_group)", grouped(scope));
    let counts = format!(
        "SELECT error_group, bucket, browser, path, count(*) AS count,
                grouping(bucket) AS no_bucket, grouping(browser) AS no_browser
         FROM (SELECT error_group, {BUCKET} AS bucket, browser, path FROM events WHERE {listed}) AS listed
         GROUP BY GROUPING SETS ((error_group, bucket), (error_group, browser), (error_group, path))"
    );
    let stacks = format!(
        "SELECT error_group, last_value(stack ORDER BY occurred_at, stack) AS stack
         FROM events WHERE {listed} AND stack IS NOT NULL GROUP BY error_group"
    );
    let mut values: Params = params(scope, PeriodScope::Period);
    values.insert("groups", list(groups.iter().map(|group| &*group.group)));
    let (counts, stacks) =
        try_join!(question.ask(&counts, values.clone()), question.ask(&stacks, values))?;
    let frames: HashMap<String, stack::StackFrame> = stacks
        .rows()
        .filter_map(|row| {
            let frame = stack::top_frame(&stacks.text("stack", row)?)?;
            Some((stacks.text("error_group", row)?, frame))
        })
        .collect();
    let mut details = Details::read(&counts, buckets.current().len());
    for group in groups {
        group.top_frame = frames.get(&group.group).cloned();
        group.trend = details.trends.remove(&group.group).unwrap_or_default();
        group.browsers = details.browsers.take(&group.group, MAX_ROW_VALUES);
        group.pages = details.pages.take(&group.group, MAX_ROW_VALUES);
    }
    Ok(())
}

/// Trends and top values of the listed groups, by group.
#[derive(Default)]
struct Details {
    trends: HashMap<String, Vec<u64>>,
    browsers: TopValues<String>,
    pages: TopValues<String>,
}

impl Details {
    fn read(answer: &QueryResult, buckets: usize) -> Self {
        let mut details = Self::default();
        for row in answer.rows() {
            let Some(group) = answer.text("error_group", row) else { continue };
            let count = answer.count("count", row);
            if answer.integer("no_bucket", row) == Some(0) {
                let trend = details.trends.entry(group).or_insert_with(|| vec![0; buckets]);
                add_to_bucket(trend, answer.integer("bucket", row), count);
            } else if answer.integer("no_browser", row) == Some(0) {
                details.browsers.add(group, answer.text("browser", row), count);
            } else {
                details.pages.add(group, answer.text("path", row), count);
            }
        }
        details
    }
}

/// Adds to the bucket of this index.
fn add_to_bucket(series: &mut [u64], index: Option<i64>, count: u64) {
    let index = index.and_then(|index| usize::try_from(index).ok());
    if let Some(bucket) = index.and_then(|index| series.get_mut(index)) {
        *bucket += count;
    }
}
