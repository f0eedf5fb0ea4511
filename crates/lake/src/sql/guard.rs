//! Which statements may run at all.

use std::ops::ControlFlow;

use datafusion::common::TableReference;
use datafusion::execution::SessionState;
use datafusion::prelude::SessionContext;
use datafusion::sql::parser::{DFParserBuilder, Statement};
use datafusion::sql::sqlparser::ast::{self, SetExpr, Visit, Visitor};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use engine::ports::sql::Complaint;

use super::complaint::{self, Failure};

/// Functions that make much of little: their memory is not accounted for.
const WITHHELD: [&str; 8] = [
    "repeat",
    "lpad",
    "rpad",
    "array_repeat",
    "array_resize",
    "generate_series",
    "range",
    "version",
];
/// The parts of `information_schema` that tell of tables and functions, and not of settings.
const INFORMATION: [&str; 6] = ["tables", "columns", "schemata", "views", "routines", "parameters"];
/// Where a name without a schema is looked up.
pub(crate) const SCHEMA: &str = "public";

/// Takes functions away that a statement must not call. Table functions of the same names stay: they
/// make their rows one batch at a time.
pub(super) fn withhold(context: &SessionContext) {
    for name in WITHHELD {
        context.deregister_udf(name);
    }
}

/// The one statement of a text, if it only reads.
pub(super) fn parse(text: &str) -> Result<Statement, Failure> {
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

fn check(statement: &Statement) -> Result<(), Failure> {
    match statement {
        Statement::Explain(explain) => check(&explain.statement),
        Statement::Statement(statement) => match &**statement {
            ast::Statement::Query(query) => check_query(query),
            ast::Statement::ShowTables { .. }
            | ast::Statement::ShowColumns { .. }
            | ast::Statement::ShowFunctions { .. }
            | ast::Statement::ExplainTable { .. } => Ok(()),
            _ => Err(not_reading()),
        },
        _ => Err(not_reading()),
    }
}

/// Refuses what changes something within a query: `WITH … INSERT`, `SELECT … INTO`, `FOR UPDATE`.
fn check_query(query: &ast::Query) -> Result<(), Failure> {
    let changes = query.visit(&mut Changes);
    if changes.is_break() { Err(not_reading()) } else { Ok(()) }
}

struct Changes;

impl Visitor for Changes {
    type Break = ();

    fn pre_visit_query(&mut self, query: &ast::Query) -> ControlFlow<()> {
        if query.locks.is_empty() && reads(&query.body) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
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

fn not_reading() -> Failure {
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
) -> Result<(), Failure> {
    if !is_query(statement) {
        // What the library shows is read from tables of its own.
        return Ok(());
    }
    for table in state.resolve_table_references(statement)? {
        if !is_ours(&table) {
            return Err(Failure::Complaint(Complaint {
                detail: format!("there is no table {table}"),
                at: complaint::place_of(text, table.table()),
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

fn refused(detail: &str) -> Failure {
    Failure::Complaint(Complaint { detail: detail.to_owned(), ..Complaint::default() })
}
