//! Comparisons of a column with values, which a scan may apply before it sends rows.
//!
//! A statement's own expressions are evaluated in its worker process. Of its conditions, those that
//! merely compare a column with literals also travel to the server as the data they are, so that it
//! sends fewer rows. It applies them to rows that have been found to be the project's, and to no others.

use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::common::{Column, ScalarValue};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use domain::time::Timestamp;
use engine::ports::catalog::SqlPeriod;
use serde::{Deserialize, Serialize};

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum ScanFilter {
    /// The column compared with a value.
    Compare { column: String, comparison: Comparison, value: Literal },
    /// The column is one of the values, or none of them.
    In { column: String, values: Vec<Literal>, negated: bool },
    /// The column is null, or is not.
    Null { column: String, negated: bool },
}

/// How a column is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value that is not null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Literal {
    Text(String),
    Integer(i64),
    Double(f64),
    Boolean(bool),
    /// An instant's microseconds.
    Micros(i64),
}

impl ScanFilter {
    /// The filter of an expression; none where it is more than a comparison.
    pub(super) fn of(expression: &Expr) -> Option<Self> {
        match expression {
            Expr::BinaryExpr(BinaryExpr { left, op, right }) => {
                let (column, op, value) = match (&**left, &**right) {
                    (Expr::Column(column), Expr::Literal(value, _)) => (column, *op, value),
                    (Expr::Literal(value, _), Expr::Column(column)) => (column, op.swap()?, value),
                    _ => return None,
                };
                let (comparison, value) = (Comparison::of(op)?, Literal::of(value)?);
                Some(Self::Compare { column: column.name.clone(), comparison, value })
            }
            Expr::IsNull(inner) => Self::null(inner, false),
            Expr::IsNotNull(inner) => Self::null(inner, true),
            Expr::InList(InList { expr, list, negated }) => {
                let Expr::Column(column) = &**expr else { return None };
                let literal = |it: &Expr| match it {
                    Expr::Literal(value, _) => Literal::of(value),
                    _ => None,
                };
                let values = list.iter().map(literal).collect::<Option<Vec<_>>>()?;
                Some(Self::In { column: column.name.clone(), values, negated: *negated })
            }
            _ => None,
        }
    }

    fn null(inner: &Expr, negated: bool) -> Option<Self> {
        let Expr::Column(column) = inner else { return None };
        Some(Self::Null { column: column.name.clone(), negated })
    }

    /// The column it is about.
    pub(super) fn column(&self) -> &str {
        match self {
            Self::Compare { column, .. } | Self::In { column, .. } | Self::Null { column, .. } => {
                column
            }
        }
    }

    /// The expression, with values of the column's own type; none where they do not fit it.
    pub(super) fn expression(&self, schema: &Schema) -> Option<Expr> {
        let kind = schema.field_with_name(self.column()).ok()?.data_type();
        let column = || Expr::Column(Column::new_unqualified(self.column()));
        Some(match self {
            Self::Compare { comparison, value, .. } => {
                let value = Expr::Literal(value.scalar(kind)?, None);
                let (left, right) = (Box::new(column()), Box::new(value));
                Expr::BinaryExpr(BinaryExpr { left, op: comparison.operator(), right })
            }
            Self::In { values, negated, .. } => {
                let literal = |it: &Literal| Some(Expr::Literal(it.scalar(kind)?, None));
                let list = values.iter().map(literal).collect::<Option<Vec<_>>>()?;
                column().in_list(list, *negated)
            }
            Self::Null { negated: false, .. } => column().is_null(),
            Self::Null { negated: true, .. } => column().is_not_null(),
        })
    }
}

/// The period within which the time column of every wanted row lies.
pub(super) fn period(filters: &[ScanFilter], time: Option<&str>) -> SqlPeriod {
    let mut period = SqlPeriod::default();
    for filter in filters {
        let ScanFilter::Compare { column, comparison, value: Literal::Micros(micros) } = filter
        else {
            continue;
        };
        if Some(&**column) != time {
            continue;
        }
        let at = Timestamp::from_micros(*micros);
        if matches!(
            comparison,
            Comparison::Equal | Comparison::Greater | Comparison::GreaterOrEqual
        ) {
            period.from = period.from.max(Some(at));
        }
        if matches!(comparison, Comparison::Equal | Comparison::Less | Comparison::LessOrEqual) {
            period.to = Some(period.to.map_or(at, |to| to.min(at)));
        }
    }
    period
}

