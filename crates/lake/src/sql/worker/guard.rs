//! Which statements may run at all.

use std::ops::ControlFlow;

use datafusion::common::TableReference;
use datafusion::execution::SessionState;
use datafusion::sql::parser::{DFParserBuilder, Statement};
use datafusion::sql::sqlparser::ast::{
    self, BinaryOperator, Expr, Fetch, Query, Select, SetExpr, TableFactor, Visit, Visitor,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use engine::ports::sql::Diagnostic;

use super::diagnostic::{self, StatementError};
use crate::sql::SCHEMA;

/// The parts of `information_schema` that describe tables and functions, and not of settings.
const INFORMATION: [&str; 6] = ["tables", "columns", "schemata", "views", "routines", "parameters"];
/// Sets of columns that `CUBE`, `ROLLUP` and `GROUPING SETS` may ask for together.
const MAX_GROUPING_SETS: u64 = 512;

/// The one statement of a text, if it only reads.
pub(super) fn parse(text: &str) -> Result<Statement, StatementError> {
    let mut statements = DFParserBuilder::new(text)
        .with_dialect(&PostgreSqlDialect {})
        .build()?
        .parse_statements()?;
    let Some(statement) = statements.pop_front() else {
        return Err(refused("the statement is empty; begin with SELECT"));
    };
    if !statements.is_empty() {
        return Err(refused("only one statement can be run at a time"));
    }
    check(&statement)?;
    Ok(statement)
}

fn check(statement: &Statement) -> Result<(), StatementError> {
    match statement {
        Statement::Explain(explain) if matches!(*explain.statement, Statement::Explain(_)) => {
            Err(refused("EXPLAIN explains a query, not another EXPLAIN"))
        }
        Statement::Explain(explain) => check(&explain.statement),
        Statement::Statement(statement) => match &**statement {
            ast::Statement::Query(query) => check_query(query),
            ast::Statement::ShowFunctions { filter: Some(_), .. } => Err(refused(
                "SHOW FUNCTIONS takes no filter; query information_schema.routines instead",
            )),
            ast::Statement::ShowTables { .. }
            | ast::Statement::ShowColumns { .. }
            | ast::Statement::ShowFunctions { filter: None, .. }
            | ast::Statement::ExplainTable { .. } => Ok(()),
            _ => Err(not_reading()),
        },
        _ => Err(not_reading()),
    }
}

/// Refuses what changes something within a query (`WITH … INSERT`, `SELECT … INTO`, `FOR UPDATE`),
/// what the library would leave out without a word, and more sets of columns than can be computed.
fn check_query(query: &Query) -> Result<(), StatementError> {
    let mut rules = SyntaxGuard { grouping_sets: 1 };
    match query.visit(&mut rules) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(failed) => Err(failed),
    }
}

struct SyntaxGuard {
    grouping_sets: u64,
}

impl Visitor for SyntaxGuard {
    type Break = StatementError;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<StatementError> {
        if !query.locks.is_empty() || !reads(&query.body) {
            return ControlFlow::Break(not_reading());
        }
        unsupported(of_query(query))
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<StatementError> {
        unsupported(of_select(select))
    }

    fn pre_visit_table_factor(&mut self, table: &TableFactor) -> ControlFlow<StatementError> {
        unsupported(of_table(table))
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<StatementError> {
        if let Expr::IsDistinctFrom(_, right) | Expr::IsNotDistinctFrom(_, right) = expression
            && is_connective(right)
        {
            return ControlFlow::Break(refused(
                "put IS DISTINCT FROM and what it compares in brackets, as in \
                 (a IS DISTINCT FROM b) AND c: AND, OR and XOR would be read as part of b",
            ));
        }
        let sets = match expression {
            Expr::Cube(columns) => 1_u64.checked_shl(columns.len().try_into().unwrap_or(u32::MAX)),
            Expr::Rollup(columns) => Some(columns.len() as u64 + 1),
            Expr::GroupingSets(sets) => Some(sets.len() as u64),
            _ => return ControlFlow::Continue(()),
        };
        self.grouping_sets = self.grouping_sets.saturating_mul(sets.unwrap_or(u64::MAX));
        if self.grouping_sets > MAX_GROUPING_SETS {
            let detail = format!(
                "CUBE, ROLLUP and GROUPING SETS make more than {MAX_GROUPING_SETS} sets of columns"
            );
            return ControlFlow::Break(refused(&detail));
        }
        ControlFlow::Continue(())
    }
}

/// Whether the parser has taken an expression for the right side that PostgreSQL ends before.
fn is_connective(right: &Expr) -> bool {
    use BinaryOperator as Op;
    matches!(right, Expr::BinaryOp { op: Op::And | Op::Or | Op::Xor, .. })
}

/// A clause that the parser knows and the library passes over.
fn unsupported(clause: Option<&str>) -> ControlFlow<StatementError> {
    match clause {
        Some(clause) => ControlFlow::Break(refused(&format!("{clause} is not supported here"))),
        None => ControlFlow::Continue(()),
    }
}

fn of_query(query: &Query) -> Option<&'static str> {
    let Query { fetch, for_clause, settings, format_clause, pipe_operators, .. } = query;
    match fetch {
        Some(Fetch { percent: true, .. }) => return Some("FETCH … PERCENT"),
        Some(Fetch { with_ties: true, .. }) => return Some("FETCH … WITH TIES"),
        _ => {}
    }
    [
        (for_clause.is_some(), "FOR XML or JSON"),
        (settings.is_some(), "SETTINGS"),
        (format_clause.is_some(), "FORMAT"),
        (!pipe_operators.is_empty(), "|>"),
    ]
    .into_iter()
    .find_map(|(is_there, clause)| is_there.then_some(clause))
}

fn of_select(select: &Select) -> Option<&'static str> {
    [
        (select.top.is_some(), "TOP"),
        (select.select_modifiers.is_some(), "a modifier of SELECT"),
        (select.prewhere.is_some(), "PREWHERE"),
        (!select.connect_by.is_empty(), "CONNECT BY"),
        (!select.lateral_views.is_empty(), "LATERAL VIEW"),
        (!select.cluster_by.is_empty(), "CLUSTER BY"),
        (!select.distribute_by.is_empty(), "DISTRIBUTE BY"),
        (!select.sort_by.is_empty(), "SORT BY"),
        (select.value_table_mode.is_some(), "SELECT AS"),
    ]
    .into_iter()
    .find_map(|(is_there, clause)| is_there.then_some(clause))
}

