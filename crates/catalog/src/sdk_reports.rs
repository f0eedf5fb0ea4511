//! Delivery reports of the browser SDK, by hour.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SdkCount, SdkReportStore};

use crate::Catalog;
use crate::bulk;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

const HOUR_MICROS: i64 = 3_600_000_000;

#[async_trait]
impl SdkReportStore for Catalog {
    async fn add_sdk_counts(&self, counts: &[SdkCount]) -> Result<(), Error> {
        let mut rows = Vec::with_capacity(counts.len());
        for count in counts {
            rows.push([
                count.project_id.into(),
                hour(count.hour).into(),
                count.name.clone().into(),
                i64::try_from(count.count).map_err(|_| malformed("count"))?.into(),
            ]);
        }
        let mut transaction = self.write().await?;
        bulk::insert(
            &mut transaction,
            "INSERT INTO sdk_reports (project_id, hour, name, count)",
            "ON CONFLICT (project_id, hour, name)
             DO UPDATE SET count = sdk_reports.count + excluded.count",
            rows,
        )
        .await?;
        transaction.commit().await.map_err(sql)
    }

    async fn sdk_counts(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<Vec<(String, u64)>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT name, CAST(SUM(count) AS BIGINT) AS count FROM sdk_reports
             WHERE project_id = $1 AND hour >= $2 AND hour < $3 GROUP BY name ORDER BY name",
        )
        .bind(project.to_string())
        .bind(first_hour(period.from()))
        .bind(first_hour(period.to()))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(|row| Ok((row.text("name")?, row.number("count")?))).collect()
    }

    async fn prune_sdk_counts(&self, before: Timestamp) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sdk_reports WHERE hour < $1")
            .bind(hour(before))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }
}

/// The hour an instant lies in.
fn hour(at: Timestamp) -> i64 {
    at.micros().div_euclid(HOUR_MICROS)
}

/// The first hour that begins at or after an instant.
fn first_hour(at: Timestamp) -> i64 {
    hour(at.plus_micros(HOUR_MICROS - 1))
}
