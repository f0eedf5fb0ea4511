//! Ingest keys and their limits. The key's text is never shown.

use super::Kind::{Flag, Json, Number, Text, Time, Uuid};
use super::{Column, Table};

/// `api_keys` and `rate_limits`.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "api_keys",
        from: "api_keys",
        time: None,
        columns: &[
            Column("id", "id", Uuid),
            Column("key_name", "key_name", Text),
            Column("allowed_domains", "allowed_domains", Json),
            Column("rate_limit_per_minute", "rate_limit_per_minute", Number),
            Column("is_active", "is_active", Flag),
            Column("created_at", "created_at", Time),
            Column("last_used_at", "last_used_at", Time),
        ],
    },
    Table {
        name: "rate_limits",
        from: RATE_LIMITS,
        time: Some("window_start"),
        columns: &[
            Column("api_key_id", "id", Uuid),
            Column("key_name", "key_name", Text),
            Column("request_class", "request_class", Text),
            Column("window_start", "window_start", Time),
            Column("request_count", "request_count", Number),
            Column("rate_limit_per_minute", "rate_limit_per_minute", Number),
            Column("last_used_at", "last_used_at", Time),
        ],
    },
];

/// A row for each window of a key; a key without any has one row with a count of 0.
const RATE_LIMITS: &str = "(
    SELECT api_keys.project_id AS project_id, api_keys.id AS id, api_keys.key_name AS key_name,
           counts.request_class AS request_class, counts.window_start AS window_start,
           COALESCE(counts.request_count, 0) AS request_count,
           api_keys.rate_limit_per_minute AS rate_limit_per_minute,
           api_keys.last_used_at AS last_used_at
    FROM api_keys LEFT JOIN rate_limit_counts AS counts
      ON counts.project_id = api_keys.project_id AND counts.api_key_id = api_keys.id
    ) AS rate_limits";
