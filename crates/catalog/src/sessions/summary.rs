//! A customer's figures: read once a transaction, changed in memory, written once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::id::{EventId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::deeds;
use crate::columns::Columns;
use crate::error::{malformed, sql};

/// Namespace of the rows' ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0052);

/// The customers one transaction concerns.
#[derive(Debug, Default)]
pub(super) struct Summaries(BTreeMap<(ProjectId, String), Summary>);

/// A text, and the event that told it: the latest counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    text: Option<String>,
    by: Option<(Timestamp, EventId)>,
}

/// A customer's figures, and what they are told from.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    pub(super) total_sessions: i64,
    pub(super) total_orders: i64,
    pub(super) total_bookings: i64,
    pub(super) total_reviews: i64,
    /// The latest sign-in an event told of.
    pub(super) login_event_at: Option<Timestamp>,
    pub(super) registered_at: Option<Timestamp>,
    pub(super) email: Told,
    pub(super) name: Told,
    /// First and latest event.
    span: Option<(Timestamp, Timestamp)>,
    /// Whether its sessions have changed in more than their last activity and end.
    pub(super) is_recounted: bool,
    pub(super) derived: Derived,
}

/// Figures that are read off other tables when those have changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    pub(super) last_session_at: Option<Timestamp>,
    pub(super) last_order_at: Option<Timestamp>,
    pub(super) last_order_amount: Option<i64>,
    pub(super) last_order_currency: Option<String>,
    pub(super) last_booking_at: Option<Timestamp>,
    pub(super) last_booking_service: Option<String>,
    pub(super) primary_device_type: Option<String>,
    pub(super) primary_browser: Option<String>,
    pub(super) primary_os: Option<String>,
}

impl Told {
    /// Takes the word of a later event.
    pub(super) fn tell(&mut self, text: Option<&String>, at: Timestamp, event: EventId) {
        if text.is_some() && Some((at, event)) > self.by {
            self.text = text.cloned();
            self.by = Some((at, event));
        }
    }
}

impl Summary {
    /// Notes the time of an event.
    pub(super) fn seen(&mut self, at: Timestamp) {
        let (first, latest) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), latest.max(at)));
    }

    /// The latest sign-in or start of a session.
    fn last_login_at(&self) -> Option<Timestamp> {
        self.login_event_at.max(self.derived.last_session_at)
    }

    /// What a search looks in.
    fn search_text(&self, user_id: &str) -> String {
        let texts = [Some(user_id), self.email.text.as_deref(), self.name.text.as_deref()];
        texts.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase()
    }
}

impl Summaries {
    /// A customer's figures, to be changed.
    pub(super) async fn of(
        &mut self,
        connection: &mut AnyConnection,
        project: ProjectId,
        user_id: &str,
    ) -> Result<&mut Summary, Error> {
        match self.0.entry((project, user_id.to_owned())) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(load(connection, project, user_id).await?)),
        }
    }

    /// Writes every customer's figures.
    pub(super) async fn store(self, connection: &mut AnyConnection) -> Result<(), Error> {
        for ((project, user_id), mut summary) in self.0 {
            if summary.is_recounted {
                deeds::recount(connection, project, &user_id, &mut summary.derived).await?;
            }
            put_user(connection, project, &user_id, &summary).await?;
            put_summary(connection, project, &user_id, &summary).await?;
        }
        Ok(())
    }
}

async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    user_id: &str,
) -> Result<Summary, Error> {
    let row = sqlx::query(
        "SELECT s.total_sessions, s.total_orders, s.total_bookings, s.total_reviews,
                s.login_event_at, s.registered_at, s.last_login_at, s.last_order_at,
                s.last_order_amount, s.last_order_currency, s.last_booking_at,
                s.last_booking_service, s.primary_device_type, s.primary_browser, s.primary_os,
                s.created_at, s.updated_at, u.email, u.email_at, u.email_event, u.name, u.name_at,
                u.name_event
         FROM user_activity_summary s
         JOIN users u ON u.project_id = s.project_id AND u.id = s.user_id
         WHERE s.project_id = $1 AND s.user_key = $2",
    )
    .bind(project.to_string())
    .bind(user_id.as_bytes().to_vec())
    .fetch_optional(connection)
    .await
    .map_err(sql)?;
    row.as_ref().map_or_else(|| Ok(Summary::default()), summary)
}

