//! When session completion ran and what it did.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{CleanupCount, CleanupRun, CleanupRunStore, Error};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl CleanupRunStore for Catalog {
    async fn record_run(
        &self,
        run: &CleanupRun,
        projects: &[(ProjectId, CleanupCount)],
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO cleanup_runs (id, started_at, checked, completed) VALUES ($1, $2, $3, $4)",
        )
        .bind(run.id.to_string())
        .bind(run.started_at.micros())
        .bind(stored(run.count.checked)?)
        .bind(stored(run.count.completed)?)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        for (project, count) in projects {
            sqlx::query(
                "INSERT INTO cleanup_completions (run_id, project_id, checked, completed)
                 VALUES ($1, $2, $3, $4)",
            )
            .bind(run.id.to_string())
            .bind(project.to_string())
            .bind(stored(count.checked)?)
            .bind(stored(count.completed)?)
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        }
        transaction.commit().await.map_err(sql)
    }

    async fn runs(&self, project: ProjectId, limit: u32) -> Result<Vec<CleanupRun>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT cleanup_runs.id, cleanup_runs.started_at,
                    COALESCE(cleanup_completions.checked, 0) AS checked,
                    COALESCE(cleanup_completions.completed, 0) AS completed
             FROM cleanup_runs LEFT JOIN cleanup_completions
               ON cleanup_completions.run_id = cleanup_runs.id
              AND cleanup_completions.project_id = $1
             ORDER BY cleanup_runs.started_at DESC, cleanup_runs.id DESC LIMIT $2",
        )
        .bind(project.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(cleanup_run).collect()
    }

    async fn last_run(&self) -> Result<Option<CleanupRun>, Error> {
        let row = sqlx::query(
            "SELECT id, started_at, checked, completed FROM cleanup_runs
             ORDER BY started_at DESC, id DESC LIMIT 1",
        )
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(cleanup_run).transpose()
    }

    async fn prune_runs(&self, before: Timestamp) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM cleanup_runs WHERE started_at < $1")
            .bind(before.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }
}

fn stored(count: u64) -> Result<i64, Error> {
    i64::try_from(count).map_err(|_| malformed("count"))
}

fn cleanup_run(row: &AnyRow) -> Result<CleanupRun, Error> {
    Ok(CleanupRun {
        id: row.id("id")?,
        started_at: row.time("started_at")?,
        count: CleanupCount {
            checked: row.number("checked")?,
            completed: row.number("completed")?,
        },
    })
}
