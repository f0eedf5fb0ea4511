//! A SQL surface that knows one answer.

use async_trait::async_trait;
use domain::id::ProjectId;
use engine::ports::sql::{
    Cell, Column, Diagnostic, Error, FunctionGroup, SqlSchema, SqlSurface, Statement,
    StatementResult, TableSchema,
};

/// Answers one row: the project, the statement's text, its limit and its parameters, and one value
/// of every kind. Refuses the text `bad`.
#[derive(Debug, Clone, Copy, Default)]
pub struct CannedSql;

#[async_trait]
impl SqlSurface for CannedSql {
    async fn run(
        &self,
        project: ProjectId,
        statement: Statement,
    ) -> Result<StatementResult, Error> {
        if statement.text == "bad" {
            return Err(Error::Statement(Diagnostic {
                detail: "there is no column x".to_owned(),
                at: Some((2, 7)),
                suggestions: vec!["y".to_owned()],
            }));
        }
        let parameters = statement.parameters.iter();
        let parameters = parameters.map(|(name, cell)| format!("{name}={cell:?}"));
        let cells = [
            ("project", "uuid", Cell::Text(project.to_string())),
            ("text", "text", Cell::Text(statement.text.clone())),
            ("limit", "bigint", Cell::Integer(i64::try_from(statement.limit).unwrap_or(i64::MAX))),
            ("parameters", "text", Cell::Text(parameters.collect::<Vec<_>>().join(" "))),
            ("nothing", "text", Cell::Null),
            ("flag", "boolean", Cell::Boolean(true)),
            ("double", "double precision", Cell::Double(0.5)),
            ("decimal", "numeric(10,2)", Cell::Decimal("150000.10".to_owned())),
        ];
        let column = |(name, kind, _): &(&str, &str, Cell)| Column {
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
        };
        Ok(StatementResult {
            columns: cells.iter().map(column).collect(),
            rows: vec![cells.into_iter().map(|(_, _, cell)| cell).collect()],
            is_truncated: true,
        })
    }

    async fn schema(&self) -> Result<SqlSchema, Error> {
        let column =
            |name: &str, kind: &str| Column { name: name.to_owned(), kind: kind.to_owned() };
        let users = TableSchema {
            name: "users".to_owned(),
            columns: vec![column("id", "text"), column("registered_at", "timestamptz")],
        };
        let functions = FunctionGroup { about: "texts", names: vec!["lower", "upper"] };
        Ok(SqlSchema { tables: vec![users], functions: vec![functions] })
    }
}
