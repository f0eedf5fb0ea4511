//! The ledger of erasures, and the digests later events are recognised by.

mod rows;
mod suppressions;

use async_trait::async_trait;
use domain::erasure::ErasureId;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Erasure, ErasureStore, Error, IdentifierDigest};
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::Catalog;
use crate::error::sql;
use crate::transaction::WriteTransaction;
use rows::{COLUMNS, put, read};
use suppressions::{add_digests, raise_revision};

#[async_trait]
impl ErasureStore for Catalog {
    async fn begin_erasure(
        &self,
        erasure: Erasure,
        digests: &[IdentifierDigest],
    ) -> Result<Erasure, Error> {
        let mut transaction = self.write_of(erasure.project_id).await?;
        // First, so that two who begin at the same time wait for each other.
        raise_revision(&mut transaction, erasure.project_id).await?;
        for digest in digests {
            if let Some(under_way) = of_digest(&mut transaction, &erasure, digest).await? {
                return Ok(under_way);
            }
        }
        put(&mut transaction, &erasure).await?;
        add_digests(&mut transaction, &erasure, digests).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(erasure)
    }

    async fn advance_erasure(
        &self,
        erasure: &Erasure,
        digests: &[IdentifierDigest],
    ) -> Result<(), Error> {
        let mut transaction = self.write_of(erasure.project_id).await?;
        if !digests.is_empty() {
            raise_revision(&mut transaction, erasure.project_id).await?;
            add_digests(&mut transaction, erasure, digests).await?;
        }
        put(&mut transaction, erasure).await?;
        transaction.commit().await.map_err(sql)
    }

    async fn other_journals(&self) -> Result<u64, Error> {
        self.count_other_journals().await
    }

    async fn unfinished_erasures(&self) -> Result<Vec<Erasure>, Error> {
        let text = format!(
            "SELECT {COLUMNS} FROM erasures WHERE journal = $1 AND state <> 'gone' ORDER BY id"
        );
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(self.journal.to_string())
            .fetch_all(&self.reads)
            .await
            .map_err(sql)?;
        rows.iter().map(read).collect()
    }

    async fn erasures(
        &self,
        project: ProjectId,
        before: Option<(Timestamp, ErasureId)>,
        limit: u32,
    ) -> Result<Vec<Erasure>, Error> {
        let (at, id) = match before {
            Some((at, id)) => (at.micros(), id.0.to_string()),
            None => (i64::MAX, String::new()),
        };
        let text = format!(
            "SELECT {COLUMNS} FROM erasures
             WHERE project_id = $1 AND (requested_at < $2 OR (requested_at = $2 AND id < $3))
             ORDER BY requested_at DESC, id DESC LIMIT $4"
        );
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(project.to_string())
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        rows.iter().map(read).collect()
    }

    async fn erasure(&self, project: ProjectId, id: ErasureId) -> Result<Option<Erasure>, Error> {
        let mut reads = self.reads_of(project).await?;
        find(&mut reads, project, id).await
    }

    async fn lift_erasure(
        &self,
        project: ProjectId,
        id: ErasureId,
        at: Timestamp,
    ) -> Result<Option<Erasure>, Error> {
        let mut transaction = self.write_of(project).await?;
        let Some(found) = find(&mut transaction, project, id).await? else { return Ok(None) };
        if found.lifted_at.is_some() {
            return Ok(Some(found));
        }
        raise_revision(&mut transaction, project).await?;
        sqlx::query("DELETE FROM erased_identifiers WHERE erasure_id = $1")
            .bind(id.0.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        let lifted = Erasure { lifted_at: Some(at), digests: 0, ..found };
        put(&mut transaction, &lifted).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(Some(lifted))
    }
}

/// The erasure this server has under way that an identifier of this digest belongs to.
async fn of_digest(
    transaction: &mut WriteTransaction,
    new: &Erasure,
    digest: &IdentifierDigest,
) -> Result<Option<Erasure>, Error> {
    let text = format!(
        "SELECT {COLUMNS} FROM erasures WHERE journal = $3 AND state <> 'gone' AND id IN
           (SELECT erasure_id FROM erased_identifiers WHERE project_id = $1 AND digest = $2)
         ORDER BY id LIMIT 1"
    );
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(new.project_id.to_string())
        .bind(digest.to_vec())
        .bind(transaction.journal.to_string())
        .fetch_optional(&mut **transaction)
        .await
        .map_err(sql)?;
    row.as_ref().map(read).transpose()
}

async fn find(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: ErasureId,
) -> Result<Option<Erasure>, Error> {
    let text = format!("SELECT {COLUMNS} FROM erasures WHERE project_id = $1 AND id = $2");
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(project.to_string())
        .bind(id.0.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.as_ref().map(read).transpose()
}
