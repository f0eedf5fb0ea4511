//! Invitations to a project.

use async_trait::async_trait;
use domain::id::{InvitationId, MemberId, ProjectId};
use domain::role::Role;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Invitation, InvitationAccepter, InvitationStore};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::members;
use crate::row_ext::RowExt;

#[async_trait]
impl InvitationStore for Catalog {
    async fn invite(&self, invitation: Invitation) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM invitations WHERE expires_at <= $1")
            .bind(invitation.created_at.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        sqlx::query(
            "INSERT INTO invitations (id, project_id, email, role, token_digest, invited_by,
                                      inviter_name, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (project_id, email) DO UPDATE
             SET id = excluded.id, role = excluded.role, token_digest = excluded.token_digest,
                 invited_by = excluded.invited_by, inviter_name = excluded.inviter_name,
                 created_at = excluded.created_at, expires_at = excluded.expires_at",
        )
        .bind(invitation.id.to_string())
        .bind(invitation.project_id.to_string())
        .bind(members::case_folded(&invitation.email))
        .bind(invitation.role.as_str())
        .bind(invitation.token_digest.to_vec())
        .bind(invitation.invited_by.to_string())
        .bind(invitation.inviter_name)
        .bind(invitation.created_at.micros())
        .bind(invitation.expires_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn invitations_of(
        &self,
        project: ProjectId,
        now: Timestamp,
    ) -> Result<Vec<Invitation>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, email, role, token_digest, invited_by, inviter_name, created_at,
                    expires_at
             FROM invitations WHERE project_id = $1 AND expires_at > $2
             ORDER BY created_at DESC, id DESC",
        )
        .bind(project.to_string())
        .bind(now.micros())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(invitation).collect()
    }

    async fn invitation(
        &self,
        token_digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Invitation>, Error> {
        let row = sqlx::query(
            "SELECT id, project_id, email, role, token_digest, invited_by, inviter_name, created_at,
                    expires_at
             FROM invitations WHERE token_digest = $1 AND expires_at > $2",
        )
        .bind(token_digest.to_vec())
        .bind(now.micros())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(invitation).transpose()
    }

    async fn revoke_invitation(&self, project: ProjectId, id: InvitationId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let done = sqlx::query("DELETE FROM invitations WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(done.rows_affected() == 1)
    }

    async fn accept_invitation(
        &self,
        token_digest: &[u8; 32],
        guest: InvitationAccepter,
        now: Timestamp,
    ) -> Result<Option<Invitation>, Error> {
        let mut transaction = self.write().await?;
        // Whoever deletes the row has the invitation.
        let row = sqlx::query(
            "DELETE FROM invitations WHERE token_digest = $1 AND expires_at > $2
             RETURNING id, project_id, email, role, token_digest, invited_by, inviter_name,
                       created_at, expires_at",
        )
        .bind(token_digest.to_vec())
        .bind(now.micros())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let Some(row) = row else { return Ok(None) };
        let invitation = invitation(&row)?;
        let member = match guest {
            InvitationAccepter::Known(id) => id,
            InvitationAccepter::New(member) => {
                let id = member.id;
                members::insert(&mut transaction, *member).await?;
                id
            }
        };
        join(&mut transaction, &invitation, member, now).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(Some(invitation))
    }
}

async fn join(
    connection: &mut AnyConnection,
    invitation: &Invitation,
    member: MemberId,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO memberships (member_id, project_id, role, created_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (member_id, project_id) DO NOTHING",
    )
    .bind(member.to_string())
    .bind(invitation.project_id.to_string())
    .bind(invitation.role.as_str())
    .bind(now.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// Ends the invitations somebody made, within the caller's transaction.
pub(crate) async fn end_those_by(
    connection: &mut AnyConnection,
    project: ProjectId,
    inviter: Uuid,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM invitations WHERE project_id = $1 AND invited_by = $2")
        .bind(project.to_string())
        .bind(inviter.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    Ok(())
}

fn invitation(row: &AnyRow) -> Result<Invitation, Error> {
    let token_digest = row.bytes("token_digest")?;
    Ok(Invitation {
        id: InvitationId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        email: row.text("email")?,
        role: Role::parse(&row.text("role")?).ok_or_else(|| malformed("role"))?,
        token_digest: token_digest.try_into().map_err(|_| malformed("token_digest"))?,
        invited_by: row.id("invited_by")?,
        inviter_name: row.text("inviter_name")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}
