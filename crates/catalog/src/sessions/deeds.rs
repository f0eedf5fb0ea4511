//! Orders, bookings, reviews and sign-ins, and the figures read off the rows they leave.

use domain::customer_fact::{CustomerFact, Deed, Purchase};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::summary::{Derived, Summaries};
use crate::columns::Columns;
use crate::error::sql;

/// Takes one fact in.
pub(super) async fn take(
    connection: &mut AnyConnection,
    fact: &CustomerFact,
    summaries: &mut Summaries,
) -> Result<(), Error> {
    let is_new = match &fact.deed {
        Deed::Order(purchase) => put_purchase(connection, "orders", fact, purchase).await?,
        Deed::Booking(purchase) => {
            put_purchase(connection, "service_bookings", fact, purchase).await?
        }
        Deed::Review(id) => put_review(connection, fact, id).await?,
        Deed::Login | Deed::Registration | Deed::Other => false,
    };
    let summary = summaries.of(connection, fact.project_id, &fact.user_id).await?;
    summary.seen(fact.at);
    summary.email.tell(fact.email.as_ref(), fact.at, fact.event_id);
    summary.name.tell(fact.name.as_ref(), fact.at, fact.event_id);
    match fact.deed {
        Deed::Order(_) => summary.total_orders += i64::from(is_new),
        Deed::Booking(_) => summary.total_bookings += i64::from(is_new),
        Deed::Review(_) => summary.total_reviews += i64::from(is_new),
        Deed::Login => {
            summary.login_event_at = summary.login_event_at.max(Some(fact.at));
        }
        Deed::Registration => {
            let earlier = summary.registered_at.map_or(fact.at, |known| known.min(fact.at));
            summary.registered_at = Some(earlier);
        }
        Deed::Other => {}
    }
    summary.is_recounted |= matches!(fact.deed, Deed::Order(_) | Deed::Booking(_));
    Ok(())
}

/// Keeps an order or booking; of several events about the same one the latest counts. Whether it was
/// not known before.
async fn put_purchase(
    connection: &mut AnyConnection,
    table: &'static str,
    fact: &CustomerFact,
    purchase: &Purchase,
) -> Result<bool, Error> {
    let is_known = sqlx::query(AssertSqlSafe(format!(
        "SELECT id FROM {table} WHERE project_id = $1 AND user_id = $2 AND id = $3"
    )))
    .bind(fact.project_id.to_string())
    .bind(fact.user_id.clone())
    .bind(purchase.id.clone())
    .fetch_optional(&mut *connection)
    .await
    .map_err(sql)?
    .is_some();
    let is_booking = table == "service_bookings";
    let (column, value, change) = if is_booking {
        (", service", ", $9", ", service = excluded.service")
    } else {
        ("", "", "")
    };
    let statement = format!(
        "INSERT INTO {table} (project_id, user_id, id, event_id, total_amount, currency, status,
                              created_at{column})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8{value})
         ON CONFLICT (project_id, user_id, id)
         DO UPDATE SET event_id = excluded.event_id, total_amount = excluded.total_amount,
           currency = excluded.currency, status = excluded.status,
           created_at = excluded.created_at{change}
         WHERE {table}.created_at < excluded.created_at
            OR ({table}.created_at = excluded.created_at AND {table}.event_id < excluded.event_id)"
    );
    let query = sqlx::query(AssertSqlSafe(statement))
        .bind(fact.project_id.to_string())
        .bind(fact.user_id.clone())
        .bind(purchase.id.clone())
        .bind(fact.event_id.to_string())
        .bind(purchase.amount.as_ref().map(|amount| amount.minor))
        .bind(purchase.amount.as_ref().map(|amount| amount.currency.as_str().to_owned()))
        .bind(purchase.status.clone())
        .bind(fact.at.micros());
    let query = if is_booking { query.bind(purchase.service.clone()) } else { query };
    query.execute(connection).await.map_err(sql)?;
    Ok(!is_known)
}

async fn put_review(
    connection: &mut AnyConnection,
    fact: &CustomerFact,
    id: &str,
) -> Result<bool, Error> {
    let added = sqlx::query(
        "INSERT INTO reviews (project_id, user_id, id) VALUES ($1, $2, $3)
         ON CONFLICT (project_id, user_id, id) DO NOTHING",
    )
    .bind(fact.project_id.to_string())
    .bind(fact.user_id.clone())
    .bind(id.to_owned())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(added.rows_affected() == 1)
}

/// Reads a customer's latest order, booking and session, and what most sessions used.
pub(super) async fn recount(
    connection: &mut AnyConnection,
    project: ProjectId,
    user_id: &str,
    derived: &mut Derived,
) -> Result<(), Error> {
    let order = latest(connection, "orders", "total_amount, currency", project, user_id).await?;
    if let Some(order) = order {
        derived.last_order_at = order.maybe_time("created_at")?;
        derived.last_order_amount = order.maybe_number("total_amount")?;
        derived.last_order_currency = order.maybe_text("currency")?;
    }
    let booking = latest(connection, "service_bookings", "service", project, user_id).await?;
    if let Some(booking) = booking {
        derived.last_booking_at = booking.maybe_time("created_at")?;
        derived.last_booking_service = booking.maybe_text("service")?;
    }
    let session = sqlx::query(
        "SELECT started_at FROM user_sessions WHERE project_id = $1 AND user_id = $2
         ORDER BY started_at DESC LIMIT 1",
    )
    .bind(project.to_string())
    .bind(user_id.to_owned())
    .fetch_optional(&mut *connection)
    .await
    .map_err(sql)?;
    if let Some(session) = session {
        derived.last_session_at = session.maybe_time("started_at")?;
    }
    if let Some(most) = most(connection, "device_type", project, user_id).await? {
        derived.primary_device_type = Some(most);
    }
    if let Some(most) = most(connection, "browser", project, user_id).await? {
        derived.primary_browser = Some(most);
    }
    if let Some(most) = most(connection, "os", project, user_id).await? {
        derived.primary_os = Some(most);
    }
    Ok(())
}

/// The latest row of a customer in this table; of equally late ones the one with the largest id.
async fn latest(
    connection: &mut AnyConnection,
    table: &'static str,
    columns: &'static str,
    project: ProjectId,
    user_id: &str,
) -> Result<Option<AnyRow>, Error> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT created_at, {columns} FROM {table} WHERE project_id = $1 AND user_id = $2
         ORDER BY created_at DESC, event_id DESC LIMIT 1"
    )))
    .bind(project.to_string())
    .bind(user_id.to_owned())
    .fetch_optional(connection)
    .await
    .map_err(sql)
}

/// The value that most of a customer's sessions have in this column; of equally frequent ones the
/// first by name. None when no session has one.
async fn most(
    connection: &mut AnyConnection,
    column: &'static str,
    project: ProjectId,
    user_id: &str,
) -> Result<Option<String>, Error> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT {column} AS value, COUNT(*) AS sessions FROM user_sessions
         WHERE project_id = $1 AND user_id = $2 AND {column} IS NOT NULL GROUP BY {column}"
    )))
    .bind(project.to_string())
    .bind(user_id.to_owned())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    let counted = rows
        .iter()
        .map(|row| Ok((row.number::<i64>("sessions")?, row.text("value")?)))
        .collect::<Result<Vec<_>, Error>>()?;
    let first = counted
        .into_iter()
        .min_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    Ok(first.map(|(_, value)| value))
}
