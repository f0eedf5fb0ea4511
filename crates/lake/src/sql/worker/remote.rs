//! A table whose rows the server sends, as DataFusion sees it.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Result, internal_err};
use datafusion::datasource::TableType;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{
    Boundedness, EmissionType, ReplaceChildrenOptions,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties,
};

use super::link::Link;
use crate::sql::filter::ScanFilter;
use crate::sql::wire::ScanRequest;

/// A table of the project.
pub(super) struct RemoteTable {
    name: String,
    schema: SchemaRef,
    link: Arc<Link>,
}

impl RemoteTable {
    pub(super) fn new(name: String, schema: SchemaRef, link: Arc<Link>) -> Self {
        Self { name, schema, link }
    }
}

#[async_trait]
impl TableProvider for RemoteTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::View
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        let pushdown = |filter: &&Expr| match ScanFilter::of(filter) {
            // The server may send more rows than asked for.
            Some(_) => TableProviderFilterPushDown::Inexact,
            None => TableProviderFilterPushDown::Unsupported,
        };
        Ok(filters.iter().map(pushdown).collect())
    }

    async fn scan(
        &self,
        _: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let columns = match projection {
            Some(columns) => columns.clone(),
            None => (0..self.schema.fields().len()).collect(),
        };
        let schema = Arc::new(self.schema.project(&columns)?);
        let request = ScanRequest {
            table: self.name.clone(),
            columns,
            filters: filters.iter().filter_map(ScanFilter::of).collect(),
            limit: limit.filter(|_| filters.is_empty()),
        };
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        let link = Arc::clone(&self.link);
        Ok(Arc::new(RemoteScan { request, schema, link, properties: Arc::new(properties) }))
    }
}

impl fmt::Debug for RemoteTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RemoteTable").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A leaf of a plan: rows that the server sends.
#[derive(Debug)]
struct RemoteScan {
    request: ScanRequest,
    schema: SchemaRef,
    link: Arc<Link>,
    properties: Arc<PlanProperties>,
}

impl DisplayAs for RemoteScan {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TableScan: {}", self.request.table)
    }
}

impl ExecutionPlan for RemoteScan {
    fn name(&self) -> &'static str {
        "TableScan"
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        _: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn with_new_children(
        self: Arc<Self>,
        _: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(&self, partition: usize, _: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        if partition != 0 {
            return internal_err!("a remote table has one partition");
        }
        let batches = Arc::clone(&self.link).scan(self.request.clone(), Arc::clone(&self.schema));
        Ok(Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), Box::pin(batches))))
    }
}
