//! The table as DataFusion sees it: a snapshot's files, fewer when a filter rules some out.

use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{ArrayRef, Date32Array, StringArray, TimestampMicrosecondArray};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::pruning::PruningStatistics;
use datafusion::common::{Column, DFSchema, Result, ScalarValue};
use datafusion::config::TableParquetOptions;
use datafusion::datasource::TableType;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::CachedParquetFileReaderFactory;
use datafusion::datasource::physical_plan::{
    FileGroup, FileScanConfig, FileScanConfigBuilder, ParquetSource,
};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::physical_optimizer::pruning::PruningPredicateBuilder;
use datafusion::physical_plan::ExecutionPlan;

use crate::schema;
use crate::table::{DataFile, Snapshot};

/// Under this URL the session's object store is the table's folder.
pub(crate) const STORE: &str = "lake://events";

/// One version of the table.
#[derive(Debug)]
pub(crate) struct EventsTable {
    snapshot: Arc<Snapshot>,
    schema: TableSchema,
}

impl EventsTable {
    pub(crate) fn new(snapshot: Arc<Snapshot>) -> Self {
        Self { snapshot, schema: table_schema() }
    }

    /// The files that may hold rows for which all filters are true.
    fn files(&self, state: &dyn Session, filters: &[Expr]) -> Result<Vec<Arc<DataFile>>> {
        let files = &self.snapshot.files;
        let Some(filter) = conjunction(filters.iter().cloned()) else { return Ok(files.clone()) };
        let schema = DFSchema::try_from(Arc::clone(self.schema.table_schema()))?;
        let filter = state.create_physical_expr(filter, &schema)?;
        let predicate =
            PruningPredicateBuilder::new().with_file_schema(self.schema()).try_build(filter)?;
        let keep = predicate.prune(&FileStatistics(files))?;
        Ok(files
            .iter()
            .zip(keep)
            .filter(|(_, keep)| *keep)
            .map(|(file, _)| Arc::clone(file))
            .collect())
    }
}

#[async_trait]
impl TableProvider for EventsTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(self.schema.table_schema())
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let groups = share_out(self.files(state, filters)?, state.config().target_partitions());
        let config = scan_config(state, self.schema.clone(), groups)?
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        // Files are chosen by them; rows are filtered by a later stage.
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }
}

/// The columns of the files, and the partition's.
pub(crate) fn table_schema() -> TableSchema {
    TableSchema::builder(schema::file_schema())
        .with_table_partition_cols(vec![schema::month_field()])
        .build()
}

/// A scan of these groups of files; each group is read by one thread.
pub(crate) fn scan_config(
    state: &dyn Session,
    schema: TableSchema,
    groups: Vec<FileGroup>,
) -> Result<FileScanConfigBuilder> {
    let url = ObjectStoreUrl::parse(STORE)?;
    let runtime = state.runtime_env();
    let readers = CachedParquetFileReaderFactory::new(
        runtime.object_store(&url)?,
        runtime.cache_manager.get_file_metadata_cache(),
    );
    let options = TableParquetOptions {
        global: state.config_options().execution.parquet.clone(),
        ..TableParquetOptions::default()
    };
    let source = ParquetSource::new(schema)
        .with_table_parquet_options(options)
        .with_parquet_file_reader_factory(Arc::new(readers));
    Ok(FileScanConfigBuilder::new(url, Arc::new(source)).with_file_groups(groups))
}

/// A file as the scan wants it.
pub(crate) fn partitioned(file: &DataFile) -> PartitionedFile {
    PartitionedFile::new(file.path.clone(), file.size_bytes)
        .with_partition_values(vec![ScalarValue::Date32(Some(file.month))])
}

/// At most `count` groups of about the same size.
fn share_out(mut files: Vec<Arc<DataFile>>, count: usize) -> Vec<FileGroup> {
    files.sort_by_key(|file| std::cmp::Reverse(file.size_bytes));
    let mut groups = vec![(0, Vec::new()); count.clamp(1, files.len().max(1))];
    for file in files {
        if let Some((bytes, group)) = groups.iter_mut().min_by_key(|(bytes, _)| *bytes) {
            *bytes += file.size_bytes;
            group.push(partitioned(&file));
        }
    }
    groups.into_iter().map(|(_, files)| FileGroup::new(files)).collect()
}

