//! Rows that are older than their project keeps them: each aggregate counts and removes its own.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ExpiredRowStore, RemovalCursor, RemovedPage};
use sqlx::AssertSqlSafe;

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::{Catalog, crm, lead_scores, sessions};

#[async_trait]
impl ExpiredRowStore for Catalog {
    async fn expired_rows(
        &self,
        project: ProjectId,
        kind: RetentionKind,
        before: Timestamp,
    ) -> Result<u64, Error> {
        let (table, column) = match kind {
            RetentionKind::Signals => ("lead_signals", "occurred_at"),
            RetentionKind::Sessions => ("user_sessions", "last_activity_at"),
            RetentionKind::Activities => ("crm_activities", "occurred_at"),
            RetentionKind::Events | RetentionKind::Recordings => return Ok(0),
        };
        let statement = format!(
            "SELECT COUNT(*) AS expired FROM {table} WHERE project_id = $1 AND {column} < $2"
        );
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(before.micros())
            .fetch_one(&mut *reads)
            .await
            .map_err(sql)?;
        row.number("expired")
    }

    async fn remove_expired_rows(
        &self,
        project: ProjectId,
        kind: RetentionKind,
        before: Timestamp,
        after: Option<&RemovalCursor>,
        limit: u32,
    ) -> Result<RemovedPage, Error> {
        let mut transaction = self.write_of(project).await?;
        let page = match kind {
            RetentionKind::Signals => {
                lead_scores::remove_expired(&mut transaction, project, before, limit).await?
            }
            RetentionKind::Sessions => {
                sessions::remove_expired(&mut transaction, project, before, after, limit).await?
            }
            RetentionKind::Activities => {
                crm::remove_expired(&mut transaction, project, before, after, limit).await?
            }
            RetentionKind::Events | RetentionKind::Recordings => RemovedPage::default(),
        };
        transaction.commit().await.map_err(sql)?;
        Ok(page)
    }
}
