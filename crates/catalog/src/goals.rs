//! Goals of projects.

use async_trait::async_trait;
use domain::goal::{GoalKind, GoalMatcher, GoalSettings};
use domain::id::{GoalId, ProjectId};
use domain::money::{Currency, Money};
use engine::ports::catalog::{Error, Goal, GoalStore};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl GoalStore for Catalog {
    async fn add_goal(&self, new: &Goal, most: usize) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let settings = &new.settings;
        let added = sqlx::query(
            "INSERT INTO goals (id, project_id, version, name, kind, target, value_minor,
                                value_currency, created_at)
             SELECT $1, $2, CAST($3 AS BIGINT), $4, $5, $6, CAST($7 AS BIGINT), $8,
                    CAST($9 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM goals WHERE project_id = $2) < $10",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(i64::try_from(new.version).map_err(|_| malformed("version"))?)
        .bind(settings.name.clone())
        .bind(settings.matcher.kind().as_str())
        .bind(settings.matcher.target())
        .bind(settings.value.as_ref().map(|value| value.minor))
        .bind(settings.value.as_ref().map(|value| value.currency.as_str().to_owned()))
        .bind(new.created_at.micros())
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn goals(&self, project: ProjectId) -> Result<Vec<Goal>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, version, name, kind, target, value_minor, value_currency, created_at
             FROM goals WHERE project_id = $1 ORDER BY created_at, id",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(goal).collect()
    }

    async fn goal(&self, project: ProjectId, id: GoalId) -> Result<Option<Goal>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT id, project_id, version, name, kind, target, value_minor, value_currency, created_at
             FROM goals WHERE project_id = $1 AND id = $2",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(goal).transpose()
    }

    async fn replace_goal(
        &self,
        project: ProjectId,
        id: GoalId,
        settings: &GoalSettings,
        expected: u64,
    ) -> Result<Option<Goal>, Error> {
        let Ok(expected) = i64::try_from(expected) else { return Ok(None) };
        let mut transaction = self.write_of(project).await?;
        let row = sqlx::query(
            "UPDATE goals SET version = version + 1, name = $4, kind = $5, target = $6,
                 value_minor = $7, value_currency = $8
             WHERE project_id = $1 AND id = $2 AND version = $3
             RETURNING id, project_id, version, name, kind, target, value_minor, value_currency,
                       created_at",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(expected)
        .bind(settings.name.clone())
        .bind(settings.matcher.kind().as_str())
        .bind(settings.matcher.target())
        .bind(settings.value.as_ref().map(|value| value.minor))
        .bind(settings.value.as_ref().map(|value| value.currency.as_str().to_owned()))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let replaced = row.as_ref().map(goal).transpose()?;
        transaction.commit().await.map_err(sql)?;
        Ok(replaced)
    }

    async fn remove_goal(&self, project: ProjectId, id: GoalId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM goals WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

fn goal(row: &AnyRow) -> Result<Goal, Error> {
    let kind = GoalKind::parse(&row.text("kind")?).ok_or_else(|| malformed("kind"))?;
    let matcher =
        GoalMatcher::parse(kind, &row.text("target")?).map_err(|_| malformed("target"))?;
    Ok(Goal {
        id: GoalId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        version: row.number("version")?,
        settings: GoalSettings { name: row.text("name")?, matcher, value: value(row)? },
        created_at: row.time("created_at")?,
    })
}

fn value(row: &AnyRow) -> Result<Option<Money>, Error> {
    let (minor, currency) = (row.maybe_number("value_minor")?, row.maybe_text("value_currency")?);
    let Some((minor, code)) = minor.zip(currency) else { return Ok(None) };
    let currency = Currency::parse(&code).map_err(|_| malformed("value_currency"))?;
    Ok(Some(Money { minor, currency }))
}
