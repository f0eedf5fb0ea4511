//! Runs that remove old rows, and the floors below which none is stored again.

mod expired;
mod floors;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, RetentionLease, RetentionRun, RetentionRunKey, RetentionStore, RowsAndBytes,
};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

pub(crate) use floors::floor;

/// Columns that [`run`] reads.
const RUN: &str = "project_id, kind, day, removes_before, started_at, finished_at, removed_rows,
    removed_bytes";

#[async_trait]
impl RetentionStore for Catalog {
    async fn claim_retention_run(
        &self,
        key: RetentionRunKey,
        before: Timestamp,
        lease: RetentionLease,
    ) -> Result<Option<RetentionRun>, Error> {
        let mut transaction = self.write_of(key.project_id).await?;
        let row = sqlx::query(
            "INSERT INTO retention_runs (project_id, kind, journal, day, removes_before, started_at,
                                         leased_by, leased_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (project_id, kind, journal, day) DO UPDATE
                 SET leased_by = excluded.leased_by, leased_until = excluded.leased_until,
                     removes_before = CASE WHEN retention_runs.removed_rows IS NULL
                         THEN excluded.removes_before ELSE retention_runs.removes_before END
                 WHERE retention_runs.finished_at IS NULL
                   AND (retention_runs.leased_by = excluded.leased_by
                        OR retention_runs.leased_until <= excluded.started_at)
             RETURNING project_id, kind, day, removes_before, started_at, finished_at, removed_rows,
                       removed_bytes",
        )
        .bind(key.project_id.to_string())
        .bind(key.kind.as_str())
        .bind(self.journal_of(key.kind))
        .bind(i64::from(key.day))
        .bind(before.micros())
        .bind(lease.now.micros())
        .bind(self.journal.to_string())
        .bind(lease.until.micros())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let Some(claimed) = row.as_ref().map(run).transpose()? else { return Ok(None) };
        if claimed.removed.is_none() {
            floors::set(&mut transaction, &claimed).await?;
        }
        transaction.commit().await.map_err(sql)?;
        Ok(Some(claimed))
    }

    async fn store_retention_run(
        &self,
        run: &RetentionRun,
        lease: RetentionLease,
    ) -> Result<(), Error> {
        let RetentionRunKey { project_id, kind, day } = run.key;
        let column = |count: u64| i64::try_from(count).map_err(|_| malformed("count"));
        let removed = run.removed;
        let mut transaction = self.write_of(project_id).await?;
        let stored = sqlx::query(
            "UPDATE retention_runs
             SET removes_before = $5, finished_at = $6, removed_rows = $7, removed_bytes = $8,
                 leased_until = $9
             WHERE project_id = $1 AND kind = $2 AND journal = $3 AND day = $4 AND leased_by = $10",
        )
        .bind(project_id.to_string())
        .bind(kind.as_str())
        .bind(self.journal_of(kind))
        .bind(i64::from(day))
        .bind(run.removes_before.micros())
        .bind(run.finished_at.map(Timestamp::micros))
        .bind(removed.map(|removed| column(removed.rows)).transpose()?)
        .bind(removed.map(|removed| column(removed.bytes)).transpose()?)
        .bind(lease.until.micros())
        .bind(self.journal.to_string())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        if stored.rows_affected() == 0 {
            return Err(Error::Unavailable("another server has taken over the run".into()));
        }
        if run.finished_at.is_none() {
            floors::set(&mut transaction, run).await?;
        }
        transaction.commit().await.map_err(sql)
    }

    async fn latest_retention_runs(&self, project: ProjectId) -> Result<Vec<RetentionRun>, Error> {
        let mut found = Vec::new();
        let mut reads = self.reads_of(project).await?;
        for kind in RetentionKind::ALL {
            let statement = format!(
                "SELECT {RUN} FROM retention_runs
                 WHERE project_id = $1 AND kind = $2 AND journal = $3 ORDER BY day DESC LIMIT 1"
            );
            let row = sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(project.to_string())
                .bind(kind.as_str())
                .bind(self.journal_of(kind))
                .fetch_optional(&mut *reads)
                .await
                .map_err(sql)?;
            found.extend(row.as_ref().map(run).transpose()?);
        }
        Ok(found)
    }

    async fn finished_retention_runs(&self, day: i32) -> Result<Vec<RetentionRunKey>, Error> {
        let statement = format!(
            "SELECT {RUN} FROM retention_runs
             WHERE day >= $1 AND finished_at IS NOT NULL AND journal IN ('', $2)"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(i64::from(day))
            .bind(self.journal.to_string())
            .fetch_all(&self.reads)
            .await
            .map_err(sql)?;
        rows.iter().map(|row| Ok(run(row)?.key)).collect()
    }

    async fn lower_retention_floors(
        &self,
        project: ProjectId,
        floors: &[(RetentionKind, Timestamp)],
    ) -> Result<(), Error> {
        let mut transaction = self.write_of(project).await?;
        for (kind, before) in floors {
            floors::lower(&mut transaction, project, *kind, *before).await?;
        }
        transaction.commit().await.map_err(sql)
    }

    async fn retention_floors(
        &self,
        kind: RetentionKind,
    ) -> Result<Vec<(ProjectId, Timestamp)>, Error> {
        floors::all(&self.reads, kind).await
    }

    async fn prune_retention_runs(&self, day: i32) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM retention_runs WHERE day < $1")
            .bind(i64::from(day))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }
}

impl Catalog {
    /// The journal that runs of this kind belong to: events are in each server's own lake.
    fn journal_of(&self, kind: RetentionKind) -> String {
        if kind == RetentionKind::Events { self.journal.to_string() } else { String::new() }
    }
}

fn run(row: &AnyRow) -> Result<RetentionRun, Error> {
    let kind = RetentionKind::parse(&row.text("kind")?).ok_or_else(|| malformed("kind"))?;
    let count = |column: &'static str| -> Result<Option<u64>, Error> {
        let count = row.maybe_number(column)?.map(u64::try_from);
        count.transpose().map_err(|_| malformed(column))
    };
    let removed = count("removed_rows")?.zip(count("removed_bytes")?);
    Ok(RetentionRun {
        key: RetentionRunKey {
            project_id: ProjectId(row.id("project_id")?),
            kind,
            day: row.number("day")?,
        },
        removes_before: row.time("removes_before")?,
        started_at: row.time("started_at")?,
        finished_at: row.maybe_time("finished_at")?,
        removed: removed.map(|(rows, bytes)| RowsAndBytes { rows, bytes }),
    })
}
