//! Runs of scheduled questions.

use async_trait::async_trait;
use domain::id::{ProjectId, QuestionRunId, SavedQuestionId};
use domain::time::Timestamp;
use engine::ports::catalog::{
    DueQuestion, Error, NewQuestionRun, QuestionRun, QuestionRunStore, RunEnd, RunLease, RunState,
};
use engine::ports::sql::StatementResult;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::saved_questions::question;
use crate::stored::{decode, encode};

#[async_trait]
impl QuestionRunStore for Catalog {
    async fn due_questions(&self, now: Timestamp, most: u32) -> Result<Vec<DueQuestion>, Error> {
        let rows = sqlx::query(
            "SELECT saved_questions.id, project_id, saved_questions.name, description, statement,
                    visibility, details, author_id, members.name AS author_name,
                    members.email AS author_email, version, saved_questions.created_at,
                    updated_at, next_run_at
             FROM saved_questions LEFT JOIN members ON members.id = author_id
             WHERE next_run_at <= $1
             ORDER BY next_run_at, saved_questions.id LIMIT $2",
        )
        .bind(now.micros())
        .bind(i64::from(most))
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        let due = |row: &AnyRow| -> Result<DueQuestion, Error> {
            Ok(DueQuestion {
                project_id: ProjectId(row.id("project_id")?),
                question: question(row)?,
                due_at: row.time("next_run_at")?,
            })
        };
        rows.iter().map(due).collect()
    }

    async fn begin_run(&self, new: &NewQuestionRun) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let moved = sqlx::query(
            "UPDATE saved_questions SET next_run_at = $4
             WHERE project_id = $1 AND id = $2 AND next_run_at = $3",
        )
        .bind(new.project_id.to_string())
        .bind(new.question_id.to_string())
        .bind(new.due_at.micros())
        .bind(new.next_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        let added = sqlx::query(
            "INSERT INTO question_runs (id, project_id, question_id, due_at, started_at, is_running,
                                        is_truncated)
             VALUES ($1, $2, $3, $4, $5, 1, 0)
             ON CONFLICT (question_id, due_at) DO NOTHING",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(new.question_id.to_string())
        .bind(new.due_at.micros())
        .bind(new.started_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn abandoned_runs(
        &self,
        started_before: Timestamp,
        most: u32,
    ) -> Result<Vec<RunLease>, Error> {
        let rows = sqlx::query(
            "SELECT id, project_id, question_id, started_at FROM question_runs
             WHERE is_running = 1 AND started_at < $1
             ORDER BY started_at, id LIMIT $2",
        )
        .bind(started_before.micros())
        .bind(i64::from(most))
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        let lease = |row: &AnyRow| -> Result<RunLease, Error> {
            Ok(RunLease {
                project_id: ProjectId(row.id("project_id")?),
                question_id: SavedQuestionId(row.id("question_id")?),
                id: QuestionRunId(row.id("id")?),
                started_at: row.time("started_at")?,
            })
        };
        rows.iter().map(lease).collect()
    }

    async fn resume_run(&self, run: &RunLease, now: Timestamp) -> Result<bool, Error> {
        let mut transaction = self.write_of(run.project_id).await?;
        let resumed = sqlx::query(
            "UPDATE question_runs SET started_at = $4
             WHERE project_id = $1 AND id = $2 AND is_running = 1 AND started_at = $3",
        )
        .bind(run.project_id.to_string())
        .bind(run.id.to_string())
        .bind(run.started_at.micros())
        .bind(now.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(resumed.rows_affected() == 1)
    }

    async fn end_run(
        &self,
        run: &RunLease,
        end: &RunEnd,
        duration_ms: u64,
        keep: u32,
    ) -> Result<(), Error> {
        let (answer, error) = match end {
            RunEnd::Answered(answer) => (Some(answer), None),
            RunEnd::Failed(error) => (None, Some(error.clone())),
        };
        let rows = answer.map(|answer| i64::try_from(answer.rows.len()).unwrap_or(i64::MAX));
        let mut transaction = self.write_of(run.project_id).await?;
        sqlx::query(
            "UPDATE question_runs
             SET is_running = 0, duration_ms = $4, row_count = $5, is_truncated = $6, error = $7,
                 answer = $8
             WHERE project_id = $1 AND id = $2 AND is_running = 1 AND started_at = $3",
        )
        .bind(run.project_id.to_string())
        .bind(run.id.to_string())
        .bind(run.started_at.micros())
        .bind(i64::try_from(duration_ms).unwrap_or(i64::MAX))
        .bind(rows)
        .bind(i64::from(answer.is_some_and(|answer| answer.is_truncated)))
        .bind(error)
        .bind(answer.map(encode).transpose()?)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        sqlx::query(
            "DELETE FROM question_runs WHERE project_id = $1 AND question_id = $2 AND id NOT IN (
                 SELECT id FROM question_runs WHERE project_id = $1 AND question_id = $2
                 ORDER BY due_at DESC LIMIT $3)",
        )
        .bind(run.project_id.to_string())
        .bind(run.question_id.to_string())
        .bind(i64::from(keep))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(())
    }

    async fn runs(
        &self,
        project: ProjectId,
        question: Option<SavedQuestionId>,
    ) -> Result<Vec<QuestionRun>, Error> {
        let mut reads = self.reads_of(project).await?;
        let query = match question {
            Some(question) => sqlx::query(
                "SELECT id, question_id, due_at, started_at, is_running, duration_ms, row_count,
                        is_truncated, error
                 FROM question_runs WHERE project_id = $1 AND question_id = $2
                 ORDER BY due_at DESC",
            )
            .bind(project.to_string())
            .bind(question.to_string()),
            None => sqlx::query(
                "SELECT id, question_id, due_at, started_at, is_running, duration_ms, row_count,
                        is_truncated, error
                 FROM question_runs AS runs WHERE project_id = $1 AND due_at = (
                     SELECT MAX(due_at) FROM question_runs
                     WHERE project_id = $1 AND question_id = runs.question_id)
                 ORDER BY due_at DESC",
            )
            .bind(project.to_string()),
        };
        let rows = query.fetch_all(&mut *reads).await.map_err(sql)?;
        rows.iter().map(run).collect()
    }

    async fn run(
        &self,
        project: ProjectId,
        question: SavedQuestionId,
        id: QuestionRunId,
    ) -> Result<Option<(QuestionRun, Option<StatementResult>)>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT id, question_id, due_at, started_at, is_running, duration_ms, row_count,
                    is_truncated, error, answer
             FROM question_runs WHERE project_id = $1 AND question_id = $2 AND id = $3",
        )
        .bind(project.to_string())
        .bind(question.to_string())
        .bind(id.to_string())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        let Some(row) = row else { return Ok(None) };
        let answer = row.maybe_text("answer")?.map(|text| decode(&text)).transpose()?;
        Ok(Some((run(&row)?, answer)))
    }

