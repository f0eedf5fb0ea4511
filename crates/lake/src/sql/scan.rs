//! The rows of one project's tables, for the worker process that a statement runs in.
//!
//! Here ends what a statement can reach. Rows are first those of the project alone; only then the
//! comparisons of the statement are applied, one batch at a time, in the order they came.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::{DFSchema, DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, SessionState};
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::execute_stream;
use datafusion::prelude::SessionContext;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{SqlPeriod, SqlTableStore};
use engine::ports::sql::{ScreenshotUrls, TableSchema};
use futures::stream::{BoxStream, StreamExt as _, TryStreamExt as _};

use super::answer;
use super::catalog_table::CatalogTable;
use super::column_type;
use super::filter::{self, ScanFilter};
use super::rows;
use super::screenshots::{ID, ScreenshotLookup, URL};
use super::wire::{ScanRequest, TableDescription};
use crate::Lake;
use crate::views::{VIEWS, View};

/// The schemas of the views, which are the same for every project.
pub(super) type Schemas = HashMap<&'static str, SchemaRef>;

/// The tables of one project, as one statement sees them: views over one snapshot of the events, and
/// those of the catalog.
pub(super) struct ProjectTables {
    project: ProjectId,
    events: SessionState,
    schemas: Arc<Schemas>,
    stored: Vec<CatalogTable>,
    pictures: ScreenshotLookup,
}

/// Rows of a scan, as they are read.
pub(super) struct Scan {
    /// The schema of every batch.
    pub(super) schema: SchemaRef,
    /// The batches.
    pub(super) batches: BoxStream<'static, Result<RecordBatch>>,
}

/// The schemas of the views.
pub(super) async fn schemas(lake: &Lake) -> Result<Schemas> {
    let events = lake.events_session()?;
    let unowned = ProjectId(uuid::Uuid::nil());
    let mut schemas = Schemas::new();
    for view in &VIEWS {
        let plan = view.plan(&events, unowned, None).await?;
        schemas.insert(view.name, Arc::new(column_type::of_view(plan.schema().as_arrow())));
    }
    Ok(schemas)
}

impl ProjectTables {
    /// The tables as they are now.
    pub(super) fn new(
        lake: &Lake,
        schemas: Arc<Schemas>,
        tables: &Arc<dyn SqlTableStore>,
        pictures: Arc<dyn ScreenshotUrls>,
        project: ProjectId,
    ) -> Result<Self> {
        let stored = tables.tables().into_iter();
        let stored = stored.filter(|table| !schemas.contains_key(table.name));
        Ok(Self {
            project,
            events: lake.events_session()?,
            stored: stored.map(|it| CatalogTable::new(Arc::clone(tables), project, it)).collect(),
            schemas,
            pictures: ScreenshotLookup::new(pictures, project),
        })
    }

    /// What there is to read, for the worker process.
    pub(super) fn descriptions(&self) -> Result<Vec<TableDescription>> {
        let description = |(name, schema): (&str, &SchemaRef)| {
            Ok(TableDescription { name: name.to_owned(), schema: rows::encode_schema(schema)? })
        };
        self.named().map(description).collect()
    }

    /// The tables, for people.
    pub(super) fn schemas(&self) -> impl Iterator<Item = TableSchema> {
        self.named().map(|(name, schema)| TableSchema {
            name: name.to_owned(),
            columns: answer::columns(schema),
        })
    }

    fn named(&self) -> impl Iterator<Item = (&str, &SchemaRef)> {
        let views = self.schemas.iter().map(|(name, schema)| (*name, schema));
        let stored = self.stored.iter().map(|table| (table.name(), table.schema()));
        views.chain(stored)
    }

    /// The rows that a statement reads of a table.
    pub(super) async fn scan(&self, request: &ScanRequest) -> Result<Scan> {
        if let Some(view) = VIEWS.iter().find(|view| view.name == request.table) {
            return self.view(view, request).await;
        }
        let Some(stored) = self.stored.iter().find(|it| it.name() == request.table) else {
            return Err(DataFusionError::Internal(format!("no table {}", request.table)));
        };
        let filters = expressions(&request.filters, stored.schema());
        // The columns wanted first, then the others that filters compare.
        let mut read = request.columns.clone();
        for column in filters.iter().flat_map(Expr::column_refs) {
            let index = stored.schema().index_of(&column.name)?;
            if !read.contains(&index) {
                read.push(index);
            }
        }
        let limit = request.limit.filter(|_| request.filters.is_empty());
        let batches = stored.scan(&read, &request.filters, limit).await?;
        let wanted: Vec<usize> = (0..request.columns.len()).collect();
        let schema = Arc::new(stored.schema().project(&read)?);
        self.finish(batches, &schema, &wanted, filters)
    }

