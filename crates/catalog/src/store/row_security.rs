//! Row-level security: in PostgreSQL a transaction of one project sees that project's rows only.
//!
//! The policy compares `project_id` with the setting `footfall.project`: a project's id within its
//! transactions, `*` on our connections otherwise, for what concerns all projects (jobs,
//! projections, sign-in). Where it is not set, as for whoever connects by hand, there are no rows.
//! The tables belong to the role we connect as, so the policy is forced on the owner too; checks of
//! foreign keys and cascades pass it, as they should.

use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Executor, Row};

/// Tables of project rows that lack the policy: those with a `project_id`, and the
/// projects themselves. Already written as SQL writes names.
const UNPROTECTED_TABLES: &str = "
    SELECT quote_ident(tables.relname)::text AS table_name,
           quote_ident(columns.attname)::text AS column_name
    FROM pg_class AS tables
    JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND NOT columns.attisdropped
    WHERE tables.relnamespace = current_schema()::regnamespace AND tables.relkind IN ('r', 'p')
      AND (columns.attname = 'project_id'
           OR (tables.relname = 'projects' AND columns.attname = 'id'))
      AND NOT (tables.relrowsecurity AND tables.relforcerowsecurity AND EXISTS (
            SELECT 1 FROM pg_policy
            WHERE pg_policy.polrelid = tables.oid AND pg_policy.polname = 'footfall_project'))
    ORDER BY tables.relname";

/// Enables the policy on every table that lacks it. Idempotent.
pub(super) async fn enable(connection: &mut AnyConnection) -> sqlx::Result<()> {
    for row in connection.fetch_all(UNPROTECTED_TABLES).await? {
        let table: String = row.try_get("table_name")?;
        let column: String = row.try_get("column_name")?;
        connection.execute(AssertSqlSafe(policy_sql(&table, &column))).await?;
    }
    Ok(())
}

fn policy_sql(table: &str, column: &str) -> String {
    // In sub-selects the setting is read once a statement and not once a row.
    let setting = "(SELECT current_setting('footfall.project', true))";
    format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
         ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
         DROP POLICY IF EXISTS footfall_project ON {table};
         CREATE POLICY footfall_project ON {table}
             USING ({column} = {setting} OR {setting} = '*')"
    )
}

/// Whether row-level security applies to the role we connect as.
pub(super) async fn is_enforced(reads: &AnyPool) -> sqlx::Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS bound FROM pg_roles
         WHERE rolname = current_user AND NOT rolsuper AND NOT rolbypassrls",
    )
    .fetch_optional(reads)
    .await?;
    Ok(row.is_some())
}
