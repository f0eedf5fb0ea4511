//! The lists that are exported: every operation that answers a `next_cursor`. A test finds missing ones.

/// Whether a row may move in its list's order while pages of it are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// A row stays where it is: the cursor alone gives each row once.
    Fixed,
    /// A changed row moves: each is written once, by its key, and the list is read a second time for rows
    /// that moved before the cursor.
    Changing,
}

/// A list as an export needs to know it.
#[derive(Debug)]
pub(super) struct ListSpec {
    pub(super) operation_id: &'static str,
    /// The member of the answer that holds the rows.
    pub(super) rows: &'static str,
    /// The members that identify a row.
    pub(super) key: &'static [&'static str],
    pub(super) order: Order,
    /// Names the rows in file names.
    pub(super) file: &'static str,
    /// A parameter that is 0 for every page, and the member of a row of the same name that is left out.
    pub(super) without: Option<&'static str>,
    /// A parameter that makes the answer say how many rows there are, where it does not do so anyway.
    pub(super) total_by: Option<&'static str>,
    /// Whether the members of its rows depend on the parameters (a row of a day has no session): columns that
    /// no row of the first page has are left out.
    pub(super) has_variants: bool,
}

use Order::{Changing, Fixed};

const fn list(
    operation_id: &'static str,
    rows: &'static str,
    key: &'static [&'static str],
    order: Order,
    file: &'static str,
) -> ListSpec {
    ListSpec {
        operation_id,
        rows,
        key,
        order,
        file,
        without: None,
        total_by: None,
        has_variants: false,
    }
}

/// Customers come without their sessions, which are a list of their own.
const fn customers(operation_id: &'static str) -> ListSpec {
    let spec = list(operation_id, "customers", &["id"], Changing, "customers");
    ListSpec { without: Some("sessions"), ..spec }
}

/// Usage by session, day or month.
const fn usage(operation_id: &'static str) -> ListSpec {
    let spec = list(operation_id, "rows", USAGE, Changing, "usage");
    ListSpec { has_variants: true, ..spec }
}

/// The key of a row of usage: a session of a widget, a day or a month.
const USAGE: &[&str] = &["widget_id", "session_id", "day", "month"];
/// A visit has one row for every customer and start.
const SESSION: &[&str] = &["session_id", "started_at"];
const ADJUSTMENT: &[&str] = &["widget_id", "session_id", "started_at", "noted_at", "event_id"];
const FRICTION_ITEM: &[&str] = &["element_selector", "error_group"];

/// All of them.
pub(super) const LISTS: [ListSpec; 29] = [
    list("acquisition", "rows", &["value"], Changing, "acquisition"),
    list("audit", "entries", &["request_id"], Fixed, "audit-log"),
    list("billing_adjustments", "adjustments", ADJUSTMENT, Fixed, "adjustments"),
    list("contact_timeline", "activities", &["id"], Fixed, "timeline"),
    list("contacts", "contacts", &["id"], Changing, "contacts"),
    customers("customer_metrics"),
    list("customer_sessions", "sessions", SESSION, Changing, "sessions"),
    list("erasures", "erasures", &["id"], Fixed, "erasures"),
    list("error_people", "people", &["visitor_id"], Changing, "error-people"),
    list("error_sessions", "sessions", &["session_id"], Changing, "error-sessions"),
    list("errors", "errors", &["error_group"], Changing, "errors"),
    ListSpec { total_by: Some("with_total"), ..list("events", "events", &["id"], Fixed, "events") },
    list("failed_events", "failed_events", &["id"], Fixed, "failed-events"),
    list("friction_items", "items", FRICTION_ITEM, Changing, "friction"),
    list("friction_pages", "pages", &["path"], Changing, "friction-pages"),
    list("lead_scores", "lead_scores", &["user_id"], Changing, "lead-scores"),
    list("mentions", "mentions", &["id"], Fixed, "mentions"),
    list("pages", "pages", &["path"], Changing, "pages"),
    list("person_timeline", "moments", &["kind", "id"], Fixed, "person"),
    customers("project_customer_metrics"),
    usage("project_usage"),
    list("recordings", "recordings", &["id"], Changing, "recordings"),
    list("session_events", "events", &["id"], Fixed, "session-events"),
    list("sessions", "sessions", &["session_id"], Changing, "sessions"),
    list("source_maps", "source_maps", &["id"], Changing, "source-maps"),
    list("tasks", "tasks", &["id"], Changing, "tasks"),
    usage("usage"),
    list("web_vitals", "pages", &["path"], Changing, "web-vitals"),
    list("webhook_deliveries", "deliveries", &["id"], Changing, "webhook-deliveries"),
];
