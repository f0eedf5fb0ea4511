//! The CRM: contacts, what is known of them, and what is to be done.

use super::Kind::{Json, Money, Number, Text, Time};
use super::{Column, Table};
use crate::crm::LEAD_SCORE;

/// `crm_activities` whole. SQL shows all but the last, which is the fact behind the entry.
pub(super) const ACTIVITY: &[Column] = &[
    Column("id", "id", Text),
    Column("contact_id", "contact_id", Text),
    Column("name", "name", Text),
    Column("item", "item", Text),
    Column("amount", "amount_minor", Money("currency")),
    Column("currency", "currency", Text),
    Column("occurred_at", "occurred_at", Time),
    Column("fact", "fact", Json),
];

/// `crm_contacts`, `crm_activities` and `crm_tasks`.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "crm_contacts",
        from: "crm_contacts",
        time: Some("last_activity"),
        columns: &[
            Column("id", "id", Text),
            Column("user_id", "user_id", Text),
            Column("email", "email", Text),
            Column("first_name", "first_name", Text),
            Column("last_name", "last_name", Text),
            Column("phone", "phone", Text),
            Column("lead_source", "lead_source", Text),
            Column("lead_status", "lead_status", Text),
            Column("last_activity", "last_activity", Time),
            Column("last_action", "last_action", Text),
            Column("last_vehicle_viewed", "last_vehicle_viewed", Text),
            Column("last_search_location", "last_search_location", Text),
            // Without a currency there is no value.
            Column(
                "estimated_deal_value",
                "CASE WHEN deal_value_currency IS NULL THEN NULL ELSE deal_value_minor END",
                Money("deal_value_currency"),
            ),
            Column("deal_value_currency", "deal_value_currency", Text),
            Column("total_bookings", "total_bookings", Number),
            Column("total_revenue", "total_revenue_minor", Money("total_revenue_currency")),
            Column("total_revenue_currency", "total_revenue_currency", Text),
            Column("website_visits", "website_visits", Number),
            Column("lead_score", LEAD_SCORE, Number),
            Column("created_at", "created_at", Time),
        ],
    },
    Table {
        name: "crm_activities",
        from: "(SELECT * FROM crm_activities WHERE is_shown = 1) AS shown",
        time: Some("occurred_at"),
        columns: ACTIVITY.split_at(ACTIVITY.len() - 1).0,
    },
    Table {
        name: "crm_tasks",
        from: "crm_tasks",
        time: Some("created_at"),
        columns: &[
            Column("id", "id", Text),
            Column("contact_id", "contact_id", Text),
            Column("kind", "kind", Text),
            Column("title", "title", Text),
            Column("priority", "priority", Text),
            Column("status", "status", Text),
            Column("assigned_to", "assigned_to", Text),
            Column("created_at", "created_at", Time),
            Column("due_at", "due_at", Time),
            Column("done_at", "done_at", Time),
            Column("done_by", "done_by", Text),
        ],
    },
];