impl Comparison {
    fn of(operator: Operator) -> Option<Self> {
        Some(match operator {
            Operator::Eq => Self::Equal,
            Operator::NotEq => Self::NotEqual,
            Operator::Lt => Self::Less,
            Operator::LtEq => Self::LessOrEqual,
            Operator::Gt => Self::Greater,
            Operator::GtEq => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    const fn operator(self) -> Operator {
        match self {
            Self::Equal => Operator::Eq,
            Self::NotEqual => Operator::NotEq,
            Self::Less => Operator::Lt,
            Self::LessOrEqual => Operator::LtEq,
            Self::Greater => Operator::Gt,
            Self::GreaterOrEqual => Operator::GtEq,
        }
    }
}

impl Literal {
    fn of(value: &ScalarValue) -> Option<Self> {
        Some(match value {
            ScalarValue::Utf8(Some(text))
            | ScalarValue::Utf8View(Some(text))
            | ScalarValue::LargeUtf8(Some(text)) => Self::Text(text.clone()),
            ScalarValue::Int64(Some(number)) => Self::Integer(*number),
            ScalarValue::Int32(Some(number)) => Self::Integer(i64::from(*number)),
            ScalarValue::Int16(Some(number)) => Self::Integer(i64::from(*number)),
            ScalarValue::Float64(Some(number)) => Self::Double(*number),
            ScalarValue::Boolean(Some(flag)) => Self::Boolean(*flag),
            ScalarValue::TimestampMicrosecond(Some(micros), Some(_)) => Self::Micros(*micros),
            _ => return None,
        })
    }

    fn scalar(&self, kind: &DataType) -> Option<ScalarValue> {
        Some(match (kind, self) {
            (DataType::Utf8View, Self::Text(text)) => ScalarValue::Utf8View(Some(text.clone())),
            (DataType::Utf8, Self::Text(text)) => ScalarValue::Utf8(Some(text.clone())),
            (DataType::Int64, Self::Integer(number)) => ScalarValue::Int64(Some(*number)),
            (DataType::Int32, Self::Integer(number)) => {
                ScalarValue::Int32(Some(i32::try_from(*number).ok()?))
            }
            (DataType::Int16, Self::Integer(number)) => {
                ScalarValue::Int16(Some(i16::try_from(*number).ok()?))
            }
            (DataType::Float64, Self::Double(number)) => ScalarValue::Float64(Some(*number)),
            (DataType::Boolean, Self::Boolean(flag)) => ScalarValue::Boolean(Some(*flag)),
            (DataType::Timestamp(_, Some(zone)), Self::Micros(micros)) => {
                ScalarValue::TimestampMicrosecond(Some(*micros), Some(zone.clone()))
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::datatypes::Field;
    use datafusion::prelude::{cast, col, lit};

    use super::*;
    use crate::query::instant;

    #[test]
    fn comparisons_travel_and_come_back_as_they_were() {
        let schema = Schema::new(vec![
            Field::new("user_id", DataType::Utf8View, true),
            Field::new("x", DataType::Int32, true),
            Field::new("created_at", crate::schema::instant_type(), true),
        ]);
        let text = |text: &str| lit(ScalarValue::Utf8View(Some(text.to_owned())));
        for expression in [
            col("user_id").eq(text("u")),
            col("x").gt(lit(3_i32)),
            col("created_at").lt_eq(lit(instant(Timestamp::from_seconds(7)))),
            col("user_id").in_list(vec![text("a"), text("b")], true),
            col("user_id").is_null(),
            col("x").is_not_null(),
        ] {
            let filter = ScanFilter::of(&expression).expect("a comparison");
            assert_eq!(filter.expression(&schema), Some(expression));
        }
    }

    #[test]
    fn what_could_fail_or_costs_more_than_a_comparison_stays_where_it_is() {
        for other in [
            cast(col("user_id"), DataType::Int64).eq(lit(1_i64)),
            (lit(1_i64) / col("x")).gt(lit(0_i64)),
            col("user_id").like(lit("%")),
            col("user_id").eq(col("session_id")),
            col("user_id").eq(lit("u")).or(col("x").eq(lit(1_i32))),
            col("user_id").eq(lit(ScalarValue::Utf8(None))),
        ] {
            assert_eq!(ScanFilter::of(&other), None, "{other}");
        }
    }

    #[test]
    fn a_period_is_what_all_comparisons_of_the_time_agree_on() {
        let at = |seconds| lit(instant(Timestamp::from_seconds(seconds)));
        let filters: Vec<ScanFilter> = [
            col("created_at").gt_eq(at(10)),
            col("created_at").gt(at(5)),
            col("created_at").lt(at(90)),
            col("other").lt(at(1)),
        ]
        .iter()
        .filter_map(ScanFilter::of)
        .collect();
        let found = period(&filters, Some("created_at"));
        assert_eq!(found.from, Some(Timestamp::from_seconds(10)));
        assert_eq!(found.to, Some(Timestamp::from_seconds(90)));
        assert_eq!(period(&filters, None), SqlPeriod::default());
    }
}
