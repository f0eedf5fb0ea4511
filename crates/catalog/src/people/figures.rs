//! A person's figures: how often they came and called, what they bought, on what and where.

use std::collections::BTreeMap;

use domain::id::ProjectId;
use domain::money::{Currency, Money};
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, PersonFigures, PersonKeys, PurchaseRow, PurchaseTotal, SessionShare,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::moments::CALLS_OF_USER;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

/// The latest purchases that are listed.
const MAX_PURCHASES: usize = 50;
/// Devices and places that are listed.
const MAX_SHARES: usize = 10;

const ORDERS: &str =
    "SELECT id, 0 AS is_booking, NULL AS service, total_amount, currency, status, created_at
    FROM orders WHERE project_id = $1 AND user_id = $2 ORDER BY created_at DESC, id LIMIT $3";
const BOOKINGS: &str = "SELECT id, 1 AS is_booking, service, total_amount, currency, status, created_at
    FROM service_bookings WHERE project_id = $1 AND user_id = $2 ORDER BY created_at DESC, id LIMIT $3";

/// See [`PersonStore::figures`](engine::ports::catalog::PersonStore::figures).
pub(super) async fn figures(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: &PersonKeys,
) -> Result<PersonFigures, Error> {
    let mut figures = PersonFigures::default();
    let (mut devices, mut places) = (Shares::default(), Shares::default());
    for user in &keys.user_ids {
        let count = async |connection: &mut AnyConnection, from: &str| {
            let statement = format!("SELECT COUNT(*) AS found FROM {from}");
            let rows = rows_of(connection, project, user, &statement, None).await?;
            rows.first().map_or(Ok(0), |row| row.number::<u64>("found"))
        };
        let sessions = "user_sessions WHERE project_id = $1 AND user_id = $2";
        figures.sessions += count(connection, sessions).await?;
        let recordings = "session_recordings WHERE project_id = $1 AND user_id = $2";
        figures.recordings += count(connection, recordings).await?;
        let calls = format!("calls WHERE project_id = $1 AND {CALLS_OF_USER}");
        figures.calls += count(connection, &calls).await?;
        figures.orders.add(&total(connection, project, user, "orders").await?);
        figures.bookings.add(&total(connection, project, user, "service_bookings").await?);
        for statement in [ORDERS, BOOKINGS] {
            let rows = rows_of(connection, project, user, statement, Some(MAX_PURCHASES)).await?;
            for row in &rows {
                figures.purchases.push(purchase(row)?);
            }
        }
        devices.read(connection, project, user, &["device_type", "browser", "os"]).await?;
        places.read(connection, project, user, &["country", "city"]).await?;
    }
    figures.purchases.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    figures.purchases.truncate(MAX_PURCHASES);
    figures.devices = devices.most();
    figures.places = places.most();
    Ok(figures)
}

async fn rows_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    user: &str,
    statement: &str,
    limit: Option<usize>,
) -> Result<Vec<AnyRow>, Error> {
    let mut query = sqlx::query(AssertSqlSafe(statement.to_owned()))
        .bind(project.to_string())
        .bind(user.to_owned());
    if let Some(limit) = limit {
        query = query.bind(i64::try_from(limit).map_err(|_| malformed("limit"))?);
    }
    query.fetch_all(connection).await.map_err(sql)
}

/// How many purchases of a table there are, and their sums. The sum is cast: its own type differs between databases.
async fn total(
    connection: &mut AnyConnection,
    project: ProjectId,
    user: &str,
    table: &str,
) -> Result<PurchaseTotal, Error> {
    let statement = format!(
        "SELECT currency, COUNT(*) AS found, CAST(COALESCE(SUM(total_amount), 0) AS BIGINT) AS minor
         FROM {table} WHERE project_id = $1 AND user_id = $2 GROUP BY currency"
    );
    let mut total = PurchaseTotal::default();
    for row in rows_of(connection, project, user, &statement, None).await? {
        total.count += row.number::<u64>("found")?;
        if let Some(code) = row.maybe_text("currency")? {
            let currency = Currency::parse(&code).map_err(|_| malformed("currency"))?;
            *total.amounts.entry(currency).or_default() += row.number::<i64>("minor")?;
        }
    }
    Ok(total)
}

fn purchase(row: &AnyRow) -> Result<PurchaseRow, Error> {
    let amount = row.maybe_number("total_amount")?.zip(row.maybe_text("currency")?);
    let amount = amount.map(|(minor, code)| {
        let currency = Currency::parse(&code).map_err(|_| malformed("currency"))?;
        Ok::<_, Error>(Money { minor, currency })
    });
    Ok(PurchaseRow {
        id: row.text("id")?,
        is_booking: row.flag("is_booking")?,
        service: row.maybe_text("service")?,
        amount: amount.transpose()?,
        status: row.text("status")?,
        at: row.time("created_at")?,
    })
}

/// Sessions by what they have in common.
#[derive(Default)]
struct Shares(BTreeMap<Vec<Option<String>>, (u64, Timestamp)>);

impl Shares {
    async fn read(
        &mut self,
        connection: &mut AnyConnection,
        project: ProjectId,
        user: &str,
        columns: &[&'static str],
    ) -> Result<(), Error> {
        let names = columns.join(", ");
        let statement = format!(
            "SELECT {names}, COUNT(*) AS found, MAX(last_activity_at) AS last_at FROM user_sessions
             WHERE project_id = $1 AND user_id = $2 GROUP BY {names}"
        );
        for row in rows_of(connection, project, user, &statement, None).await? {
            let parts: Result<Vec<_>, Error> =
                columns.iter().map(|column| row.maybe_text(column)).collect();
            let (found, last_at) = (row.number::<u64>("found")?, row.time("last_at")?);
            let share = self.0.entry(parts?).or_insert((0, last_at));
            *share = (share.0 + found, share.1.max(last_at));
        }
        Ok(())
    }

    /// The values of most sessions; there is no share where nothing is known.
    fn most(self) -> Vec<SessionShare> {
        let known = self.0.into_iter().filter(|(parts, _)| parts.iter().any(Option::is_some));
        let mut shares: Vec<_> = known
            .map(|(parts, (sessions, last_at))| SessionShare { parts, sessions, last_at })
            .collect();
        shares.sort_by_key(|share| std::cmp::Reverse((share.sessions, share.last_at)));
        shares.truncate(MAX_SHARES);
        shares
    }
}