    async fn prune_runs(&self, due_before: Timestamp) -> Result<u64, Error> {
        let mut transaction = self.write().await?;
        let removed = sqlx::query("DELETE FROM question_runs WHERE due_at < $1")
            .bind(due_before.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected())
    }
}

/// Removes the runs of questions that are gone.
pub(crate) async fn remove_orphans(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM question_runs WHERE project_id = $1 AND question_id NOT IN (
             SELECT id FROM saved_questions WHERE project_id = $1)",
    )
    .bind(project.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// Removes every answer of a project: nobody knows whom the rows are about. The runs stay; how many answers went.
pub(crate) async fn remove_answers(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<u64, Error> {
    let removed = sqlx::query(
        "UPDATE question_runs SET answer = NULL WHERE project_id = $1 AND answer IS NOT NULL",
    )
    .bind(project.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(removed.rows_affected())
}

fn run(row: &AnyRow) -> Result<QuestionRun, Error> {
    let duration = row.maybe_number("duration_ms")?.map(u64::try_from).transpose();
    let state = match (row.flag("is_running")?, row.maybe_text("error")?) {
        (true, _) => RunState::Running,
        (false, Some(error)) => RunState::Failed(error),
        (false, None) => RunState::Answered {
            row_count: row.number("row_count")?,
            is_truncated: row.flag("is_truncated")?,
        },
    };
    Ok(QuestionRun {
        id: QuestionRunId(row.id("id")?),
        question_id: SavedQuestionId(row.id("question_id")?),
        due_at: row.time("due_at")?,
        started_at: row.time("started_at")?,
        duration_ms: duration.map_err(|_| malformed("duration_ms"))?,
        state,
    })
}
