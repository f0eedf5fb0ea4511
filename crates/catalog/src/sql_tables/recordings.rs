//! Recordings and pictures. What they show is in the store of blobs.

use super::Kind::{Number, Text, Time, Uuid};
use super::{Column, Table};

/// `session_recordings` and `friction_screenshots`.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "session_recordings",
        from: "session_recordings",
        time: Some("started_at"),
        columns: &[
            Column("id", "id", Uuid),
            Column("session_id", "session_id", Text),
            Column("visitor_id", "visitor_id", Text),
            Column("user_id", "user_id", Text),
            Column("page_url", "page_url", Text),
            Column("started_at", "started_at", Time),
            Column("ended_at", "ended_at", Time),
            Column("duration_seconds", "(ended_at - started_at) / 1000000", Number),
            Column("chunks", "chunks", Number),
            Column("events", "events", Number),
            Column("bytes", "bytes", Number),
        ],
    },
    Table {
        name: "friction_screenshots",
        from: "friction_screenshots",
        time: Some("created_at"),
        columns: &[
            Column("id", "id", Uuid),
            Column("friction_event_id", "friction_event_id", Uuid),
            Column("session_id", "session_id", Text),
            Column("visitor_id", "visitor_id", Text),
            Column("user_id", "user_id", Text),
            Column("page_url", "page_url", Text),
            Column("width", "width", Number),
            Column("height", "height", Number),
            Column("bytes", "bytes", Number),
            Column("created_at", "received_at", Time),
        ],
    },
];
