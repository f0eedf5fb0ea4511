//! Requests of keys by the minute, as all servers have counted them.

use async_trait::async_trait;
use domain::id::{KeyId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, RATE_COUNTS_KEPT_SECONDS, RateCount, RateLimitStore, RequestClass,
};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::bulk;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl RateLimitStore for Catalog {
    async fn add_rate_counts(
        &self,
        counts: &[RateCount],
        since: Timestamp,
    ) -> Result<Vec<RateCount>, Error> {
        if counts.is_empty() {
            let mut reads = self.reads.acquire().await.map_err(sql)?;
            return totals(&mut reads, since).await;
        }
        let mut transaction = self.write().await?;
        add(&mut transaction, counts).await?;
        let totals = totals(&mut transaction, since).await?;
        sqlx::query("DELETE FROM rate_limit_counts WHERE window_start < $1")
            .bind(since.plus_seconds(-RATE_COUNTS_KEPT_SECONDS).micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(totals)
    }
}

async fn add(connection: &mut AnyConnection, counts: &[RateCount]) -> Result<(), Error> {
    let mut rows = Vec::with_capacity(counts.len());
    for count in counts {
        rows.push([
            count.project_id.into(),
            count.key_id.to_string().into(),
            count.class.as_str().to_owned().into(),
            count.window_start.micros().into(),
            i64::try_from(count.count).map_err(|_| malformed("count"))?.into(),
        ]);
    }
    bulk::insert(
        connection,
        "INSERT INTO rate_limit_counts (project_id, api_key_id, request_class, window_start, request_count)",
        "ON CONFLICT (project_id, api_key_id, request_class, window_start)
         DO UPDATE SET request_count = rate_limit_counts.request_count + excluded.request_count",
        rows,
    )
    .await?;
    Ok(())
}

async fn totals(connection: &mut AnyConnection, since: Timestamp) -> Result<Vec<RateCount>, Error> {
    let rows = sqlx::query(
        "SELECT project_id, api_key_id, request_class, window_start, request_count
         FROM rate_limit_counts WHERE window_start >= $1",
    )
    .bind(since.micros())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(total).collect()
}

fn total(row: &AnyRow) -> Result<RateCount, Error> {
    let class = RequestClass::parse(&row.text("request_class")?);
    Ok(RateCount {
        project_id: ProjectId(row.id("project_id")?),
        key_id: KeyId(row.id("api_key_id")?),
        class: class.ok_or_else(|| malformed("request_class"))?,
        window_start: row.time("window_start")?,
        count: row.number("request_count")?,
    })
}
