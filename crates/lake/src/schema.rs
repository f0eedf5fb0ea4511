//! The table `events`: one wide row per event.
//!
//! Partitioned by `month`, the first UTC date of the month of `occurred_at`, which is therefore no column
//! of the data files. Within a file rows are sorted by [`SORT`], so that one project's events of one kind lie
//! together.
//!
//! The table is a public interface: anything that reads Delta Lake (reader version 1) finds ids as texts,
//! instants as timestamps and numbers as numbers, under the names the SQL surface uses. Parquet makes it
//! small: [`crate::table`] chooses encodings, none of which a reader has to know.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use deltalake::kernel::{DataType as DeltaType, PrimitiveType, StructField};

/// The partition column.
pub const MONTH: &str = "month";
/// The order of rows within a file, ascending.
pub const SORT: [&str; 3] = ["project_id", "name", "occurred_at"];
/// The columns whose smallest and largest values are kept for every page of every file.
pub(crate) const PAGE_STATISTICS: [&str; 5] =
    ["project_id", "category", "name", "occurred_at", "bot"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text.
    Text,
    /// An instant, microseconds UTC.
    Instant,
    /// 64 bits.
    Long,
    /// 32 bits.
    Int,
    /// A number with a fraction.
    Double,
}

use Kind::{Double, Instant, Int, Long, Text};

/// Every column of the data files, in order. [`crate::rows`] fills them in the same order.
const COLUMNS: [(&str, Kind); 56] = [
    ("id", Text),
    ("project_id", Text),
    ("category", Text),
    ("name", Text),
    ("occurred_at", Instant),
    // By the client's clock, as sent.
    ("client_at", Instant),
    ("sent_at", Instant),
    ("received_at", Instant),
    // The client's count within the session.
    ("seq", Long),
    ("visitor_id", Text),
    ("session_id", Text),
    ("user_id", Text),
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

/// The columns every event fills.
const REQUIRED: [&str; 6] = ["id", "project_id", "category", "name", "occurred_at", "received_at"];

static FILE_SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let fields = COLUMNS.map(|(name, kind)| Field::new(name, kind.arrow(), is_nullable(name)));
    Arc::new(Schema::new(fields.to_vec()))
});

/// The columns of a data file.
pub(crate) fn file_schema() -> SchemaRef {
    Arc::clone(&FILE_SCHEMA)
}

/// The partition column as a field of the table.
pub(crate) fn month_field() -> Arc<Field> {
    Arc::new(Field::new(MONTH, DataType::Date32, false))
}

/// The type of every instant: microseconds, UTC.
pub(crate) fn instant_type() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// The table's columns as Delta describes them, the partition column last.
pub(crate) fn delta_columns() -> Vec<StructField> {
    let mut columns: Vec<StructField> = COLUMNS
        .iter()
        .map(|(name, kind)| StructField::new(*name, kind.delta(), is_nullable(name)))
        .collect();
    columns.push(StructField::new(MONTH, DeltaType::Primitive(PrimitiveType::Date), false));
    columns
}

/// The names of the data files' columns, in order.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(name, _)| *name)
}

fn is_nullable(name: &str) -> bool {
    !REQUIRED.contains(&name)
}

impl Kind {
    fn arrow(self) -> DataType {
        match self {
            Text => DataType::Utf8View,
            Instant => instant_type(),
            Long => DataType::Int64,
            Int => DataType::Int32,
            Double => DataType::Float64,
        }
    }

    fn delta(self) -> DeltaType {
        DeltaType::Primitive(match self {
            Text => PrimitiveType::String,
            Instant => PrimitiveType::Timestamp,
            Long => PrimitiveType::Long,
            Int => PrimitiveType::Integer,
            Double => PrimitiveType::Double,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Tables of this schema are read by programs of others and by later versions of this one. A column may
    /// be added at the end, nullable; then the table's schema needs an upgrade, and this file another
    /// version.
    #[test]
    fn the_tables_schema_is_the_one_that_was_released() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/schema-v1.txt");
        let line = |column: &StructField| {
            let null = if column.is_nullable() { "" } else { " not null" };
            format!("{} {}{null}\n", column.name(), column.data_type())
        };
        let now: String = delta_columns().iter().map(line).collect();
        if !path.exists() && std::env::var_os("FOOTFALL_GEN").is_some() {
            std::fs::write(&path, &now).expect("written");
        }
        assert_eq!(now, std::fs::read_to_string(&path).expect("the golden schema"));
    }
}