fn of_table(table: &TableFactor) -> Option<&'static str> {
    let clauses = match table {
        TableFactor::Table {
            with_hints,
            version,
            with_ordinality,
            partitions,
            json_path,
            sample,
            index_hints,
            ..
        } => [
            (sample.is_some(), "TABLESAMPLE"),
            (!with_hints.is_empty() || !index_hints.is_empty(), "a hint"),
            (version.is_some(), "a version of a table"),
            (*with_ordinality, "WITH ORDINALITY"),
            (!partitions.is_empty(), "PARTITION"),
            (json_path.is_some(), "a path behind a table"),
        ],
        TableFactor::Derived { sample, .. } => {
            let mut clauses = [(false, ""); 6];
            clauses[0] = (sample.is_some(), "TABLESAMPLE");
            clauses
        }
        _ => return None,
    };
    clauses.into_iter().find_map(|(is_there, clause)| is_there.then_some(clause))
}

fn reads(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => select.into.is_none(),
        // Its own visit follows.
        SetExpr::Query(_) | SetExpr::Values(_) | SetExpr::Table(_) => true,
        SetExpr::SetOperation { left, right, .. } => reads(left) && reads(right),
        _ => false,
    }
}

fn not_reading() -> StatementError {
    refused(
        "only reading is possible here: SELECT, WITH, VALUES, SHOW TABLES, SHOW COLUMNS, \
         SHOW FUNCTIONS, DESCRIBE or EXPLAIN",
    )
}

/// Refuses tables outside of ours, before anything is planned.
pub(super) fn check_tables(
    text: &str,
    statement: &Statement,
    state: &SessionState,
) -> Result<(), StatementError> {
    if !is_query(statement) {
        // What the library shows is read from tables of its own.
        return Ok(());
    }
    for table in state.resolve_table_references(statement)? {
        if !is_ours(&table) {
            return Err(StatementError::Diagnostic(Diagnostic {
                detail: format!("there is no table {table}"),
                at: diagnostic::position_of(text, table.table()),
                suggestions: Vec::new(),
            }));
        }
    }
    Ok(())
}

fn is_query(statement: &Statement) -> bool {
    match statement {
        Statement::Explain(explain) => is_query(&explain.statement),
        Statement::Statement(statement) => !matches!(
            **statement,
            ast::Statement::ShowTables { .. }
                | ast::Statement::ShowColumns { .. }
                | ast::Statement::ShowFunctions { .. }
        ),
        _ => true,
    }
}

fn is_ours(table: &TableReference) -> bool {
    match (table.catalog(), table.schema(), table.table()) {
        (Some(_), _, _) => false,
        (None, Some("information_schema"), name) => INFORMATION.contains(&name),
        (None, schema, _) => schema.is_none_or(|schema| schema == SCHEMA),
    }
}

fn refused(detail: &str) -> StatementError {
    StatementError::Diagnostic(Diagnostic { detail: detail.to_owned(), ..Diagnostic::default() })
}
