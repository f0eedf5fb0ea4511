//! Which tables can hold something about a person, and what an erasure does with each.

/// Rows about a person are removed.
pub(super) const REMOVED: [&str; 24] = [
    "crm_aliases",
    "crm_contacts",
    "crm_activities",
    "crm_checkpoints",
    "crm_tasks",
    "task_mentions",
    "person_notes",
    "lead_signals",
    "lead_scores",
    "session_threads",
    "user_sessions",
    "users",
    "user_activity_summary",
    "orders",
    "service_bookings",
    "reviews",
    "customer_tokens",
    "failed_events",
    "webhook_deliveries",
    "session_recordings",
    "recording_chunks",
    "friction_screenshots",
    "erased_identifiers",
    "erasures",
];

/// Rows stay but name nobody: calls are billed, and the audit log stays complete.
pub(super) const MADE_ANONYMOUS: [&str; 5] =
    ["call_facts", "calls", "inferred_ends", "billing_adjustments", "audit_log"];

/// Nothing that ingest takes in reaches these: they are about members, their projects, and counts.
#[cfg(test)]
pub(super) const NOT_ABOUT_CUSTOMERS: [&str; 35] = [
    "_sqlx_migrations",
    "annotations",
    "error_triage",
    "goals",
    "project_logos",
    "members",
    "projects",
    "memberships",
    "setup",
    "sign_ins",
    "api_keys",
    "api_key_hosts",
    "projection_positions",
    "outcomes",
    "lead_weights",
    "widgets",
    "project_settings",
    "sdk_settings",
    "recording_days",
    "rate_limit_counts",
    "sdk_reports",
    "visitor_salts",
    "cleanup_runs",
    "cleanup_completions",
    "tariffs",
    "billing_periods",
    "crm_projects",
    "crm_rules",
    "invitations",
    "secret_keys",
    "webhooks",
    "erasure_projects",
    "retention_floors",
    "retention_runs",
    "sqlite_sequence",
    "sqlite_stat1",
];
