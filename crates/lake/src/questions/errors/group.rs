//! One group of errors.

use std::fmt::Write as _;
use std::sync::Arc;

use domain::friction::Kind;
use domain::id::ProjectId;
use domain::question::errors::{ErrorDimension, ErrorGroupAnswer, ErrorSeen, MAX_VALUES};
use domain::question::{Scope, SeriesBuckets};
use domain::time::Timestamp;
use engine::ports::lake::Error;
use futures::try_join;

use super::top_values::TopValues;
use super::{SEEN, add_to_bucket, ever, figures, grouped, of_group, read_figures, read_seen};
use crate::query::{Params, QueryResult, Question};
use crate::questions::buckets::{self, BUCKET, numbering};
use crate::questions::scope::{CURRENT, IS_ERROR, PeriodScope, params};

/// A dimension and its column.
const COLUMNS: [(ErrorDimension, &str); 5] = [
    (ErrorDimension::Browser, "browser"),
    (ErrorDimension::Os, "os"),
    (ErrorDimension::Device, "device_type"),
    (ErrorDimension::Page, "path"),
    (ErrorDimension::Country, "country"),
];

/// Three statements: when it was met, with its last message and stack; how much in the period; and when and where.
pub(super) async fn error_group(
    question: &Question,
    scope: &Scope,
    group: &str,
    releases: &[Timestamp],
) -> Result<Option<ErrorGroupAnswer>, Error> {
    let scope = of_group(scope, group);
    let buckets = Arc::new(SeriesBuckets::of(scope.period));
    buckets::register(question, &buckets);
    register_releases(question, releases);
    let last = |column: &str| {
        format!(
            "last_value({column} ORDER BY occurred_at, {column}) FILTER (WHERE {column} IS NOT NULL)
             AS {column}"
        )
    };
    let whole = format!(
        "SELECT count(*) AS count, {SEEN}, {}, {}, {}
         FROM events WHERE {} AND error_group = $error_group",
        last("name"),
        last("error_message"),
        last("stack"),
        ever(&scope),
    );
    let counted = format!("SELECT {} FROM events WHERE {}", figures(), grouped(&scope));
    let by_place = places(&scope);
    let mut values = params(&scope, PeriodScope::WithPrevious);
    values.insert("error_group", group.into());
    let (whole, measured, placed) = try_join!(
        question.ask(&whole, values.clone()),
        question.ask(&counted, values.clone()),
        question.ask(&by_place, values),
    )?;
    let kind = whole.text("name", 0).and_then(|name| Kind::parse(&name));
    let Some(kind) = kind.filter(|_| whole.count("count", 0) > 0) else { return Ok(None) };
    let mut answer = ErrorGroupAnswer {
        kind,
        message: whole.text("error_message", 0),
        stack: whole.text("stack", 0),
        seen: read_seen(&whole, 0),
        figures: read_figures(&measured, 0),
        series: vec![0; buckets.current().len()],
        previous_series: vec![0; buckets.previous().len()],
        by: Vec::new(),
        by_release: vec![0; releases.len()],
    };
    read_places(&mut answer, &placed);
    Ok(Some(answer))
}

/// Makes known as `release_of` the index of the last release at or before an instant; -1 before the first.
fn register_releases(question: &Question, releases: &[Timestamp]) {
    let releases = releases.to_vec();
    question.register_function(numbering("release_of", move |at| {
        let after = releases.partition_point(|release| *release <= at);
        let begins = after.checked_sub(1).and_then(|last| releases.get(last)).copied();
        let ends = releases.get(after).copied();
        let index = i64::try_from(after).unwrap_or(i64::MAX) - 1;
        let begins = begins.unwrap_or(Timestamp::from_micros(i64::MIN));
        (index, begins, ends.unwrap_or(Timestamp::from_micros(i64::MAX)))
    }));
}

/// Counts by bucket, by release, and by each dimension: `place` numbers what a row counts by.
fn places(scope: &Scope) -> String {
    let mut sets = String::from("(bucket), (release)");
    let mut columns = String::new();
    let mut values = String::from("CASE");
    let mut place =
        String::from("CASE WHEN grouping(bucket) = 0 THEN -1 WHEN grouping(release) = 0 THEN -2");
    for (number, (_, column)) in COLUMNS.iter().enumerate() {
        let _ = write!(sets, ", ({column})");
        let _ = write!(columns, ", CASE WHEN {CURRENT} THEN {column} END AS {column}");
        let _ = write!(place, " WHEN grouping({column}) = 0 THEN {number}");
        let _ = write!(values, " WHEN grouping({column}) = 0 THEN {column}");
    }
    format!(
        "SELECT bucket, release, {place} END AS place, {values} END AS value, count(*) AS count,
                count(*) FILTER (WHERE is_current) AS current_count
         FROM (SELECT {CURRENT} AS is_current, {BUCKET} AS bucket, release_of(occurred_at) AS release{columns}
               FROM events WHERE {grouped}) AS met
         GROUP BY GROUPING SETS ({sets})",
        grouped = grouped(scope),
    )
}

fn read_places(answer: &mut ErrorGroupAnswer, places: &QueryResult) {
    let mut values: TopValues<i64> = TopValues::default();
    for row in places.rows() {
        let (count, current) = (places.count("count", row), places.count("current_count", row));
        match places.integer("place", row) {
            Some(-1) => {
                let number = places.integer("bucket", row).unwrap_or_default();
                if number >= 0 {
                    add_to_bucket(&mut answer.series, Some(number), count);
                } else {
                    add_to_bucket(&mut answer.previous_series, Some(-1 - number), count);
                }
            }
            Some(-2) => {
                add_to_bucket(&mut answer.by_release, places.integer("release", row), current);
            }
            Some(number) if current > 0 => {
                values.add(number, places.text("value", row), current);
            }
            _ => {}
        }
    }
    let of = |(number, (dimension, _)): (usize, &(ErrorDimension, &str))| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        (*dimension, values.take(&number, MAX_VALUES))
    };
    answer.by = COLUMNS.iter().enumerate().map(of).collect();
}

/// When a group was met, bots included; none when the project has never had it.
pub(super) async fn error_seen(
    question: &Question,
    project: ProjectId,
    group: &str,
) -> Result<Option<ErrorSeen>, Error> {
    let sql = format!(
        "SELECT count(*) AS count, {SEEN} FROM events
         WHERE project_id = $project AND category = 'friction' AND {IS_ERROR} AND error_group = $error_group"
    );
    let values =
        Params::from([("project", project.to_string().into()), ("error_group", group.into())]);
    let answer = question.ask(&sql, values).await?;
    Ok((answer.count("count", 0) > 0).then(|| read_seen(&answer, 0)))
}
