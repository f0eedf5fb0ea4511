//! Call widgets. What they send is in the lake.

use super::Kind::{Flag, Json, Text, Time, Uuid};
use super::{Column, Table};

/// `widgets`.
pub(super) const TABLES: &[Table] = &[Table {
    name: "widgets",
    from: "widgets",
    time: None,
    columns: &[
        Column("id", "id", Uuid),
        Column("name", "name", Text),
        Column("kind", "kind", Text),
        Column("allowed_domains", "allowed_domains", Json),
        Column("is_active", "is_active", Flag),
        Column("is_demo", "is_demo", Flag),
        Column("created_at", "created_at", Time),
    ],
}];
