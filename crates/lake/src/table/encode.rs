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
use datafusion::parquet::schema::types::ColumnPath;

use crate::schema;

/// Rows a reader decodes together at most, and what a merge holds of each of its files.
const ROWS_PER_GROUP: usize = 128 * 1_024;
/// Rows a reader can pass over by their statistics.
const ROWS_PER_PAGE: usize = 8 * 1_024;
/// Columns with many values that come back within a group: worth a larger dictionary.
const MANY_VALUES: [&str; 5] = ["visitor_id", "session_id", "visitor_hash", "session_hash", "url"];
/// Bytes of such a dictionary.
const LARGE_DICTIONARY: usize = 4 << 20;

/// For a flush: written every second, read for minutes.
pub(crate) static FLUSHED: LazyLock<WriterProperties> = LazyLock::new(|| properties(1));
/// For a merge: written once, read for years.
pub(crate) static COMPACTED: LazyLock<WriterProperties> = LazyLock::new(|| properties(3));

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

fn properties(level: i32) -> WriterProperties {
    let compression = ZstdLevel::try_new(level).unwrap_or_default();
    let builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(compression))
        .set_max_row_group_row_count(Some(ROWS_PER_GROUP))
        .set_data_page_row_count_limit(ROWS_PER_PAGE)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // Sorted by time, ids share their front with their neighbour.
        .set_column_dictionary_enabled("id".into(), false)
        .set_column_encoding("id".into(), Encoding::DELTA_BYTE_ARRAY)
        .set_created_by("footfall".to_owned());
    let builder = schema::instants().fold(builder, as_differences);
    let builder = schema::PAGE_STATISTICS.into_iter().fold(builder, |builder, name| {
        builder.set_column_statistics_enabled(name.into(), EnabledStatistics::Page)
    });
    MANY_VALUES
        .into_iter()
        .fold(builder, |builder, name| {
            builder.set_column_dictionary_page_size_limit(name.into(), LARGE_DICTIONARY)
        })
        .build()
}

fn as_differences(builder: WriterPropertiesBuilder, name: &str) -> WriterPropertiesBuilder {
    let column = ColumnPath::from(name);
    builder
        .set_column_dictionary_enabled(column.clone(), false)
        .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED)
}
