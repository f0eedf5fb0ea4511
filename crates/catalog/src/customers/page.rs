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
use crate::error::sql;
use crate::row_ext::NUL;

/// One range of a sort key's index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeysetRange {
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

fn runs(query: &CustomerQuery) -> &'static [KeysetRange] {
    match (&query.after, is_nullable(query.sort_by)) {
        (None, false) => &[KeysetRange::All],
        (None, true) => &[KeysetRange::All, KeysetRange::Without],
        (Some(after), true) if after.key.is_none() => &[KeysetRange::WithoutAfter],
        (Some(_), false) => &[KeysetRange::Equal, KeysetRange::Beyond],
        (Some(_), true) => &[KeysetRange::Equal, KeysetRange::Beyond, KeysetRange::Without],
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
    run: KeysetRange,
    limit: i64,
) -> Result<Vec<CustomerRow>, Error> {
    let after = query.after.as_ref();
    let rows = sqlx::query(AssertSqlSafe(statement(query, run)))
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

fn statement(query: &CustomerQuery, run: KeysetRange) -> String {
    let column = column(query.sort_by);
    let (beyond, direction) = if query.is_descending { ("<", "DESC") } else { (">", "ASC") };
    // Every statement has the same binds; the conditions that always hold use those a run does not
    // need, since PostgreSQL wants to know each one's type.
    let range = match run {
        KeysetRange::All => format!("{column} IS NOT NULL AND $4 = $4 AND $5 = $5"),
        KeysetRange::Equal => format!("{column} = $4 AND s.user_key > $5"),
        KeysetRange::Beyond => format!("{column} {beyond} $4 AND $5 = $5"),
        KeysetRange::Without => format!("{column} IS NULL AND $4 = $4 AND $5 = $5"),
        KeysetRange::WithoutAfter => format!("{column} IS NULL AND s.user_key > $5 AND $4 = $4"),
    };
    let searched =
        if query.search.is_some() { "AND s.search_text LIKE $3 ESCAPE '!'" } else { "AND $3 = $3" };
    // Sorted by the key where it is null, too: else PostgreSQL does not see that the index has the order.
    format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE s.project_id = $1 AND {range} AND s.updated_at >= $2 {searched}
         ORDER BY {column} {direction}, s.user_key LIMIT $6"
    )
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

#[cfg(test)]
mod tests {
    use sqlx::Row;
    use testkit::postgres::PostgresServer;
    use uuid::Uuid;

    use super::*;

    const ORDERS: [(SortBy, &str); 5] = [
        (SortBy::Sessions, "sessions"),
        (SortBy::Orders, "orders"),
        (SortBy::Bookings, "bookings"),
        (SortBy::LastLogin, "login"),
        (SortBy::Registered, "registration"),
    ];

    /// A statement, and how it is to find its rows.
    struct Case {
        statement: String,
        /// Any of these. Among equal keys, the order of ids is the same in either direction's.
        indexes: Vec<String>,
        /// Whether the index leads to the first row: else it is the project's first.
        is_bounded: bool,
    }

    /// Every range of every order.
    fn cases() -> Vec<Case> {
        let mut all = Vec::new();
        for (sort_by, name) in ORDERS {
            for (is_descending, suffix) in [(false, "asc"), (true, "desc")] {
                let query = CustomerQuery {
                    sort_by,
                    is_descending,
                    active_since: None,
                    search: None,
                    after: None,
                    limit: 50,
                };
                let index = |suffix| format!("summary_by_{name}_{suffix}");
                let case = |run, indexes| Case {
                    statement: statement(&query, run),
                    indexes,
                    is_bounded: run != KeysetRange::All || is_nullable(sort_by),
                };
                let ordered = [KeysetRange::All, KeysetRange::Beyond];
                all.extend(ordered.map(|run| case(run, vec![index(suffix)])));
                let keyless = [KeysetRange::Without, KeysetRange::WithoutAfter];
                let equal = std::iter::once(KeysetRange::Equal)
                    .chain(keyless.into_iter().filter(|_| is_nullable(sort_by)));
                all.extend(equal.map(|run| case(run, ["asc", "desc"].map(index).to_vec())));
            }
        }
        all
    }

    #[tokio::test]
    async fn an_index_answers_every_range_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(&folder.path().join("catalog.db")).await.unwrap();
        let mut reads = catalog.reads_of(ProjectId(Uuid::nil())).await.unwrap();
        for Case { statement, indexes, is_bounded } in cases() {
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
            let steps = sqlx::query(explain).fetch_all(&mut *reads).await.unwrap();
            let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
            let bounds = if is_bounded { "(project_id=? AND " } else { "(project_id=?)" };
            let expected = |index| format!("SEARCH s USING INDEX {index} {bounds}");
            let is_search = indexes.iter().any(|index| steps[0].starts_with(&expected(index)));
            let is_sorted = steps.iter().any(|step| step.contains("TEMP B-TREE"));
            assert!(is_search && !is_sorted, "{statement}\n{steps:?}");
        }
    }

    /// The planner is kept from what it prefers while the tables are empty; a sort would still be shown
    /// where no index has the order.
    #[tokio::test]
    async fn an_index_answers_every_range_in_order_on_postgresql() {
        let database = PostgresServer::shared().database();
        Catalog::connect(&database.url(), Uuid::nil()).await.unwrap().close().await;
        let settings =
            ["seqscan", "bitmapscan", "sort", "incremental_sort", "hashjoin", "mergejoin"]
                .map(|what| format!("SET enable_{what} = off;"))
                .concat();
        for Case { statement, indexes, .. } in cases() {
            let plan = database.run(&format!(
                "{settings} SET plan_cache_mode = force_generic_plan;
                 PREPARE page (text, bigint, text, bigint, bytea, bigint) AS {statement};
                 EXPLAIN EXECUTE page ('', 0, '', 0, '', 50)"
            ));
            let is_scan = indexes.iter().any(|index| plan.contains(&format!("using {index} on")));
            assert!(is_scan && !plan.contains("Sort Key"), "{statement}\n{plan}");
        }
    }
}
