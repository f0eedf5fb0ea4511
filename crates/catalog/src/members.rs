//! People who sign in, and the one set-up that makes the first of them.

use async_trait::async_trait;
use domain::id::MemberId;
use engine::ports::catalog::{Error, Member, MemberStore, NewMember, NewProject, PasswordHash};
use secrecy::ExposeSecret as _;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::sql;
use crate::projects;
use crate::row_ext::{NUL, RowExt};

#[async_trait]
impl MemberStore for Catalog {
    async fn set_up(&self, member: NewMember, project: NewProject) -> Result<bool, Error> {
        let mut transaction = self.write().await?;
        if !claim_set_up(&mut transaction, &member).await? {
            return Ok(false);
        }
        insert(&mut transaction, member).await?;
        projects::insert(&mut transaction, project).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(true)
    }

    async fn is_set_up(&self) -> Result<bool, Error> {
        let row = sqlx::query("SELECT completed_at FROM setup")
            .fetch_optional(&self.reads)
            .await
            .map_err(sql)?;
        Ok(row.is_some())
    }

    async fn member(&self, id: MemberId) -> Result<Option<Member>, Error> {
        let row = sqlx::query(
            "SELECT id, email, name, password_hash, created_at FROM members WHERE id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(member).transpose()
    }

    async fn by_email(&self, email: &str) -> Result<Option<Member>, Error> {
        if email.contains(NUL) {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT id, email, name, password_hash, created_at FROM members WHERE email = $1",
        )
        .bind(case_folded(email))
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(member).transpose()
    }

    async fn rename(&self, id: MemberId, name: &str) -> Result<Option<Member>, Error> {
        let mut transaction = self.write().await?;
        let row = sqlx::query(
            "UPDATE members SET name = $2 WHERE id = $1
             RETURNING id, email, name, password_hash, created_at",
        )
        .bind(id.to_string())
        .bind(name.to_owned())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let renamed = row.as_ref().map(member).transpose()?;
        transaction.commit().await.map_err(sql)?;
        Ok(renamed)
    }

    async fn replace_password(
        &self,
        id: MemberId,
        expected: &PasswordHash,
        password_hash: &PasswordHash,
        kept: &[u8; 32],
    ) -> Result<bool, Error> {
        let mut transaction = self.write().await?;
        let replaced = sqlx::query(
            "UPDATE members SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        )
        .bind(id.to_string())
        .bind(expected.expose_secret().to_owned())
        .bind(password_hash.expose_secret().to_owned())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        if replaced.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM sign_ins WHERE member_id = $1 AND token_digest <> $2")
            .bind(id.to_string())
            .bind(kept.to_vec())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(true)
    }
}

/// Whether the caller's transaction is the first to complete set-up. The row's key decides: a
/// concurrent transaction waits for the first and then finds the row there.
async fn claim_set_up(connection: &mut AnyConnection, owner: &NewMember) -> Result<bool, Error> {
    let claimed = sqlx::query(
        "INSERT INTO setup (only_row, completed_at, owner_id) VALUES (1, $1, $2)
         ON CONFLICT (only_row) DO NOTHING",
    )
    .bind(owner.created_at.micros())
    .bind(owner.id.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(claimed.rows_affected() == 1)
}

/// Stores a member within the caller's transaction.
pub(crate) async fn insert(connection: &mut AnyConnection, member: NewMember) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO members (id, email, name, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(member.id.to_string())
    .bind(case_folded(&member.email))
    .bind(member.name)
    .bind(member.password_hash.expose_secret().to_owned())
    .bind(member.created_at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// An address as it is stored and compared. In Rust, because `lower()` knows only ASCII in SQLite.
pub(crate) fn case_folded(email: &str) -> String {
    email.to_lowercase()
}

fn member(row: &AnyRow) -> Result<Member, Error> {
    Ok(Member {
        id: MemberId(row.id("id")?),
        email: row.text("email")?,
        name: row.text("name")?,
        password_hash: row.text("password_hash")?.into(),
        created_at: row.time("created_at")?,
    })
}
