//! The table `events`: one wide row per event.
//!
//! Partitioned by `day`, the UTC date of `occurred_at`, which is therefore no column of the data
//! files. Within a file rows are sorted by [`SORT`], so that one project's events of one kind lie
//! together. Only plain Delta types are used (reader version 1), so that anything that reads Delta
//! Lake reads the table.
//!
//! Ids are kept as text: sorted by time, a `UUIDv7` shares its front with its neighbour, and zstd
//! packs the hexadecimal rest into half a byte a digit, so the text is about as small as the bytes.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use deltalake::kernel::{DataType as DeltaType, PrimitiveType, StructField};

/// The partition column.
pub const DAY: &str = "day";
/// The order of rows within a file, ascending.
pub const SORT: [&str; 3] = ["project_id", "name", "occurred_at"];
/// The columns whose smallest and largest values are kept for every page of every file.
pub(crate) const PAGE_STATISTICS: [&str; 5] =
    ["project_id", "category", "name", "occurred_at", "bot"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text that every event has.
    Key,
    /// Text.
    Text,
    /// An instant that every event has, microseconds UTC.
    Instant,
    /// An instant, microseconds UTC.
    MaybeInstant,
    /// 64 bits.
    Long,
    /// 32 bits.
    Int,
    /// A number with a fraction.
    Double,
}

use Kind::{Double, Instant, Int, Key, Long, MaybeInstant, Text};

/// Every column of the data files, in order. [`crate::rows`] fills them in the same order.
const COLUMNS: [(&str, Kind); 58] = [
    ("id", Key),
    ("project_id", Key),
    ("category", Key),
    ("name", Key),
    ("occurred_at", Instant),
    // Null when it is `occurred_at`, which it is unless the client's clock was found to be wrong.
    ("client_at", MaybeInstant),
    ("sent_at", MaybeInstant),
    ("received_at", Instant),
    // The client's count within the session.
    ("seq", Long),
    ("visitor_id", Text),
    ("session_id", Text),
    ("user_id", Text),
    // Hashes of the two ids, for counting distinct ones; see `crate::hash`.
    ("visitor_hash", Long),
    ("session_hash", Long),
    ("url", Text),
    ("path", Text),
    ("title", Text),
    ("referrer", Text),
    ("utm_source", Text),
    ("utm_medium", Text),
    ("utm_campaign", Text),
    ("utm_term", Text),
    ("utm_content", Text),
    ("element_selector", Text),
    ("element_text", Text),
    // CSS pixels on the page.
    ("x", Int),
    ("y", Int),
    // 0 to 1 inside the element.
    ("element_x", Double),
    ("element_y", Double),
    ("viewport_width", Int),
    ("viewport_height", Int),
    ("document_width", Int),
    ("document_height", Int),
    ("error_message", Text),
    ("stack", Text),
    ("severity", Text),
    ("screenshot_url", Text),
    ("error_group", Text),
    // Milliseconds, except the layout shift, which has no unit.
    ("load_time", Double),
    ("first_contentful_paint", Double),
    ("time_to_interactive", Double),
    ("largest_contentful_paint", Double),
    ("interaction_to_next_paint", Double),
    ("cumulative_layout_shift", Double),
    ("time_to_first_byte", Double),
    ("value", Double),
    ("currency", Text),
    ("device_type", Text),
    ("browser", Text),
    ("browser_version", Text),
    ("os", Text),
    ("os_version", Text),
    ("country", Text),
    ("region", Text),
    ("city", Text),
    ("masked_ip", Text),
    // JSON text; null stands for `{}`.
    ("properties", Text),
    // The rule that took the sender for a bot.
    ("bot", Text),
];

static FILE_SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let fields = COLUMNS.map(|(name, kind)| Field::new(name, kind.arrow(), kind.is_nullable()));
    Arc::new(Schema::new(fields.to_vec()))
});

/// The columns of a data file.
pub(crate) fn file_schema() -> SchemaRef {
    Arc::clone(&FILE_SCHEMA)
}

/// The partition column as a field of the table.
pub(crate) fn day_field() -> Arc<Field> {
    Arc::new(Field::new(DAY, DataType::Date32, false))
}

/// The type of every instant: microseconds, UTC.
pub(crate) fn instant_type() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// The table's columns as Delta describes them, the partition column last.
pub(crate) fn delta_columns() -> Vec<StructField> {
    let mut columns: Vec<StructField> = COLUMNS
        .iter()
        .map(|(name, kind)| StructField::new(*name, kind.delta(), kind.is_nullable()))
        .collect();
    columns.push(StructField::new(DAY, DeltaType::Primitive(PrimitiveType::Date), false));
    columns
}

/// Columns of one kind of number, for choosing their encoding.
pub(crate) fn instants() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().filter(|(_, kind)| matches!(kind, Instant | MaybeInstant)).map(|(name, _)| *name)
}

impl Kind {
    fn is_nullable(self) -> bool {
        !matches!(self, Key | Instant)
    }

    fn arrow(self) -> DataType {
        match self {
            Key | Text => DataType::Utf8View,
            Instant | MaybeInstant => instant_type(),
            Long => DataType::Int64,
            Int => DataType::Int32,
            Double => DataType::Float64,
        }
    }

    fn delta(self) -> DeltaType {
        DeltaType::Primitive(match self {
            Key | Text => PrimitiveType::String,
            Instant | MaybeInstant => PrimitiveType::Timestamp,
            Long => PrimitiveType::Long,
            Int => PrimitiveType::Integer,
            Double => PrimitiveType::Double,
        })
    }
}
