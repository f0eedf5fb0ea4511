//! Keys with which programs read and report.

use async_trait::async_trait;
use domain::id::{ProjectId, SecretKeyId};
use domain::key::SecretKeyRole;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SecretKey, SecretKeyStore};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::invitations;
use crate::last_used::{KeyTable, to_the_minute, touch};
use crate::row_ext::RowExt;

#[async_trait]
impl SecretKeyStore for Catalog {
    async fn add_secret_key(&self, key: SecretKey) -> Result<(), Error> {
        let mut transaction = self.write_of(key.project_id).await?;
        sqlx::query(
            "INSERT INTO secret_keys (id, project_id, key_name, key_digest, role, created_at,
                                      expires_at, last_used_at, rate_limit_per_minute)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(key.id.to_string())
        .bind(key.project_id.to_string())
        .bind(key.key_name)
        .bind(key.digest.to_vec())
        .bind(key.role.as_str())
        .bind(key.created_at.micros())
        .bind(key.expires_at.map(Timestamp::micros))
        .bind(key.last_used_at.map(to_the_minute))
        .bind(i64::from(key.rate_limit_per_minute))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn secret_keys_of(&self, project: ProjectId) -> Result<Vec<SecretKey>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, key_name, key_digest, role, created_at, expires_at, last_used_at,
                    rate_limit_per_minute
             FROM secret_keys WHERE project_id = $1 ORDER BY created_at DESC, id DESC",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(secret_key).collect()
    }

    async fn secret_key(&self, digest: &[u8; 32]) -> Result<Option<SecretKey>, Error> {
        let row = sqlx::query(
            "SELECT id, project_id, key_name, key_digest, role, created_at, expires_at, last_used_at,
                    rate_limit_per_minute
             FROM secret_keys WHERE key_digest = $1",
        )
        .bind(digest.to_vec())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(secret_key).transpose()
    }

    async fn revoke_secret_key(&self, project: ProjectId, id: SecretKeyId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let done = sqlx::query("DELETE FROM secret_keys WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        // What it let in by invitation ends with it.
        invitations::end_those_by(&mut transaction, project, id.0).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(done.rows_affected() == 1)
    }

    async fn touch_secret_key(&self, id: SecretKeyId, at: Timestamp) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        touch(&mut transaction, KeyTable::SecretKeys, id.to_string(), at).await?;
        transaction.commit().await.map_err(sql)
    }
}

fn secret_key(row: &AnyRow) -> Result<SecretKey, Error> {
    let digest = row.bytes("key_digest")?;
    Ok(SecretKey {
        id: SecretKeyId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        key_name: row.text("key_name")?,
        digest: digest.try_into().map_err(|_| malformed("key_digest"))?,
        role: SecretKeyRole::parse(&row.text("role")?).ok_or_else(|| malformed("role"))?,
        rate_limit_per_minute: row.number("rate_limit_per_minute")?,
        created_at: row.time("created_at")?,
        expires_at: row.maybe_time("expires_at")?,
        last_used_at: row.maybe_time("last_used_at")?,
    })
}
