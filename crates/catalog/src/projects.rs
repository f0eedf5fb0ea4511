//! Projects and who belongs to them.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId};
use domain::project_creation::{CreationRule, ProjectCreationContext, ProjectCreationError};
use domain::project_settings::ProjectSettings;
use domain::role::Role;
use engine::ports::catalog::{Error, Membership, NewProject, Project, ProjectStore};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::project_settings;
use crate::row_ext::RowExt;
use crate::stored::decode;

#[async_trait]
impl ProjectStore for Catalog {
    async fn create(
        &self,
        project: NewProject,
        rule: CreationRule,
    ) -> Result<Result<Project, ProjectCreationError>, Error> {
        let mut transaction = self.write().await?;
        lock(&mut transaction, project.owner).await?;
        if let Err(error) = rule.check(standing(&mut transaction, project.owner).await?) {
            return Ok(Err(error));
        }
        let project = insert(&mut transaction, project).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(Ok(project))
    }

    async fn standing(&self, member: MemberId) -> Result<ProjectCreationContext, Error> {
        let mut reads = self.reads.acquire().await.map_err(sql)?;
        standing(&mut reads, member).await
    }

    async fn project(&self, id: ProjectId) -> Result<Option<Project>, Error> {
        let mut reads = self.reads_of(id).await?;
        let row = sqlx::query(
            "SELECT projects.id, projects.name, projects.retention_days, projects.created_at,
                    project_settings.settings, project_logos.updated_at AS logo_at
             FROM projects LEFT JOIN project_settings ON project_settings.project_id = projects.id
             LEFT JOIN project_logos ON project_logos.project_id = projects.id
             WHERE projects.id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(project).transpose()
    }

    async fn of_member(&self, member: MemberId) -> Result<Vec<Membership>, Error> {
        let rows = sqlx::query(
            "SELECT projects.id, projects.name, projects.retention_days, projects.created_at,
                    memberships.role, project_settings.settings, project_logos.updated_at AS logo_at
             FROM memberships JOIN projects ON projects.id = memberships.project_id
             LEFT JOIN project_settings ON project_settings.project_id = projects.id
             LEFT JOIN project_logos ON project_logos.project_id = projects.id
             WHERE memberships.member_id = $1",
        )
        .bind(member.to_string())
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        let mut memberships = rows
            .iter()
            .map(|row| Ok(Membership { project: project(row)?, role: role(row)? }))
            .collect::<Result<Vec<_>, Error>>()?;
        memberships
            .sort_by(|a, b| (&a.project.name, a.project.id).cmp(&(&b.project.name, b.project.id)));
        Ok(memberships)
    }

    async fn role(&self, member: MemberId, project: ProjectId) -> Result<Option<Role>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row =
            sqlx::query("SELECT role FROM memberships WHERE member_id = $1 AND project_id = $2")
                .bind(member.to_string())
                .bind(project.to_string())
                .fetch_optional(&mut *reads)
                .await
                .map_err(sql)?;
        row.as_ref().map(role).transpose()
    }

    async fn all(&self) -> Result<Vec<Project>, Error> {
        let rows = sqlx::query(
            "SELECT projects.id, projects.name, projects.retention_days, projects.created_at,
                    project_settings.settings, project_logos.updated_at AS logo_at
             FROM projects LEFT JOIN project_settings ON project_settings.project_id = projects.id
             LEFT JOIN project_logos ON project_logos.project_id = projects.id
             ORDER BY projects.id",
        )
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        rows.iter().map(project).collect()
    }
}

/// Makes the projects of one owner wait for each other until they are committed: SQLite's writers do
/// anyway, PostgreSQL's wait for the row.
async fn lock(connection: &mut AnyConnection, owner: MemberId) -> Result<(), Error> {
    sqlx::query("UPDATE members SET created_at = created_at WHERE id = $1")
        .bind(owner.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    Ok(())
}

async fn standing(
    connection: &mut AnyConnection,
    member: MemberId,
) -> Result<ProjectCreationContext, Error> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM setup WHERE owner_id = $1) AS is_server_owner,
                (SELECT COUNT(*) FROM memberships
                 WHERE member_id = $1 AND role IN ($2, $3)) AS manages_a_project,
                (SELECT COUNT(*) FROM projects WHERE created_by = $1) AS created",
    )
    .bind(member.to_string())
    .bind(Role::Owner.as_str())
    .bind(Role::Admin.as_str())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    Ok(ProjectCreationContext {
        is_server_owner: row.flag("is_server_owner")?,
        manages_a_project: row.flag("manages_a_project")?,
        created: row.number("created")?,
    })
}

/// Stores a project and its owner's membership within the caller's transaction.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    project: NewProject,
) -> Result<Project, Error> {
    let NewProject { id, name, retention_days, time_zone, owner, created_at } = project;
    sqlx::query(
        "INSERT INTO projects (id, name, retention_days, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.to_string())
    .bind(name.clone())
    .bind(i64::from(retention_days))
    .bind(created_at.micros())
    .bind(owner.to_string())
    .execute(&mut *connection)
    .await
    .map_err(sql)?;
    sqlx::query(
        "INSERT INTO memberships (member_id, project_id, role, created_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(owner.to_string())
    .bind(id.to_string())
    .bind(Role::Owner.as_str())
    .bind(created_at.micros())
    .execute(&mut *connection)
    .await
    .map_err(sql)?;
    let settings = ProjectSettings { time_zone, ..ProjectSettings::default() };
    if settings != ProjectSettings::default() {
        project_settings::TABLE.replace(connection, id, &settings, 0, created_at).await?;
    }
    Ok(Project { id, name, retention_days, time_zone, created_at, logo_at: None })
}

fn project(row: &AnyRow) -> Result<Project, Error> {
    let settings = row.maybe_text("settings")?.map(|text| decode::<ProjectSettings>(&text));
    Ok(Project {
        id: ProjectId(row.id("id")?),
        name: row.text("name")?,
        retention_days: row.number("retention_days")?,
        time_zone: settings.transpose()?.unwrap_or_default().time_zone,
        created_at: row.time("created_at")?,
        logo_at: row.maybe_time("logo_at")?,
    })
}

fn role(row: &AnyRow) -> Result<Role, Error> {
    Role::parse(&row.text("role")?).ok_or_else(|| malformed("role"))
}
