//! Statements of SQL that members keep.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId, SavedQuestionId};
use domain::saved_question::QuestionDetails;
use domain::time::Timestamp;
use domain::visibility::Visibility;
use engine::ports::catalog::{
    Error, NewSavedQuestion, QuestionContent, SavedQuestion, SavedQuestionStore,
    SavedQuestionSummary,
};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::question_runs;
use crate::row_ext::RowExt;
use crate::stored::{decode, encode};

#[async_trait]
impl SavedQuestionStore for Catalog {
    async fn add_saved_question(&self, new: &NewSavedQuestion, most: u32) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let content = &new.content;
        let added = sqlx::query(
            "INSERT INTO saved_questions (id, project_id, author_id, name, description, statement,
                                          visibility, details, version, created_at, updated_at,
                                          next_run_at)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, 1, CAST($9 AS BIGINT), CAST($9 AS BIGINT),
                    CAST($11 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM saved_questions WHERE project_id = $2) < $10",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(new.author.to_string())
        .bind(content.name.clone())
        .bind(content.description.clone())
        .bind(content.statement.clone())
        .bind(content.visibility.as_str())
        .bind(encode(&content.details)?)
        .bind(new.created_at.micros())
        .bind(i64::from(most))
        .bind(new.next_run_at.map(Timestamp::micros))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn saved_questions(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<SavedQuestionSummary>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT saved_questions.id, saved_questions.name, description, visibility, details,
                    author_id, members.name AS author_name, members.email AS author_email,
                    version, saved_questions.created_at, updated_at, next_run_at
             FROM saved_questions LEFT JOIN members ON members.id = author_id
             WHERE project_id = $1 AND (visibility = 'project' OR author_id = $2)
             ORDER BY saved_questions.name, saved_questions.id",
        )
        .bind(project.to_string())
        // No id is empty.
        .bind(member.map(|member| member.to_string()).unwrap_or_default())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(summary).collect()
    }

    async fn scheduled_questions(&self, project: ProjectId) -> Result<Vec<SavedQuestionId>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id FROM saved_questions WHERE project_id = $1 AND next_run_at IS NOT NULL",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(|row| row.id("id").map(SavedQuestionId)).collect()
    }

    async fn saved_question(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
    ) -> Result<Option<SavedQuestion>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT saved_questions.id, saved_questions.name, description, statement, visibility,
                    details, author_id, members.name AS author_name,
                    members.email AS author_email, version, saved_questions.created_at,
                    updated_at, next_run_at
             FROM saved_questions LEFT JOIN members ON members.id = author_id
             WHERE project_id = $1 AND saved_questions.id = $2",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(question).transpose()
    }

    async fn replace_saved_question(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        content: &QuestionContent,
        expected: u64,
        (now, next_run_at): (Timestamp, Option<Timestamp>),
    ) -> Result<bool, Error> {
        let Ok(expected) = i64::try_from(expected) else { return Ok(false) };
        let mut transaction = self.write_of(project).await?;
        let replaced = sqlx::query(
            "UPDATE saved_questions
             SET name = $4, description = $5, statement = $6, visibility = $7, details = $8,
                 version = version + 1, updated_at = $9, next_run_at = $10
             WHERE project_id = $1 AND id = $2 AND version = $3",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(expected)
        .bind(content.name.clone())
        .bind(content.description.clone())
        .bind(content.statement.clone())
        .bind(content.visibility.as_str())
        .bind(encode(&content.details)?)
        .bind(now.micros())
        .bind(next_run_at.map(Timestamp::micros))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(replaced.rows_affected() == 1)
    }

    async fn remove_saved_question(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
    ) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM saved_questions WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        question_runs::remove_orphans(&mut transaction, project).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

/// Removes what nobody sees any more: the own questions of a member who leaves the project. What they have
/// shared stays.
pub(crate) async fn remove_own_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    author: MemberId,
) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM saved_questions
         WHERE project_id = $1 AND author_id = $2 AND visibility = 'own'",
    )
    .bind(project.to_string())
    .bind(author.to_string())
    .execute(&mut *connection)
    .await
    .map_err(sql)?;
    question_runs::remove_orphans(connection, project).await
}

/// A row with all columns of a question and its author's name and address.
pub(crate) fn question(row: &AnyRow) -> Result<SavedQuestion, Error> {
    Ok(SavedQuestion {
        summary: summary(row)?,
        statement: row.text("statement")?,
        details: decode(&row.text("details")?)?,
    })
}

fn summary(row: &AnyRow) -> Result<SavedQuestionSummary, Error> {
    let details: QuestionDetails = decode(&row.text("details")?)?;
    let visibility = row.text("visibility")?;
    let name = row.maybe_text("author_name")?.filter(|name| !name.is_empty());
    Ok(SavedQuestionSummary {
        id: SavedQuestionId(row.id("id")?),
        name: row.text("name")?,
        description: row.text("description")?,
        visibility: Visibility::parse(&visibility).ok_or_else(|| malformed("visibility"))?,
        author: MemberId(row.id("author_id")?),
        author_name: name.map_or_else(|| row.maybe_text("author_email"), |name| Ok(Some(name)))?,
        version: row.number("version")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
        schedule: details.schedule,
        next_run_at: row.maybe_time("next_run_at")?,
    })
}
