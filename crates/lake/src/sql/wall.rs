//! The wall between a statement and the lake's files.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{
    Boundedness, EmissionType, ReplaceChildrenOptions, reset_plan_states,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties, Partitioning,
    PlanProperties,
};
use futures::TryStreamExt;

use super::pictures::Lookup;

/// A table's rows after everything that binds it to a project has been applied.
///
/// To the statement's plan it is a leaf. So no expression of the statement is ever evaluated on a row
/// of another project (an error would tell its values), and neither `EXPLAIN` nor `EXPLAIN ANALYZE`
/// tells of files and how many rows they hold.
#[derive(Debug)]
pub(super) struct Wall {
    table: &'static str,
    inner: Arc<dyn ExecutionPlan>,
    schema: SchemaRef,
    pictures: Option<Lookup>,
    properties: Arc<PlanProperties>,
}

impl Wall {
    pub(super) fn new(table: &'static str, inner: Arc<dyn ExecutionPlan>) -> Self {
        let schema = inner.schema();
        Self::built(table, inner, schema, None)
    }

    /// The columns of `shown`, with the pictures of the events that `inner` names.
    pub(super) fn with_pictures(
        table: &'static str,
        inner: Arc<dyn ExecutionPlan>,
        shown: SchemaRef,
        pictures: Lookup,
    ) -> Self {
        Self::built(table, inner, shown, Some(pictures))
    }

    fn built(
        table: &'static str,
        inner: Arc<dyn ExecutionPlan>,
        schema: SchemaRef,
        pictures: Option<Lookup>,
    ) -> Self {
        let partitions = inner.output_partitioning().partition_count();
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(partitions),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Self { table, inner, schema, pictures, properties: Arc::new(properties) }
    }
}

impl DisplayAs for Wall {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TableScan: {}", self.table)
    }
}

impl ExecutionPlan for Wall {
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

    fn reset_state(self: Arc<Self>) -> Result<Arc<dyn ExecutionPlan>> {
        let inner = reset_plan_states(Arc::clone(&self.inner))?;
        let (schema, pictures) = (Arc::clone(&self.schema), self.pictures.clone());
        Ok(Arc::new(Self::built(self.table, inner, schema, pictures)))
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let batches = self.inner.execute(partition, context)?;
        let Some(pictures) = self.pictures.clone() else { return Ok(batches) };
        let shown = self.schema();
        let batches = batches.and_then(move |batch| {
            let (pictures, shown) = (pictures.clone(), Arc::clone(&shown));
            async move { pictures.show(&batch, &shown).await }
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), batches)))
    }
}