/// What is known of each file without opening it.
struct FileStatistics<'a>(&'a [Arc<DataFile>]);

impl FileStatistics<'_> {
    fn bounds(&self, column: &str, is_least: bool) -> Option<ArrayRef> {
        let pick = |range: (i64, i64)| if is_least { range.0 } else { range.1 };
        let files = self.0.iter();
        match column {
            schema::MONTH => {
                Some(Arc::new(Date32Array::from_iter_values(files.map(|file| file.month))))
            }
            "occurred_at" => Some(Arc::new(
                files
                    .map(|file| Some(pick(file.occurred_micros())))
                    .collect::<TimestampMicrosecondArray>()
                    .with_timezone("UTC"),
            )),
            "project_id" => Some(Arc::new(
                files
                    .map(|file| {
                        let (least, most) = file.stats.projects()?;
                        Some(if is_least { least } else { most })
                    })
                    .collect::<StringArray>(),
            )),
            _ => None,
        }
    }
}

impl PruningStatistics for FileStatistics<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(&column.name, true)
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(&column.name, false)
    }

    fn num_containers(&self) -> usize {
        self.0.len()
    }

    fn null_counts(&self, _column: &Column) -> Option<ArrayRef> {
        None
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        None
    }

    fn contained(
        &self,
        _column: &Column,
        _values: &std::collections::HashSet<ScalarValue>,
    ) -> Option<datafusion::arrow::array::BooleanArray> {
        None
    }
}

/// The plan's leaf for `config`.
pub(crate) fn leaf(config: FileScanConfig) -> Arc<dyn ExecutionPlan> {
    DataSourceExec::from_data_source(config)
}

#[cfg(test)]
mod tests {
    use datafusion::prelude::{SessionContext, col, lit};
    use domain::time::Timestamp;

    use super::*;
    use crate::query::instant;
    use crate::table::Stats;

    fn chosen(filter: Expr) -> Vec<i32> {
        // Files of one month, of a day each.
        let file = |day: i32| {
            let at =
                |seconds| Timestamp::from_seconds(i64::from(day) * 86_400 + seconds).to_rfc3339();
            let (from, to) = (at(0), at(86_399));
            let stats = Stats::from_json(&format!(
                r#"{{"minValues":{{"project_id":"b","occurred_at":"{from}"}},
                     "maxValues":{{"project_id":"d","occurred_at":"{to}"}}}}"#
            ));
            Arc::new(DataFile { path: format!("{day}"), month: 0, size_bytes: 1, stats })
        };
        let snapshot = Snapshot { files: (1..=4).map(file).collect(), ..Snapshot::default() };
        let table = EventsTable::new(Arc::new(snapshot));
        let files = table.files(&SessionContext::new().state(), &[filter]).expect("files");
        files.iter().map(|file| file.path.parse().expect("a day")).collect()
    }

    #[test]
    fn only_files_that_may_hold_matching_rows_are_read() {
        let midnight = |day: i64| lit(instant(Timestamp::from_seconds(day * 86_400)));
        let at = || col("occurred_at");
        assert_eq!(chosen(at().gt_eq(midnight(2)).and(at().lt(midnight(4)))), [2, 3]);
        assert_eq!(chosen(col("project_id").eq(lit("a"))), [0; 0]);
        assert_eq!(chosen(col("project_id").eq(lit("c"))), [1, 2, 3, 4]);
        let month = |day| lit(ScalarValue::Date32(Some(day)));
        assert_eq!(chosen(col("month").eq(month(0))), [1, 2, 3, 4]);
        assert_eq!(chosen(col("month").eq(month(31))), [0; 0]);
        assert_eq!(chosen(col("path").eq(lit("/"))), [1, 2, 3, 4]);
    }
}
