//! `GET /api/projects/{project_id}/sql/schema`: what statements can read and call.

use axum::extract::State;
use engine::ports::sql::{SqlSchema, TableSchema};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::SqlColumn;
use crate::error::Error;
use crate::extract::{Analyst, Json};
use crate::state::App;

/// The tables and functions of statements.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SqlSchema)]
pub(super) struct SqlSchemaAnswer {
    /// The tables by name, each with its columns in their order.
    tables: Vec<SqlTable>,
    /// The functions, by what they are about.
    functions: Vec<SqlFunctions>,
}

/// A table that statements read.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SqlTable {
    name: String,
    columns: Vec<SqlColumn>,
}

/// Functions that statements may call.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SqlFunctions {
    /// Such as `texts`.
    about: &'static str,
    names: Vec<&'static str>,
}

impl From<SqlSchema> for SqlSchemaAnswer {
    fn from(schema: SqlSchema) -> Self {
        let table = |TableSchema { name, columns }| SqlTable {
            name,
            columns: columns.into_iter().map(Into::into).collect(),
        };
        let functions = schema.functions.into_iter();
        Self {
            tables: schema.tables.into_iter().map(table).collect(),
            functions: functions
                .map(|group| SqlFunctions { about: group.about, names: group.names })
                .collect(),
        }
    }
}

/// The tables, columns and functions that a statement can name.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/sql/schema", tag = "SQL", operation_id = "sql_schema",
    params(("project_id" = uuid::Uuid, Path)),
    responses((status = 200, body = SqlSchemaAnswer), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Analyst(_allowed): Analyst,
) -> Result<Json<SqlSchemaAnswer>, Error> {
    Ok(Json(app.sql.schema().await?.into()))
}
