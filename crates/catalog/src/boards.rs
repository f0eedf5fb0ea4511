//! Boards that members put together.

use async_trait::async_trait;
use domain::id::{BoardId, MemberId, ProjectId};
use domain::time::Timestamp;
use domain::visibility::Visibility;
use engine::ports::catalog::{Board, BoardContent, BoardStore, BoardSummary, Error, NewBoard};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::stored::{decode, encode};

#[async_trait]
impl BoardStore for Catalog {
    async fn add_board(&self, new: &NewBoard, most: u32) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let content = &new.content;
        let added = sqlx::query(
            "INSERT INTO boards (id, project_id, author_id, name, visibility, cards, card_count,
                                 version, created_at, updated_at)
             SELECT $1, $2, $3, $4, $5, $6, CAST($7 AS BIGINT), 1, CAST($8 AS BIGINT),
                    CAST($8 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM boards WHERE project_id = $2) < $9",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(new.author.to_string())
        .bind(content.name.clone())
        .bind(content.visibility.as_str())
        .bind(encode(&content.cards)?)
        .bind(card_count(content))
        .bind(new.created_at.micros())
        .bind(i64::from(most))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn boards(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<BoardSummary>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT boards.id, boards.name, visibility, author_id, members.name AS author_name,
                    members.email AS author_email, card_count, version, boards.created_at,
                    updated_at
             FROM boards LEFT JOIN members ON members.id = author_id
             WHERE project_id = $1 AND (visibility = 'project' OR author_id = $2)
             ORDER BY boards.name, boards.id",
        )
        .bind(project.to_string())
        // No id is empty.
        .bind(member.map(|member| member.to_string()).unwrap_or_default())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(summary).collect()
    }

    async fn board(&self, project: ProjectId, id: BoardId) -> Result<Option<Board>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT boards.id, boards.name, visibility, author_id, members.name AS author_name,
                    members.email AS author_email, cards, card_count, version,
                    boards.created_at, updated_at
             FROM boards LEFT JOIN members ON members.id = author_id
             WHERE project_id = $1 AND boards.id = $2",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        let board = |row: AnyRow| -> Result<Board, Error> {
            Ok(Board { summary: summary(&row)?, cards: decode(&row.text("cards")?)? })
        };
        row.map(board).transpose()
    }

    async fn replace_board(
        &self,
        project: ProjectId,
        id: BoardId,
        content: &BoardContent,
        expected: u64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Ok(expected) = i64::try_from(expected) else { return Ok(false) };
        let mut transaction = self.write_of(project).await?;
        let replaced = sqlx::query(
            "UPDATE boards
             SET name = $4, visibility = $5, cards = $6, card_count = $7, version = version + 1,
                 updated_at = $8
             WHERE project_id = $1 AND id = $2 AND version = $3",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(expected)
        .bind(content.name.clone())
        .bind(content.visibility.as_str())
        .bind(encode(&content.cards)?)
        .bind(card_count(content))
        .bind(now.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(replaced.rows_affected() == 1)
    }

    async fn remove_board(&self, project: ProjectId, id: BoardId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM boards WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

/// Removes what nobody sees any more: the own boards of a member who leaves the project. What they have
/// shared stays.
pub(crate) async fn remove_own_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    author: MemberId,
) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM boards WHERE project_id = $1 AND author_id = $2 AND visibility = 'own'",
    )
    .bind(project.to_string())
    .bind(author.to_string())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// Stored apart from the document, so that a list need not read it.
fn card_count(content: &BoardContent) -> i64 {
    i64::try_from(content.cards.len()).unwrap_or(i64::MAX)
}

fn summary(row: &AnyRow) -> Result<BoardSummary, Error> {
    let visibility = row.text("visibility")?;
    let name = row.maybe_text("author_name")?.filter(|name| !name.is_empty());
    Ok(BoardSummary {
        id: BoardId(row.id("id")?),
        name: row.text("name")?,
        visibility: Visibility::parse(&visibility).ok_or_else(|| malformed("visibility"))?,
        author: MemberId(row.id("author_id")?),
        author_name: name.map_or_else(|| row.maybe_text("author_email"), |name| Ok(Some(name)))?,
        card_count: row.number("card_count")?,
        version: row.number("version")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}