fn summary(row: &AnyRow) -> Result<Summary, Error> {
    Ok(Summary {
        total_sessions: row.number("total_sessions")?,
        total_orders: row.number("total_orders")?,
        total_bookings: row.number("total_bookings")?,
        total_reviews: row.number("total_reviews")?,
        login_event_at: row.maybe_time("login_event_at")?,
        registered_at: row.maybe_time("registered_at")?,
        email: told(row, "email", "email_at", "email_event")?,
        name: told(row, "name", "name_at", "name_event")?,
        span: Some((row.time("created_at")?, row.time("updated_at")?)),
        is_recounted: false,
        derived: Derived {
            // No earlier than any sign-in told of, which `last_login_at` also considers.
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

fn told(
    row: &AnyRow,
    text: &'static str,
    at: &'static str,
    event: &'static str,
) -> Result<Told, Error> {
    let Some(told_at) = row.maybe_time(at)? else { return Ok(Told::default()) };
    let by = row.text(event)?.parse().map_err(|_| malformed(event))?;
    Ok(Told { text: row.maybe_text(text)?, by: Some((told_at, by)) })
}

async fn put_user(
    connection: &mut AnyConnection,
    project: ProjectId,
    user_id: &str,
    summary: &Summary,
) -> Result<(), Error> {
    let Told { text: email, by: email_by } = summary.email.clone();
    let Told { text: name, by: name_by } = summary.name.clone();
    sqlx::query(
        "INSERT INTO users (project_id, id, email, email_at, email_event, name, name_at, name_event,
                            registered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (project_id, id)
         DO UPDATE SET email = excluded.email, email_at = excluded.email_at,
           email_event = excluded.email_event, name = excluded.name, name_at = excluded.name_at,
           name_event = excluded.name_event, registered_at = excluded.registered_at",
    )
    .bind(project.to_string())
    .bind(user_id.to_owned())
    .bind(email)
    .bind(email_by.map(|(at, _)| at.micros()))
    .bind(email_by.map(|(_, event)| event.to_string()))
    .bind(name)
    .bind(name_by.map(|(at, _)| at.micros()))
    .bind(name_by.map(|(_, event)| event.to_string()))
    .bind(summary.registered_at.map(Timestamp::micros))
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

async fn put_summary(
    connection: &mut AnyConnection,
    project: ProjectId,
    user_id: &str,
    summary: &Summary,
) -> Result<(), Error> {
    let id = Uuid::new_v5(&NAMESPACE, format!("{project}\n{user_id}").as_bytes());
    let (created_at, updated_at) = summary.span.unwrap_or_default();
    let derived = summary.derived.clone();
    sqlx::query(
        "INSERT INTO user_activity_summary
           (id, project_id, user_key, user_id, total_sessions, total_orders, total_bookings,
            total_reviews, login_event_at, last_login_at, last_order_at, last_order_amount,
            last_order_currency, last_booking_at, last_booking_service, primary_device_type,
            primary_browser, primary_os, registered_at, search_text, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21, $22)
         ON CONFLICT (project_id, user_key)
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
    )
    .bind(id.to_string())
    .bind(project.to_string())
    .bind(user_id.as_bytes().to_vec())
    .bind(user_id.to_owned())
    .bind(summary.total_sessions)
    .bind(summary.total_orders)
    .bind(summary.total_bookings)
    .bind(summary.total_reviews)
    .bind(summary.login_event_at.map(Timestamp::micros))
    .bind(summary.last_login_at().map(Timestamp::micros))
    .bind(derived.last_order_at.map(Timestamp::micros))
    .bind(derived.last_order_amount)
    .bind(derived.last_order_currency)
    .bind(derived.last_booking_at.map(Timestamp::micros))
    .bind(derived.last_booking_service)
    .bind(derived.primary_device_type)
    .bind(derived.primary_browser)
    .bind(derived.primary_os)
    .bind(summary.registered_at.map(Timestamp::micros))
    .bind(summary.search_text(user_id))
    .bind(created_at.micros())
    .bind(updated_at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}