    async fn view(&self, view: &View, request: &ScanRequest) -> Result<Scan> {
        let Some(schema) = self.schemas.get(view.name) else {
            return Err(DataFusionError::Internal(format!("no view {}", view.name)));
        };
        let is_early = |filter: &&ScanFilter| filter.column() != URL;
        let filters: Vec<ScanFilter> = request.filters.iter().filter(is_early).cloned().collect();
        let days = days(filter::period(&filters, Some(view.time)));
        let filters = expressions(&filters, schema);
        let shown = Arc::new(schema.project(&request.columns)?);
        let has_pictures = shown.index_of(URL).is_ok();
        // What is read: the columns wanted, those that filters compare, and what pictures go by.
        let mut read: BTreeSet<usize> = request.columns.iter().copied().collect();
        for column in filters.iter().flat_map(Expr::column_refs) {
            read.insert(schema.index_of(&column.name)?);
        }
        if has_pictures {
            read.insert(schema.index_of(ID)?);
        }
        let read: Vec<usize> = read.into_iter().collect();
        let plan = view.plan(&self.events, self.project, days).await?;
        let columns = plan.schema().columns();
        let chosen = read.iter().filter_map(|index| columns.get(*index).cloned());
        let limit = request.limit.filter(|_| request.filters.is_empty());
        let plan = LogicalPlanBuilder::from(plan).project(chosen.map(Expr::Column))?;
        let plan = plan.limit(0, limit)?.build()?;
        let plan = self.events.create_physical_plan(&plan).await?;
        let tasks = SessionContext::new_with_state(self.events.clone()).task_ctx();
        let batches: SendableRecordBatchStream = execute_stream(plan, tasks)?;
        let read = Arc::new(schema.project(&read)?);
        let positions =
            request.columns.iter().map(|index| read.index_of(schema.field(*index).name()));
        if !has_pictures {
            let positions = positions.collect::<Result<Vec<_>, _>>()?;
            return self.finish(batches.boxed(), &read, &positions, filters);
        }
        let all: Vec<usize> = (0..read.fields().len()).collect();
        let Scan { batches, .. } = self.finish(batches.boxed(), &read, &all, filters)?;
        let (pictures, schema) = (self.pictures.clone(), Arc::clone(&shown));
        let batches = batches.and_then(move |batch| {
            let (pictures, shown) = (pictures.clone(), Arc::clone(&shown));
            async move { pictures.replace_urls(&batch, &shown).await }
        });
        Ok(Scan { schema, batches: batches.boxed() })
    }

    /// Applies the statement's comparisons, then leaves the columns wanted.
    fn finish(
        &self,
        batches: BoxStream<'static, Result<RecordBatch>>,
        schema: &SchemaRef,
        columns: &[usize],
        filters: Vec<Expr>,
    ) -> Result<Scan> {
        let condition: Option<Arc<dyn PhysicalExpr>> = match conjunction(filters) {
            Some(filter) => {
                let fields = DFSchema::try_from(Arc::clone(schema))?;
                Some(self.events.create_physical_expr(filter, &fields)?)
            }
            None => None,
        };
        let (schema, columns) = (Arc::new(schema.project(columns)?), columns.to_vec());
        let shown = Arc::clone(&schema);
        let batches = batches.map(move |batch| {
            let batch = batch?;
            let batch = match &condition {
                Some(condition) => {
                    let kept = condition.evaluate(&batch)?.into_array(batch.num_rows())?;
                    filter_record_batch(&batch, kept.as_boolean())?
                }
                None => batch,
            };
            // With the names of the types.
            Ok(batch.project(&columns)?.with_schema(Arc::clone(&shown))?)
        });
        let batches = batches.try_filter(|batch| futures::future::ready(batch.num_rows() > 0));
        Ok(Scan { schema, batches: batches.boxed() })
    }
}

fn expressions(filters: &[ScanFilter], schema: &SchemaRef) -> Vec<Expr> {
    filters.iter().filter_map(|filter| filter.expression(schema)).collect()
}

/// The UTC days that a period touches; none when it is open at both ends.
fn days(period: SqlPeriod) -> Option<RangeInclusive<i32>> {
    if period == SqlPeriod::default() {
        return None;
    }
    let first = period.from.map_or(i32::MIN, Timestamp::day);
    let last = period.to.map_or(i32::MAX, Timestamp::day);
    Some(first..=last)
}

impl fmt::Debug for ProjectTables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ProjectTables")
            .field("project", &self.project)
            .finish_non_exhaustive()
    }
}
