//! Customers as the dashboard lists them, and the tokens by which they read about themselves.

mod figures;
mod page;
mod sessions;
mod tokens;

use std::collections::HashMap;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::money::{Currency, Money};
use domain::time::Timestamp;
use engine::ports::catalog::{
    CustomerQuery, CustomerRow, CustomerStore, CustomerToken, Error, SessionCursor, SessionFigures,
    SessionRow,
};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

pub(crate) use sessions::{SESSION, end_reason, session};
pub(crate) use tokens::remove_person;

/// A customer's columns, of `user_activity_summary s` and `users u`.
const COLUMNS: &str = "s.user_id, u.email, u.name, s.total_sessions, s.total_orders,
    s.total_bookings, s.total_reviews, s.last_login_at, s.registered_at, s.last_order_at,
    s.last_order_amount, s.last_order_currency, s.last_booking_at, s.last_booking_service,
    s.primary_device_type, s.primary_browser, s.primary_os, s.created_at, s.updated_at";
const TABLES: &str = "user_activity_summary s
    LEFT JOIN users u ON u.project_id = s.project_id AND u.id = s.user_id";

#[async_trait]
impl CustomerStore for Catalog {
    async fn page(
        &self,
        project: ProjectId,
        query: &CustomerQuery,
    ) -> Result<Vec<CustomerRow>, Error> {
        page::read(self, project, query).await
    }

    async fn customer(
        &self,
        project: ProjectId,
        user_id: &str,
    ) -> Result<Option<CustomerRow>, Error> {
        let statement =
            format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.project_id = $1 AND s.user_key = $2");
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(user_id.as_bytes().to_vec())
            .fetch_optional(&mut *reads)
            .await
            .map_err(sql)?;
        row.as_ref().map(customer).transpose()
    }

    async fn sessions(
        &self,
        project: ProjectId,
        user_ids: &[&str],
        since: Timestamp,
        limit: u32,
    ) -> Result<HashMap<String, Vec<SessionRow>>, Error> {
        sessions::latest(self, project, user_ids, since, limit).await
    }

    async fn sessions_of(
        &self,
        project: ProjectId,
        user_id: &str,
        after: Option<SessionCursor>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, Error> {
        sessions::page(self, project, user_id, after, limit).await
    }

    async fn session_figures(
        &self,
        project: ProjectId,
        since: Option<Timestamp>,
    ) -> Result<SessionFigures, Error> {
        figures::read(self, project, since).await
    }

    async fn add_token(&self, token: CustomerToken) -> Result<(), Error> {
        tokens::add(self, token).await
    }

    async fn token(
        &self,
        token_digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<CustomerToken>, Error> {
        tokens::find(self, token_digest, now).await
    }
}

fn customer(row: &AnyRow) -> Result<CustomerRow, Error> {
    let amount = row.maybe_number("last_order_amount")?;
    let currency = row.maybe_text("last_order_currency")?;
    let last_order = amount.zip(currency).map(|(minor, code)| {
        let currency = Currency::parse(&code).map_err(|_| malformed("last_order_currency"))?;
        Ok::<_, Error>(Money { minor, currency })
    });
    Ok(CustomerRow {
        user_id: row.text("user_id")?,
        email: row.maybe_text("email")?,
        name: row.maybe_text("name")?,
        total_sessions: row.number("total_sessions")?,
        total_orders: row.number("total_orders")?,
        total_bookings: row.number("total_bookings")?,
        total_reviews: row.number("total_reviews")?,
        last_login_at: row.maybe_time("last_login_at")?,
        registered_at: row.maybe_time("registered_at")?,
        last_order_at: row.maybe_time("last_order_at")?,
        last_order: last_order.transpose()?,
        last_booking_at: row.maybe_time("last_booking_at")?,
        last_booking_service: row.maybe_text("last_booking_service")?,
        primary_device_type: row.maybe_text("primary_device_type")?,
        primary_browser: row.maybe_text("primary_browser")?,
        primary_os: row.maybe_text("primary_os")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}
