//! Members' sign-in sessions.

use async_trait::async_trait;
use domain::id::MemberId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SignIn, SignInStore};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl SignInStore for Catalog {
    async fn add(&self, sign_in: SignIn) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sign_ins WHERE expires_at <= $1")
            .bind(sign_in.created_at.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        sqlx::query(
            "INSERT INTO sign_ins (token_digest, member_id, created_at, expires_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(sign_in.token_digest.to_vec())
        .bind(sign_in.member.to_string())
        .bind(sign_in.created_at.micros())
        .bind(sign_in.expires_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn find(&self, token_digest: &[u8; 32], now: Timestamp) -> Result<Option<SignIn>, Error> {
        let row = sqlx::query(
            "SELECT token_digest, member_id, created_at, expires_at FROM sign_ins
             WHERE token_digest = $1 AND expires_at > $2",
        )
        .bind(token_digest.to_vec())
        .bind(now.micros())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(sign_in).transpose()
    }

    async fn remove(&self, token_digest: &[u8; 32]) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sign_ins WHERE token_digest = $1")
            .bind(token_digest.to_vec())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn remove_all(&self, member: MemberId) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sign_ins WHERE member_id = $1")
            .bind(member.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }
}

fn sign_in(row: &AnyRow) -> Result<SignIn, Error> {
    let token_digest = row.bytes("token_digest")?;
    Ok(SignIn {
        token_digest: token_digest.try_into().map_err(|_| malformed("token_digest"))?,
        member: MemberId(row.id("member_id")?),
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}
