//! A project's contacts as a whole: their lock and their rules.

use domain::crm::{RuleHistory, RuleVersion};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::stored::decode;

/// Locks the project's contacts until the transaction ends. Returns a number that grows with each change.
pub(crate) async fn lock(connection: &mut AnyConnection, project: ProjectId) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO crm_projects (project_id, revision) VALUES ($1, 1)
         ON CONFLICT (project_id) DO UPDATE SET revision = crm_projects.revision + 1
         RETURNING revision",
    )
    .bind(project.to_string())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    row.number("revision")
}

/// All rules the project has had.
pub(super) async fn rules(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<RuleHistory, Error> {
    let rows =
        sqlx::query("SELECT version, rules, created_at FROM crm_rules WHERE project_id = $1")
            .bind(project.to_string())
            .fetch_all(connection)
            .await
            .map_err(sql)?;
    let versions = rows.iter().map(|row| {
        let rules = decode(&row.text("rules")?)?;
        Ok(RuleVersion { version: row.number("version")?, from: row.time("created_at")?, rules })
    });
    Ok(RuleHistory::new(versions.collect::<Result<_, Error>>()?))
}
