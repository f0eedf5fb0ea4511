//! Customers: who they are, their sessions, and what they ordered and booked.

use super::Kind::{Money, Number, Text, Time, Uuid};
use super::{Column, Table};

/// `users`, `user_sessions`, `user_activity_summary`, `orders` and `service_bookings`.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "users",
        from: "users",
        time: Some("registered_at"),
        columns: &[
            Column("id", "id", Text),
            Column("email", "email", Text),
            Column("name", "name", Text),
            Column("registered_at", "registered_at", Time),
        ],
    },
    Table {
        name: "user_sessions",
        from: "user_sessions",
        time: Some("started_at"),
        columns: &[
            Column("id", "id", Uuid),
            Column("user_id", "user_id", Text),
            Column("session_id", "session_id", Text),
            Column("started_at", "started_at", Time),
            Column("last_activity_at", "last_activity_at", Time),
            Column("ended_at", "ended_at", Time),
            Column("ended_reason", "ended_reason", Text),
            Column("device_type", "device_type", Text),
            Column("browser", "browser", Text),
            Column("browser_version", "browser_version", Text),
            Column("os", "os", Text),
            Column("os_version", "os_version", Text),
            Column("city", "city", Text),
            Column("country", "country", Text),
            Column("ip_address", "ip_address", Text),
            Column("entry_page", "entry_page", Text),
        ],
    },
    Table {
        name: "user_activity_summary",
        from: "user_activity_summary",
        time: Some("updated_at"),
        columns: &[
            Column("id", "id", Uuid),
            Column("user_id", "user_id", Text),
            Column("total_sessions", "total_sessions", Number),
            Column("total_orders", "total_orders", Number),
            Column("total_bookings", "total_bookings", Number),
            Column("total_reviews", "total_reviews", Number),
            Column("last_login_at", "last_login_at", Time),
            Column("last_order_at", "last_order_at", Time),
            Column("last_booking_at", "last_booking_at", Time),
            Column("last_order_amount", "last_order_amount", Money("last_order_currency")),
            Column("last_order_currency", "last_order_currency", Text),
            Column("last_booking_service", "last_booking_service", Text),
            Column("primary_device_type", "primary_device_type", Text),
            Column("primary_browser", "primary_browser", Text),
            Column("primary_os", "primary_os", Text),
            Column("created_at", "created_at", Time),
            Column("updated_at", "updated_at", Time),
        ],
    },
    Table {
        name: "orders",
        from: "orders",
        time: Some("created_at"),
        columns: &[
            Column("id", "id", Text),
            Column("user_id", "user_id", Text),
            Column("total_amount", "total_amount", Money("currency")),
            Column("currency", "currency", Text),
            Column("status", "status", Text),
            Column("created_at", "created_at", Time),
        ],
    },
    Table {
        name: "service_bookings",
        from: "service_bookings",
        time: Some("created_at"),
        columns: &[
            Column("id", "id", Text),
            Column("user_id", "user_id", Text),
            Column("service", "service", Text),
            Column("total_amount", "total_amount", Money("currency")),
            Column("currency", "currency", Text),
            Column("status", "status", Text),
            Column("created_at", "created_at", Time),
        ],
    },
];
