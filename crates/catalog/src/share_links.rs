//! Links that show one page of the dashboard to anyone who has them.

use async_trait::async_trait;
use domain::id::{ProjectId, ShareLinkId};
use domain::share_link::SharedPage;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ShareLink, ShareLinkStore};
use secrecy::ExposeSecret as _;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::last_used::{KeyTable, to_the_minute, touch};
use crate::row_ext::RowExt;

#[async_trait]
impl ShareLinkStore for Catalog {
    async fn add_share_link(&self, new: &ShareLink, most: u32) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let password_hash = new.password_hash.as_ref();
        let added = sqlx::query(
            "INSERT INTO share_links (id, project_id, name, digest, page, search, password_hash,
                                      can_embed, created_at, expires_at, last_used_at)
             SELECT $1, $2, $3, $4, $5, $6, $7, CAST($8 AS BIGINT), CAST($9 AS BIGINT),
                    CAST($10 AS BIGINT), CAST($11 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM share_links WHERE project_id = $2) < $12",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(new.name.clone())
        .bind(new.digest.to_vec())
        .bind(new.page.as_str())
        .bind(new.search.clone())
        .bind(password_hash.map(|hash| hash.expose_secret().to_owned()))
        .bind(i64::from(new.can_embed))
        .bind(new.created_at.micros())
        .bind(new.expires_at.map(Timestamp::micros))
        .bind(new.last_used_at.map(to_the_minute))
        .bind(i64::from(most))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn share_links(&self, project: ProjectId) -> Result<Vec<ShareLink>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, name, digest, page, search, password_hash, can_embed,
                    created_at, expires_at, last_used_at
             FROM share_links WHERE project_id = $1 ORDER BY created_at DESC, id DESC",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(share_link).collect()
    }

    async fn share_link(&self, digest: &[u8; 32]) -> Result<Option<ShareLink>, Error> {
        let row = sqlx::query(
            "SELECT id, project_id, name, digest, page, search, password_hash, can_embed,
                    created_at, expires_at, last_used_at
             FROM share_links WHERE digest = $1",
        )
        .bind(digest.to_vec())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(share_link).transpose()
    }

    async fn remove_share_link(&self, project: ProjectId, id: ShareLinkId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let done = sqlx::query("DELETE FROM share_links WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(done.rows_affected() == 1)
    }

    async fn touch_share_link(&self, id: ShareLinkId, at: Timestamp) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        touch(&mut transaction, KeyTable::ShareLinks, id.to_string(), at).await?;
        transaction.commit().await.map_err(sql)
    }
}

fn share_link(row: &AnyRow) -> Result<ShareLink, Error> {
    Ok(ShareLink {
        id: ShareLinkId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        name: row.text("name")?,
        digest: row.bytes("digest")?.try_into().map_err(|_| malformed("digest"))?,
        page: SharedPage::parse(&row.text("page")?).ok_or_else(|| malformed("page"))?,
        search: row.text("search")?,
        password_hash: row.maybe_text("password_hash")?.map(Into::into),
        can_embed: row.flag("can_embed")?,
        created_at: row.time("created_at")?,
        expires_at: row.maybe_time("expires_at")?,
        last_used_at: row.maybe_time("last_used_at")?,
    })
}
