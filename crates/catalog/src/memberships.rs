//! Memberships of projects and their roles.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId};
use domain::role::{Role, RoleChange, RoleChangeError};
use engine::ports::catalog::{Error, MembershipStore, ProjectMember};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::boards;
use crate::error::{malformed, sql};
use crate::invitations;
use crate::row_ext::RowExt;
use crate::saved_questions;

#[async_trait]
impl MembershipStore for Catalog {
    async fn members_of(&self, project: ProjectId) -> Result<Vec<ProjectMember>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT members.id, members.email, members.name, memberships.role,
                    memberships.created_at
             FROM memberships JOIN members ON members.id = memberships.member_id
             WHERE memberships.project_id = $1
             ORDER BY memberships.created_at, members.id",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(project_member).collect()
    }

    async fn change_membership(
        &self,
        project: ProjectId,
        member: MemberId,
        change: RoleChange,
    ) -> Result<Option<Result<Role, RoleChangeError>>, Error> {
        let mut transaction = self.write_of(project).await?;
        lock(&mut transaction, project).await?;
        let roles = sqlx::query("SELECT member_id, role FROM memberships WHERE project_id = $1")
            .bind(project.to_string())
            .fetch_all(&mut *transaction)
            .await
            .map_err(sql)?
            .iter()
            .map(|row| Ok((MemberId(row.id("member_id")?), role(row)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        let Some((_, from)) = roles.iter().find(|(id, _)| *id == member) else { return Ok(None) };
        let owners = roles.iter().filter(|(_, role)| *role == Role::Owner).count();
        if let Err(error) = change.check(*from, owners) {
            return Ok(Some(Err(error)));
        }
        write(&mut transaction, project, member, change.to).await?;
        if !change.to.is_some_and(|to| to.includes(Role::Admin)) {
            invitations::end_those_by(&mut transaction, project, member.0).await?;
        }
        if change.to.is_none() {
            saved_questions::remove_own_of(&mut transaction, project, member).await?;
            boards::remove_own_of(&mut transaction, project, member).await?;
        }
        transaction.commit().await.map_err(sql)?;
        Ok(Some(Ok(*from)))
    }
}

/// Makes the changes of one project's memberships wait for each other until they are committed:
/// SQLite's writers do anyway, PostgreSQL's wait for the row.
async fn lock(connection: &mut AnyConnection, project: ProjectId) -> Result<(), Error> {
    sqlx::query("UPDATE projects SET created_at = created_at WHERE id = $1")
        .bind(project.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    Ok(())
}

async fn write(
    connection: &mut AnyConnection,
    project: ProjectId,
    member: MemberId,
    to: Option<Role>,
) -> Result<(), Error> {
    let query = match to {
        Some(to) => {
            sqlx::query("UPDATE memberships SET role = $3 WHERE project_id = $1 AND member_id = $2")
                .bind(project.to_string())
                .bind(member.to_string())
                .bind(to.as_str())
        }
        None => sqlx::query("DELETE FROM memberships WHERE project_id = $1 AND member_id = $2")
            .bind(project.to_string())
            .bind(member.to_string()),
    };
    query.execute(&mut *connection).await.map_err(sql)?;
    if to.is_none() {
        sqlx::query(
            "DELETE FROM segments WHERE project_id = $1 AND author_id = $2 AND is_shared = 0",
        )
        .bind(project.to_string())
        .bind(member.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    }
    Ok(())
}

fn project_member(row: &AnyRow) -> Result<ProjectMember, Error> {
    Ok(ProjectMember {
        id: MemberId(row.id("id")?),
        email: row.text("email")?,
        name: row.text("name")?,
        role: role(row)?,
        joined_at: row.time("created_at")?,
    })
}

fn role(row: &AnyRow) -> Result<Role, Error> {
    Role::parse(&row.text("role")?).ok_or_else(|| malformed("role"))
}
