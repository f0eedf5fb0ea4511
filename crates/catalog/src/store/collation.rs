//! Texts are compared by their bytes, as SQLite does, whatever the collation of the database.

use sqlx::{AnyConnection, AssertSqlSafe, Executor, Row};

/// Tables of ours with columns of text that are compared otherwise, and what changes that. A
/// migration says nothing about collations, for SQLite knows others.
const WRONGLY_COLLATED: &str = "
    SELECT quote_ident(tables.relname)::text AS table_name,
           string_agg('ALTER COLUMN ' || quote_ident(columns.attname) || ' TYPE text COLLATE \"C\"',
                      ', ')::text AS changes
    FROM pg_class AS tables
    JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND NOT columns.attisdropped
    JOIN pg_collation ON pg_collation.oid = columns.attcollation
    WHERE tables.relnamespace = current_schema()::regnamespace AND tables.relkind IN ('r', 'p')
      AND tables.relname <> '_sqlx_migrations' AND columns.attnum > 0
      AND columns.atttypid = 'text'::regtype AND pg_collation.collname <> 'C'
    GROUP BY tables.relname ORDER BY tables.relname";

/// Has every column of text compared by bytes. Changes nothing where all are; to be called before
/// row-level security is enabled: a column in a policy keeps its collation.
pub(super) async fn enforce_byte_order(connection: &mut AnyConnection) -> sqlx::Result<()> {
    for row in connection.fetch_all(WRONGLY_COLLATED).await? {
        let table: String = row.try_get("table_name")?;
        let changes: String = row.try_get("changes")?;
        connection.execute(AssertSqlSafe(format!("ALTER TABLE {table} {changes}"))).await?;
    }
    Ok(())
}
