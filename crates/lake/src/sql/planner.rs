//! Plans PostgreSQL operators and keywords as calls of our functions.

use std::sync::Arc;

use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, ScalarUDF};
use datafusion::sql::sqlparser::ast::BinaryOperator;

use super::{epoch, json};

/// `->`, `->>` and `EXTRACT(EPOCH FROM …)`.
#[derive(Debug)]
pub(crate) struct Postgres {
    json_get: Arc<ScalarUDF>,
    json_get_text: Arc<ScalarUDF>,
    epoch: Arc<ScalarUDF>,
}

impl Postgres {
    pub(crate) fn new() -> Self {
        Self {
            json_get: json::function(false),
            json_get_text: json::function(true),
            epoch: epoch::function(),
        }
    }
}

impl ExprPlanner for Postgres {
    fn plan_binary_op(
        &self,
        expression: RawBinaryExpr,
        _: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let function = match expression.op {
            BinaryOperator::Arrow => &self.json_get,
            BinaryOperator::LongArrow => &self.json_get_text,
            _ => return Ok(PlannerResult::Original(expression)),
        };
        Ok(PlannerResult::Planned(function.call(vec![expression.left, expression.right])))
    }

    fn plan_extract(&self, arguments: Vec<Expr>) -> Result<PlannerResult<Vec<Expr>>> {
        match &*arguments {
            [_, value] if epoch::is_epoch(&arguments) => {
                Ok(PlannerResult::Planned(self.epoch.call(vec![value.clone()])))
            }
            _ => Ok(PlannerResult::Original(arguments)),
        }
    }
}
