//! How rows become a Parquet file.

use std::io::Write;
use std::sync::LazyLock;

use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_writer::ArrowWriterOptions;
use datafusion::parquet::basic::{Compression, Encoding, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder,
};

use crate::schema;

/// Rows a reader decodes together at most, and what a merge holds of each of its files.
const ROWS_PER_GROUP: usize = 128 * 1_024;
/// Rows a reader can pass over by their statistics.
const ROWS_PER_PAGE: usize = 8 * 1_024;
/// Columns with many values that come back within a group: worth a larger dictionary.
const MANY_VALUES: [&str; 3] = ["visitor_id", "session_id", "url"];
/// Bytes of such a dictionary.
const LARGE_DICTIONARY: usize = 4 << 20;
/// Columns that compression shrinks by only 0.4 % of a file in total: already bit-encoded, or
/// runs of few values. Questions read most of them, and each decoder takes its time to set up.
const INCOMPRESSIBLE: [&str; 9] =
    ["project_id", "category", "name", "occurred_at", "x", "y", "severity", "device_type", "bot"];

/// Columns that are searched for single values.
const BLOOM_FILTERS: [&str; 3] = ["session_id", "visitor_id", "user_id"];
/// Groups of rows that are read in vain, as a share of those a bloom filter is asked about. The writer makes
/// each filter as small as that allows.
const FALSE_POSITIVES: f64 = 0.01;

/// For a day that still grows: what is written is merged again soon. Zstandard would make it smaller,
/// for a megabyte of working memory a column.
pub(crate) static FAST: LazyLock<WriterProperties> =
    LazyLock::new(|| properties(Compression::SNAPPY).build());
/// For a day that is over: written once, read for years. Bloom filters tell which groups of rows may hold
/// a person's or a session's events.
pub(crate) static COMPACT: LazyLock<WriterProperties> = LazyLock::new(|| {
    let level = ZstdLevel::try_new(9).unwrap_or_default();
    let mut builder = properties(Compression::ZSTD(level));
    for name in BLOOM_FILTERS {
        builder = builder.set_column_bloom_filter_fpp(name.into(), FALSE_POSITIVES);
    }
    builder.build()
});

/// A writer of rows of [`schema::file_schema`].
pub(crate) fn writer<W: Write + Send>(
    sink: W,
    properties: &WriterProperties,
) -> Result<ArrowWriter<W>, ParquetError> {
    let options = ArrowWriterOptions::new()
        .with_properties(properties.clone())
        // Readers must take the types from Parquet, not from how we happen to hold them in memory.
        .with_skip_arrow_metadata(true);
    ArrowWriter::try_new_with_options(sink, schema::file_schema(), options)
}

fn properties(compression: Compression) -> WriterPropertiesBuilder {
    let mut builder = WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(Some(ROWS_PER_GROUP))
        .set_data_page_row_count_limit(ROWS_PER_PAGE)
        // They would take a hundred bytes a column and file, and rule nothing out.
        .set_statistics_enabled(EnabledStatistics::None)
        .set_created_by("footfall".to_owned());
    for name in MANY_VALUES {
        builder = builder.set_column_dictionary_page_size_limit(name.into(), LARGE_DICTIONARY);
    }
    for name in INCOMPRESSIBLE {
        builder = builder.set_column_compression(name.into(), Compression::UNCOMPRESSED);
    }
    for name in schema::PAGE_STATISTICS {
        builder = builder.set_column_statistics_enabled(name.into(), EnabledStatistics::Page);
    }
    for name in schema::names() {
        if let Some(encoding) = encoding(name) {
            builder = builder
                .set_column_dictionary_enabled(name.into(), false)
                .set_column_encoding(name.into(), encoding);
        }
    }
    builder
}

/// How a column is stored, if not by a dictionary.
fn encoding(column: &str) -> Option<Encoding> {
    match column {
        // Hardly ever the same twice, but its neighbours begin alike: they are made from the time.
        "id" => Some(Encoding::DELTA_BYTE_ARRAY),
        // In order, or within a small range.
        "occurred_at" | "x" | "y" => Some(Encoding::DELTA_BINARY_PACKED),
        // Hardly ever the same twice, or again after other values: compression alone does best.
        "client_at"
        | "sent_at"
        | "received_at"
        | "element_x"
        | "element_y"
        | "cumulative_layout_shift"
        | "load_time"
        | "first_contentful_paint"
        | "time_to_interactive"
        | "largest_contentful_paint"
        | "interaction_to_next_paint"
        | "time_to_first_byte"
        | "properties" => Some(Encoding::PLAIN),
        _ => None,
    }
}
