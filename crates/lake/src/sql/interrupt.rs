//! Ending a statement that is given up, also where it would compute for hours without a pause.
//!
//! The library's operators pause when they read; a join may make or look through far more rows than it
//! reads. So every join's output is given pauses, and the condition of a join that tries all pairs
//! fails once the statement has been given up.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::ColumnarValue;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::coop::CooperativeExec;
use datafusion::physical_plan::joins::utils::JoinFilter;
use datafusion::physical_plan::joins::{NestedLoopJoinExec, NestedLoopJoinExecBuilder};

/// Whether a statement has been given up. Shared by everything that works on it.
#[derive(Debug, Clone, Default)]
pub(super) struct GivenUp(Arc<AtomicBool>);

impl GivenUp {
    pub(super) fn give_up(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The plan, so that it ends soon after the statement has been given up.
pub(super) fn interruptible(
    plan: Arc<dyn ExecutionPlan>,
    given_up: &GivenUp,
) -> Result<Arc<dyn ExecutionPlan>> {
    let with_pauses = |node: Arc<dyn ExecutionPlan>| -> Result<Transformed<_>> {
        if node.children().len() < 2 {
            return Ok(Transformed::no(node));
        }
        let node = checked(node, given_up)?;
        Ok(Transformed::yes(Arc::new(CooperativeExec::new(node)) as _))
    };
    plan.transform_up(with_pauses).data()
}

fn checked(node: Arc<dyn ExecutionPlan>, given_up: &GivenUp) -> Result<Arc<dyn ExecutionPlan>> {
    let Some(join) = node.downcast_ref::<NestedLoopJoinExec>() else { return Ok(node) };
    let Some(filter) = join.filter() else { return Ok(node) };
    let condition =
        Condition { inner: Arc::clone(filter.expression()), given_up: given_up.clone() };
    let filter = JoinFilter::new(
        Arc::new(condition),
        filter.column_indices().to_vec(),
        Arc::clone(filter.schema()),
    );
    let (left, right) = (Arc::clone(join.left()), Arc::clone(join.right()));
    let join = NestedLoopJoinExecBuilder::new(left, right, *join.join_type())
        .with_projection_ref(join.projection().clone())
        .with_filter(Some(filter));
    Ok(Arc::new(join.build()?))
}

/// A join's condition.
#[derive(Debug)]
struct Condition {
    inner: Arc<dyn PhysicalExpr>,
    given_up: GivenUp,
}

impl PhysicalExpr for Condition {
    fn data_type(&self, schema: &Schema) -> Result<DataType> {
        self.inner.data_type(schema)
    }

    fn nullable(&self, schema: &Schema) -> Result<bool> {
        self.inner.nullable(schema)
    }

    fn evaluate(&self, batch: &RecordBatch) -> Result<ColumnarValue> {
        if self.given_up.0.load(Ordering::Relaxed) {
            return exec_err!("the statement has been given up");
        }
        self.inner.evaluate(batch)
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        vec![&self.inner]
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        let inner = children.into_iter().next().unwrap_or_else(|| Arc::clone(&self.inner));
        Ok(Arc::new(Self { inner, given_up: self.given_up.clone() }))
    }

    fn fmt_sql(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt_sql(formatter)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.inner, formatter)
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        *self.inner == *other.inner
    }
}

impl Eq for Condition {}

impl Hash for Condition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state);
    }
}
