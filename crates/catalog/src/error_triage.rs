//! Members' decisions about groups of errors.

use async_trait::async_trait;
use domain::error_triage::{ErrorDecision, ErrorTriage, Resolution};
use domain::id::{MemberId, ProjectId};
use engine::ports::catalog::{Error, ErrorTriageChange, ErrorTriageStore, NewErrorDecision};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::{NUL, RowExt};

/// A row with the release it waits for, and its assignee as long as they are a member of the project.
const COLUMNS: &str =
    "SELECT error_group, decision, resolved_at, in_next_release, changed_by, changed_at,
        (SELECT MIN(occurred_at) FROM annotations
         WHERE annotations.project_id = error_triage.project_id AND annotations.kind = 'release'
           AND annotations.occurred_at > error_triage.resolved_at) AS released_at,
        (SELECT member_id FROM memberships
         WHERE memberships.project_id = error_triage.project_id
           AND memberships.member_id = error_triage.assigned_to) AS assigned_to
    FROM error_triage WHERE project_id = $1";
/// Of a row: says more than that somebody has looked at it.
const IS_TRIAGED: &str = "(decision <> 'open' OR assigned_to IS NOT NULL)";

#[async_trait]
impl ErrorTriageStore for Catalog {
    async fn triaged(
        &self,
        project: ProjectId,
        limit: u32,
    ) -> Result<Vec<(String, ErrorTriage)>, Error> {
        let mut reads = self.reads_of(project).await?;
        let statement = format!("{COLUMNS} AND {IS_TRIAGED} ORDER BY error_group LIMIT $2");
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        rows.iter().map(|row| Ok((row.text("error_group")?, triage(row)?))).collect()
    }

    async fn triage(&self, project: ProjectId, group: &str) -> Result<ErrorTriage, Error> {
        if group.contains(NUL) {
            return Ok(ErrorTriage::default());
        }
        let mut reads = self.reads_of(project).await?;
        Ok(load(&mut reads, project, group).await?.unwrap_or_default())
    }

    async fn change_triage(
        &self,
        project: ProjectId,
        group: &str,
        change: ErrorTriageChange,
        most: u32,
    ) -> Result<Option<ErrorTriage>, Error> {
        let mut transaction = self.write_of(project).await?;
        let (decision, resolved_at, in_next_release) = match change.decision {
            None | Some(NewErrorDecision::Open) => ("open", None, false),
            Some(NewErrorDecision::Ignored) => ("ignored", None, false),
            Some(NewErrorDecision::Resolved { at, in_next_release }) => {
                ("resolved", Some(at.micros()), in_next_release)
            }
        };
        let assigned_to = change.assigned_to.flatten().map(|member| member.to_string());
        let statement = format!(
            "INSERT INTO error_triage (project_id, error_group, decision, resolved_at, in_next_release,
                                       assigned_to, changed_by, changed_at)
             SELECT $1, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), $6, $7, CAST($8 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM error_triage
                    WHERE project_id = $1 AND error_group <> $2 AND {IS_TRIAGED}) < $9
             ON CONFLICT (project_id, error_group) DO UPDATE SET
                 decision = CASE WHEN CAST($10 AS BIGINT) = 1 THEN excluded.decision ELSE error_triage.decision END,
                 resolved_at = CASE WHEN CAST($10 AS BIGINT) = 1 THEN excluded.resolved_at ELSE error_triage.resolved_at END,
                 in_next_release = CASE WHEN CAST($10 AS BIGINT) = 1 THEN excluded.in_next_release
                                        ELSE error_triage.in_next_release END,
                 assigned_to = CASE WHEN CAST($11 AS BIGINT) = 1 THEN excluded.assigned_to ELSE error_triage.assigned_to END,
                 changed_by = excluded.changed_by, changed_at = excluded.changed_at"
        );
        let changed = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(group.to_owned())
            .bind(decision)
            .bind(resolved_at)
            .bind(i64::from(in_next_release))
            .bind(assigned_to)
            .bind(change.by.map(|member| member.to_string()))
            .bind(change.at.micros())
            .bind(i64::from(most))
            .bind(i64::from(change.decision.is_some()))
            .bind(i64::from(change.assigned_to.is_some()))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        if changed.rows_affected() == 0 {
            return Ok(None);
        }
        let triage = load(&mut transaction, project, group).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(triage)
    }
}

async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    group: &str,
) -> Result<Option<ErrorTriage>, Error> {
    let row = sqlx::query(AssertSqlSafe(format!("{COLUMNS} AND error_group = $2")))
        .bind(project.to_string())
        .bind(group.to_owned())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.as_ref().map(triage).transpose()
}

fn triage(row: &AnyRow) -> Result<ErrorTriage, Error> {
    let decision = match &*row.text("decision")? {
        "open" => ErrorDecision::Open,
        "ignored" => ErrorDecision::Ignored,
        "resolved" => ErrorDecision::Resolved(Resolution {
            at: row.time("resolved_at")?,
            in_next_release: row.flag("in_next_release")?,
            released_at: row.maybe_time("released_at")?,
        }),
        _ => return Err(malformed("decision")),
    };
    Ok(ErrorTriage {
        decision,
        assigned_to: member(row, "assigned_to")?,
        changed_by: member(row, "changed_by")?,
        changed_at: Some(row.time("changed_at")?),
    })
}

fn member(row: &AnyRow, column: &'static str) -> Result<Option<MemberId>, Error> {
    let text = row.maybe_text(column)?;
    text.map(|text| text.parse().map(MemberId).map_err(|_| malformed(column))).transpose()
}
