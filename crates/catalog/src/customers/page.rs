//! A page of customers by a sort key.
//!
//! One index a key and direction answers it. A page is read in up to three runs, each a range of that
//! index from its first row on: the rest of the customers whose key equals the cursor's, those beyond
//! it, and those without a key. So a page costs the same wherever it lies, however many are equal.

use domain::id::ProjectId;
use engine::ports::catalog::{CustomerQuery, CustomerRow, Error, SortBy};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{COLUMNS, TABLES, customer};
use crate::Catalog;
use crate::columns::NUL;
use crate::error::sql;

/// One range of a sort key's index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    /// Every customer that has the key.
    All,
    /// Those with the cursor's key and a larger id.
    Equal,
    /// Those whose key lies beyond the cursor's.
    Beyond,
    /// Those without the key.
    Without,
    /// Those without the key and with an id larger than the cursor's.
    WithoutAfter,
}

/// Reads a page.
pub(super) async fn read(
    catalog: &Catalog,
    project: ProjectId,
    query: &CustomerQuery,
) -> Result<Vec<CustomerRow>, Error> {
    if query.search.as_deref().is_some_and(|search| search.contains(NUL)) {
        return Ok(Vec::new());
    }
    let mut reads = catalog.reads_of(project).await?;
    let mut customers = Vec::new();
    for run in runs(query) {
        let missing = i64::from(query.limit) - i64::try_from(customers.len()).unwrap_or(i64::MAX);
        if missing <= 0 {
            break;
        }
        customers.extend(read_run(&mut reads, project, query, *run, missing).await?);
    }
    Ok(customers)
}

fn runs(query: &CustomerQuery) -> &'static [Run] {
    match (&query.after, is_nullable(query.sort_by)) {
        (None, false) => &[Run::All],
        (None, true) => &[Run::All, Run::Without],
        (Some(after), true) if after.key.is_none() => &[Run::WithoutAfter],
        (Some(_), false) => &[Run::Equal, Run::Beyond],
        (Some(_), true) => &[Run::Equal, Run::Beyond, Run::Without],
    }
}

const fn column(sort_by: SortBy) -> &'static str {
    match sort_by {
        SortBy::Sessions => "s.total_sessions",
        SortBy::Orders => "s.total_orders",
        SortBy::Bookings => "s.total_bookings",
        SortBy::LastLogin => "s.last_login_at",
        SortBy::Registered => "s.registered_at",
    }
}

const fn is_nullable(sort_by: SortBy) -> bool {
    matches!(sort_by, SortBy::LastLogin | SortBy::Registered)
}

async fn read_run(
    connection: &mut AnyConnection,
    project: ProjectId,
    query: &CustomerQuery,
    run: Run,
    limit: i64,
) -> Result<Vec<CustomerRow>, Error> {
    let column = column(query.sort_by);
    let (beyond, direction) = if query.is_descending { ("<", "DESC") } else { (">", "ASC") };
    // Every statement has the same binds; the conditions that always hold use those a run does not
    // need, since PostgreSQL wants to know each one's type.
    let range = match run {
        Run::All => format!("{column} IS NOT NULL AND $4 = $4 AND $5 = $5"),
        Run::Equal => format!("{column} = $4 AND s.user_key > $5"),
        Run::Beyond => format!("{column} {beyond} $4 AND $5 = $5"),
        Run::Without => format!("{column} IS NULL AND $4 = $4 AND $5 = $5"),
        Run::WithoutAfter => format!("{column} IS NULL AND s.user_key > $5 AND $4 = $4"),
    };
    let order = match run {
        Run::All | Run::Beyond => format!("{column} {direction}, s.user_key"),
        Run::Equal | Run::Without | Run::WithoutAfter => "s.user_key".to_owned(),
    };
    let searched =
        if query.search.is_some() { "AND s.search_text LIKE $3 ESCAPE '!'" } else { "AND $3 = $3" };
    let statement = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE s.project_id = $1 AND {range} AND s.updated_at >= $2 {searched}
         ORDER BY {order} LIMIT $6"
    );
    let after = query.after.as_ref();
    let rows = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(query.active_since.map_or(i64::MIN, domain::time::Timestamp::micros))
        .bind(query.search.as_deref().map_or_else(String::new, pattern))
        .bind(after.and_then(|after| after.key).unwrap_or_default())
        .bind(after.map_or_else(Vec::new, |after| after.user_id.as_bytes().to_vec()))
        .bind(limit)
        .fetch_all(connection)
        .await
        .map_err(sql)?;
    rows.iter().map(customer).collect()
}

/// The pattern of a text that contains `search`, as it is written.
fn pattern(search: &str) -> String {
    let mut pattern = String::with_capacity(search.len() + 2);
    pattern.push('%');
    for character in search.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
