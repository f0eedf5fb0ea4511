//! Recomputes figures from the rows of sessions, orders and bookings.

use std::collections::BTreeMap;

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::summary::DerivedFigures;
use crate::bulk::{self, Value};
use crate::row_ext::RowExt;

/// The latest order of each customer; of equally late ones the one of the largest event.
const LATEST_ORDERS: &str = "
    SELECT user_id, created_at, total_amount, currency
    FROM (SELECT user_id, created_at, total_amount, currency,
                 ROW_NUMBER() OVER (PARTITION BY user_id
                                    ORDER BY created_at DESC, event_id DESC) AS place
          FROM orders WHERE project_id = $1 AND user_id IN (KEYS)) AS placed
    WHERE place = 1";
const LATEST_BOOKINGS: &str = "
    SELECT user_id, created_at, service
    FROM (SELECT user_id, created_at, service,
                 ROW_NUMBER() OVER (PARTITION BY user_id
                                    ORDER BY created_at DESC, event_id DESC) AS place
          FROM service_bookings WHERE project_id = $1 AND user_id IN (KEYS)) AS placed
    WHERE place = 1";
const SESSIONS: &str = "
    SELECT user_id, device_type, browser, os, COUNT(*) AS sessions, MAX(started_at) AS latest_at
    FROM user_sessions WHERE project_id = $1 AND user_id IN (KEYS)
    GROUP BY user_id, device_type, browser, os";

/// Recomputes customers' latest order, booking and session, and their most frequent device. A figure whose
/// rows are gone keeps its value.
pub(super) async fn recount(
    connection: &mut AnyConnection,
    project: ProjectId,
    customers: &mut BTreeMap<&str, &mut DerivedFigures>,
) -> Result<(), Error> {
    let keys: Vec<_> = customers.keys().map(|user_id| [Value::from(*user_id)]).collect();
    for row in bulk::select(connection, LATEST_ORDERS, project, &keys).await? {
        let Some(derived) = customers.get_mut(&*row.text("user_id")?) else { continue };
        derived.last_order_at = row.maybe_time("created_at")?;
        derived.last_order_amount = row.maybe_number("total_amount")?;
        derived.last_order_currency = row.maybe_text("currency")?;
    }
    for row in bulk::select(connection, LATEST_BOOKINGS, project, &keys).await? {
        let Some(derived) = customers.get_mut(&*row.text("user_id")?) else { continue };
        derived.last_booking_at = row.maybe_time("created_at")?;
        derived.last_booking_service = row.maybe_text("service")?;
    }
    let mut used: BTreeMap<String, UsageCounts> = BTreeMap::new();
    for row in bulk::select(connection, SESSIONS, project, &keys).await? {
        let used = used.entry(row.text("user_id")?).or_default();
        let sessions = row.number("sessions")?;
        used.latest_at = used.latest_at.max(row.maybe_time("latest_at")?);
        used.devices.add(row.maybe_text("device_type")?, sessions);
        used.browsers.add(row.maybe_text("browser")?, sessions);
        used.systems.add(row.maybe_text("os")?, sessions);
    }
    for (user_id, used) in used {
        let Some(derived) = customers.get_mut(&*user_id) else { continue };
        derived.last_session_at = used.latest_at.or(derived.last_session_at);
        for (primary, counts) in [
            (&mut derived.primary_device_type, used.devices),
            (&mut derived.primary_browser, used.browsers),
            (&mut derived.primary_os, used.systems),
        ] {
            // What nobody used lately stays what it was.
            *primary = counts.most_frequent().or(primary.take());
        }
    }
    Ok(())
}

/// How often a customer's sessions used each device, browser and system.
#[derive(Default)]
struct UsageCounts {
    latest_at: Option<Timestamp>,
    devices: SessionCounts,
    browsers: SessionCounts,
    systems: SessionCounts,
}

/// In how many sessions, by name.
#[derive(Default)]
struct SessionCounts(BTreeMap<String, i64>);

impl SessionCounts {
    fn add(&mut self, name: Option<String>, sessions: i64) {
        if let Some(name) = name {
            *self.0.entry(name).or_default() += sessions;
        }
    }

    /// The most frequent name; ties go to the first by name.
    fn most_frequent(self) -> Option<String> {
        // The last of the largest is the first by name.
        self.0.into_iter().rev().max_by_key(|(_, sessions)| *sessions).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_first_name() {
        let mut counts = SessionCounts::default();
        for (name, sessions) in [(Some("b"), 1), (Some("a"), 2), (None, 9), (Some("b"), 1)] {
            counts.add(name.map(str::to_owned), sessions);
        }
        assert_eq!(counts.most_frequent().as_deref(), Some("a"));
        assert_eq!(SessionCounts::default().most_frequent(), None);
    }
}
