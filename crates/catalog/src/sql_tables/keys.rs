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
        from: "api_keys",
        time: None,
        columns: &[
            Column("api_key_id", "id", Uuid),
            Column("key_name", "key_name", Text),
            Column("rate_limit_per_minute", "rate_limit_per_minute", Number),
            Column("last_used_at", "last_used_at", Time),
        ],
    },
];
