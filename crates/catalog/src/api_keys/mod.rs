//! Ingest keys.

mod hosts;

use async_trait::async_trait;
use domain::id::{KeyId, ProjectId};
use domain::origin::{AllowedDomain, PageOrigin};
use domain::time::Timestamp;
use engine::ports::catalog::{ApiKey, ApiKeyPatch, ApiKeyStore, Error};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::sql;
use crate::last_used::{KeyTable, to_the_minute, touch};
use crate::row_ext::{NUL, RowExt};
use crate::stored::lists::{decode_domains, encode_domains};

const COLUMNS: &str = "k.id, k.project_id, k.key_name, k.key_text, k.allowed_domains,
     k.rate_limit_per_minute, k.is_active, k.created_at, k.last_used_at";

#[async_trait]
impl ApiKeyStore for Catalog {
    async fn add(&self, key: ApiKey) -> Result<(), Error> {
        let mut transaction = self.write_of(key.project_id).await?;
        sqlx::query(
            "INSERT INTO api_keys (id, project_id, key_name, key_text, allowed_domains,
                                   rate_limit_per_minute, is_active, created_at, last_used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(key.id.to_string())
        .bind(key.project_id.to_string())
        .bind(key.key_name)
        .bind(key.key)
        .bind(encode_domains(&key.allowed_domains)?)
        .bind(i64::from(key.rate_limit_per_minute))
        .bind(i64::from(key.is_active))
        .bind(key.created_at.micros())
        .bind(key.last_used_at.map(to_the_minute))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        hosts::store(&mut transaction, key.id, key.project_id, &key.allowed_domains).await?;
        transaction.commit().await.map_err(sql)
    }

    async fn of_project(&self, project: ProjectId) -> Result<Vec<ApiKey>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, key_name, key_text, allowed_domains, rate_limit_per_minute,
                    is_active, created_at, last_used_at
             FROM api_keys WHERE project_id = $1 ORDER BY created_at DESC, id DESC",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(api_key).collect()
    }

    async fn by_text(&self, key: &str) -> Result<Option<ApiKey>, Error> {
        if key.contains(NUL) {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT id, project_id, key_name, key_text, allowed_domains, rate_limit_per_minute,
                    is_active, created_at, last_used_at
             FROM api_keys WHERE key_text = $1",
        )
        .bind(key.to_owned())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(api_key).transpose()
    }

    async fn by_origin(&self, origin: &PageOrigin) -> Result<Option<ApiKey>, Error> {
        hosts::key_of(self, origin).await
    }

    async fn change(
        &self,
        project: ProjectId,
        id: KeyId,
        changes: ApiKeyPatch,
    ) -> Result<Option<ApiKey>, Error> {
        let mut transaction = self.write_of(project).await?;
        let domains = changes.allowed_domains.as_deref().map(encode_domains).transpose()?;
        let row = sqlx::query(
            "UPDATE api_keys
             SET key_name = COALESCE($3, key_name),
                 allowed_domains = COALESCE($4, allowed_domains),
                 rate_limit_per_minute = COALESCE($5, rate_limit_per_minute),
                 is_active = COALESCE($6, is_active)
             WHERE project_id = $1 AND id = $2
             RETURNING id, project_id, key_name, key_text, allowed_domains, rate_limit_per_minute,
                       is_active, created_at, last_used_at",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(changes.key_name)
        .bind(domains)
        .bind(changes.rate_limit_per_minute.map(i64::from))
        .bind(changes.is_active.map(i64::from))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let key = row.as_ref().map(api_key).transpose()?;
        if let (Some(_), Some(domains)) = (&key, &changes.allowed_domains) {
            hosts::store(&mut transaction, id, project, domains).await?;
        }
        transaction.commit().await.map_err(sql)?;
        Ok(key)
    }

    async fn remove(&self, project: ProjectId, id: KeyId) -> Result<Option<ApiKey>, Error> {
        let mut transaction = self.write_of(project).await?;
        let row = sqlx::query(
            "DELETE FROM api_keys WHERE project_id = $1 AND id = $2
             RETURNING id, project_id, key_name, key_text, allowed_domains, rate_limit_per_minute,
                       is_active, created_at, last_used_at",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let removed = row.as_ref().map(api_key).transpose()?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed)
    }

    async fn touch(&self, used: &[(KeyId, Timestamp)]) -> Result<(), Error> {
        if used.is_empty() {
            return Ok(());
        }
        let mut transaction = self.write().await?;
        for (id, at) in used {
            touch(&mut transaction, KeyTable::ApiKeys, id.to_string(), *at).await?;
        }
        transaction.commit().await.map_err(sql)
    }
}

fn domains(row: &AnyRow) -> Result<Vec<AllowedDomain>, Error> {
    decode_domains(&row.text("allowed_domains")?)
}

fn api_key(row: &AnyRow) -> Result<ApiKey, Error> {
    Ok(ApiKey {
        id: KeyId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        key_name: row.text("key_name")?,
        key: row.text("key_text")?,
        allowed_domains: domains(row)?,
        rate_limit_per_minute: row.number("rate_limit_per_minute")?,
        is_active: row.flag("is_active")?,
        created_at: row.time("created_at")?,
        last_used_at: row.maybe_time("last_used_at")?,
    })
}
