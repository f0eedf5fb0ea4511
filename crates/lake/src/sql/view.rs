//! A named table over the events, as DataFusion sees it.

use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::datasource::TableType;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{
    BinaryExpr, Expr, LogicalPlan, LogicalPlanBuilder, Operator, TableProviderFilterPushDown,
};
use datafusion::physical_plan::ExecutionPlan;

use super::pictures::{ID, Lookup, URL};
use super::wall::Wall;

/// A plan over the events that is bound to one project.
#[derive(Debug)]
pub(crate) struct View {
    name: &'static str,
    plan: LogicalPlan,
    schema: SchemaRef,
    pictures: Option<Lookup>,
}

impl View {
    /// Where the plan has the columns for it, `pictures` tells where the pictures of its events are.
    pub(crate) fn new(name: &'static str, plan: LogicalPlan, pictures: Option<Lookup>) -> Self {
        let schema = Arc::new(plan.schema().as_arrow().clone());
        let pictures = pictures.filter(|_| schema.index_of(URL).is_ok());
        Self { name, plan, schema, pictures }
    }

    /// Whether a filter may be applied to the events as they are told.
    fn may_pass(&self, filter: &Expr) -> bool {
        let is_known_later = |filter: &Expr| filter.column_refs().iter().any(|it| it.name == URL);
        is_harmless(filter) && !(self.pictures.is_some() && is_known_later(filter))
    }
}

#[async_trait]
impl TableProvider for View {
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
        let may_pass = |filter: &&Expr| {
            if self.may_pass(filter) {
                TableProviderFilterPushDown::Inexact
            } else {
                TableProviderFilterPushDown::Unsupported
            }
        };
        Ok(filters.iter().map(may_pass).collect())
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let shown = match projection {
            Some(chosen) => Arc::new(self.schema.project(chosen)?),
            None => self.schema(),
        };
        let pictures = self.pictures.clone().filter(|_| shown.index_of(URL).is_ok());
        let mut plan = LogicalPlanBuilder::from(self.plan.clone());
        let filters_passed = filters.iter().filter(|it| self.may_pass(it)).cloned();
        if let Some(filter) = conjunction(filters_passed) {
            plan = plan.filter(filter)?;
        }
        if let Some(projection) = projection {
            let mut chosen = projection.clone();
            if pictures.is_some() && shown.index_of(ID).is_err() {
                chosen.push(self.schema.index_of(ID)?);
            }
            let columns = self.plan.schema().columns();
            let chosen = chosen.iter().filter_map(|index| columns.get(*index).cloned());
            plan = plan.project(chosen.map(Expr::Column))?;
        }
        let limit = limit.filter(|_| filters.is_empty());
        let plan = plan.limit(0, limit)?.build()?;
        let inner = state.create_physical_plan(&plan).await?;
        Ok(Arc::new(match pictures {
            Some(pictures) => Wall::with_pictures(self.name, inner, shown, pictures),
            None => Wall::new(self.name, inner),
        }))
    }
}

/// Whether a filter may choose files and pages before the project's own condition has been applied:
/// it only compares columns with each other and with literals, so that it fails on no row.
fn is_harmless(filter: &Expr) -> bool {
    let is_plain = |expr: &Expr| matches!(expr, Expr::Column(_) | Expr::Literal(..));
    match filter {
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::And | Operator::Or, right }) => {
            is_harmless(left) && is_harmless(right)
        }
        Expr::BinaryExpr(BinaryExpr { left, op, right }) => {
            is_comparison(*op) && is_plain(left) && is_plain(right)
        }
        Expr::Not(inner) => is_harmless(inner),
        Expr::IsNull(inner) | Expr::IsNotNull(inner) => is_plain(inner),
        Expr::Between(between) => {
            [&between.expr, &between.low, &between.high].into_iter().all(|expr| is_plain(expr))
        }
        Expr::InList(list) => is_plain(&list.expr) && list.list.iter().all(is_plain),
        _ => false,
    }
}

fn is_comparison(operator: Operator) -> bool {
    use Operator::{Eq, Gt, GtEq, IsDistinctFrom, IsNotDistinctFrom, Lt, LtEq, NotEq};
    matches!(operator, Eq | NotEq | Lt | LtEq | Gt | GtEq | IsDistinctFrom | IsNotDistinctFrom)
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::datatypes::DataType;
    use datafusion::prelude::{cast, col, lit};

    use super::*;

    #[test]
    fn only_filters_that_cannot_fail_pass_the_wall() {
        let column = || col("user_id");
        for harmless in [
            column().eq(lit("u")),
            column().eq(lit("u")).and(column().is_not_null()).or(column().gt(lit("a"))),
            column().in_list(vec![lit("a"), lit("b")], false),
            column().between(lit("a"), lit("b")),
        ] {
            assert!(is_harmless(&harmless), "{harmless}");
        }
        for other in [
            cast(column(), DataType::Int64).eq(lit(1_i64)),
            column().eq(lit("u")).and(cast(column(), DataType::Int64).is_null()),
            (lit(1_i64) / column()).gt(lit(0_i64)),
            column().like(lit("%")),
        ] {
            assert!(!is_harmless(&other), "{other}");
        }
    }
}
