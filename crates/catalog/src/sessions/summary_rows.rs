//! Customers' figures as rows of `users` and `user_activity_summary`.

use std::collections::BTreeMap;

use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::summary::{DerivedFigures, LatestText, Summary};
use crate::bulk::{self, Value};
use crate::error::malformed;
use crate::row_ext::RowExt;

/// Namespace of the rows' ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0052);

/// A customer with what is to be written of them.
pub(super) type Row<'a> = (ProjectId, &'a str, &'a Summary);

/// The figures of those of these customers that have any, by customer.
pub(super) async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    users: &[&str],
) -> Result<BTreeMap<String, Summary>, Error> {
    let keys: Vec<_> = users.iter().map(|user_id| [user_id.as_bytes().to_vec().into()]).collect();
    let rows = bulk::select(
        connection,
        "SELECT user_id, total_sessions, total_orders, total_bookings, total_reviews,
                login_event_at, registered_at, last_login_at, last_order_at, last_order_amount,
                last_order_currency, last_booking_at, last_booking_service, primary_device_type,
                primary_browser, primary_os, created_at, updated_at
         FROM user_activity_summary WHERE project_id = $1 AND user_key IN (KEYS)",
        project,
        &keys,
    )
    .await?;
    let summaries = rows.iter().map(|row| Ok((row.text("user_id")?, summary(row)?)));
    let mut summaries = summaries.collect::<Result<BTreeMap<_, _>, Error>>()?;
    // Two statements and no join: each asks for rows by their key, whatever the database knows of them.
    let keys: Vec<_> = users.iter().map(|user_id| [(*user_id).into()]).collect();
    let rows = bulk::select(
        connection,
        "SELECT id, email, email_at, email_event, name, name_at, name_event
         FROM users WHERE project_id = $1 AND id IN (KEYS)",
        project,
        &keys,
    )
    .await?;
    for row in &rows {
        let Some(summary) = summaries.get_mut(&row.text("id")?) else { continue };
        summary.email = latest_text(row, "email", "email_at", "email_event")?;
        summary.name = latest_text(row, "name", "name_at", "name_event")?;
    }
    Ok(summaries)
}

fn summary(row: &AnyRow) -> Result<Summary, Error> {
    Ok(Summary {
        total_sessions: row.number("total_sessions")?,
        total_orders: row.number("total_orders")?,
        total_bookings: row.number("total_bookings")?,
        total_reviews: row.number("total_reviews")?,
        login_event_at: row.maybe_time("login_event_at")?,
        registered_at: row.maybe_time("registered_at")?,
        email: LatestText::default(),
        name: LatestText::default(),
        event_range: Some((row.time("created_at")?, row.time("updated_at")?)),
        needs_recount: false,
        derived: DerivedFigures {
            // No earlier than any sign-in event, which `last_login_at` also considers.
            last_session_at: row.maybe_time("last_login_at")?,
            last_order_at: row.maybe_time("last_order_at")?,
            last_order_amount: row.maybe_number("last_order_amount")?,
            last_order_currency: row.maybe_text("last_order_currency")?,
            last_booking_at: row.maybe_time("last_booking_at")?,
            last_booking_service: row.maybe_text("last_booking_service")?,
            primary_device_type: row.maybe_text("primary_device_type")?,
            primary_browser: row.maybe_text("primary_browser")?,
            primary_os: row.maybe_text("primary_os")?,
        },
    })
}

fn latest_text(
    row: &AnyRow,
    text: &'static str,
    at: &'static str,
    event: &'static str,
) -> Result<LatestText, Error> {
    let Some(set_at) = row.maybe_time(at)? else { return Ok(LatestText::default()) };
    let by = row.text(event)?.parse().map_err(|_| malformed(event))?;
    Ok(LatestText { text: row.maybe_text(text)?, by: Some((set_at, by)) })
}

/// Writes who these customers are.
pub(super) async fn put_users(
    connection: &mut AnyConnection,
    rows: &[Row<'_>],
) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO users (project_id, id, email, email_at, email_event, name, name_at, name_event,
                            registered_at)",
        "ON CONFLICT (project_id, id)
         DO UPDATE SET email = excluded.email, email_at = excluded.email_at,
           email_event = excluded.email_event, name = excluded.name, name_at = excluded.name_at,
           name_event = excluded.name_event, registered_at = excluded.registered_at",
        rows.iter().map(user).collect(),
    )
    .await?;
    Ok(())
}

fn user((project, user_id, summary): &Row<'_>) -> [Value; 9] {
    let LatestText { text: email, by: email_by } = summary.email.clone();
    let LatestText { text: name, by: name_by } = summary.name.clone();
    [
        (*project).into(),
        (*user_id).into(),
        email.into(),
        email_by.map(|(at, _)| at).into(),
        email_by.map(|(_, event)| event.to_string()).into(),
        name.into(),
        name_by.map(|(at, _)| at).into(),
        name_by.map(|(_, event)| event.to_string()).into(),
        summary.registered_at.into(),
    ]
}

/// Writes the figures of these customers.
pub(super) async fn put_summaries(
    connection: &mut AnyConnection,
    rows: &[Row<'_>],
) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO user_activity_summary
           (id, project_id, user_key, user_id, total_sessions, total_orders, total_bookings,
            total_reviews, login_event_at, last_login_at, last_order_at, last_order_amount,
            last_order_currency, last_booking_at, last_booking_service, primary_device_type,
            primary_browser, primary_os, registered_at, search_text, created_at, updated_at)",
        "ON CONFLICT (project_id, user_key)
         DO UPDATE SET total_sessions = excluded.total_sessions,
           total_orders = excluded.total_orders, total_bookings = excluded.total_bookings,
           total_reviews = excluded.total_reviews, login_event_at = excluded.login_event_at,
           last_login_at = excluded.last_login_at, last_order_at = excluded.last_order_at,
           last_order_amount = excluded.last_order_amount,
           last_order_currency = excluded.last_order_currency,
           last_booking_at = excluded.last_booking_at,
           last_booking_service = excluded.last_booking_service,
           primary_device_type = excluded.primary_device_type,
           primary_browser = excluded.primary_browser, primary_os = excluded.primary_os,
           registered_at = excluded.registered_at, search_text = excluded.search_text,
           created_at = excluded.created_at, updated_at = excluded.updated_at",
        rows.iter().map(figures).collect(),
    )
    .await?;
    Ok(())
}

fn figures((project, user_id, summary): &Row<'_>) -> [Value; 22] {
    let id = Uuid::new_v5(&NAMESPACE, format!("{project}\n{user_id}").as_bytes());
    let (created_at, updated_at) = summary.event_range.unwrap_or_default();
    let derived = summary.derived.clone();
    [
        id.to_string().into(),
        (*project).into(),
        user_id.as_bytes().to_vec().into(),
        (*user_id).into(),
        summary.total_sessions.into(),
        summary.total_orders.into(),
        summary.total_bookings.into(),
        summary.total_reviews.into(),
        summary.login_event_at.into(),
        summary.last_login_at().into(),
        derived.last_order_at.into(),
        derived.last_order_amount.into(),
        derived.last_order_currency.into(),
        derived.last_booking_at.into(),
        derived.last_booking_service.into(),
        derived.primary_device_type.into(),
        derived.primary_browser.into(),
        derived.primary_os.into(),
        summary.registered_at.into(),
        summary.search_text(user_id).into(),
        created_at.into(),
        updated_at.into(),
    ]
}
