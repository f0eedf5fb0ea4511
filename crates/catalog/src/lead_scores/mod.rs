//! Lead scores: signals kept as a projection, and the weights of a project.

mod expired;
mod function;
mod projection;

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::{EventId, ProjectId};
use domain::score::{self, Signal, Weights};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, LeadScore, LeadScoreStore, NewSignal, VersionedWeights};
use engine::ports::journal::Position;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::bulk::{self, Value};
use crate::documents::DocumentTable;
use crate::error::{malformed, sql};
use crate::positions::advance;
use crate::row_ext::{NUL, RowExt};
use crate::subjects::{for_each, user_ids};

pub(crate) use expired::remove_expired;

/// This projection's row among the positions.
const PROJECTION: &str = "lead_scores";

const WEIGHTS: DocumentTable = DocumentTable { table: "lead_weights", column: "weights" };

#[async_trait]
impl LeadScoreStore for Catalog {
    async fn position(&self) -> Result<Position, Error> {
        self.projection_position(PROJECTION).await
    }

    async fn apply(&self, signals: &[NewSignal], position: Position) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        if !advance(&mut transaction, PROJECTION, position).await? {
            return Ok(());
        }
        let signals = projection::above_floors(&mut transaction, signals).await?;
        projection::store_signals(&mut transaction, &signals).await?;
        projection::rescore(&mut transaction, projection::customers(&signals)).await?;
        transaction.commit().await.map_err(sql)
    }

    async fn signals(&self, project: ProjectId, user_id: &str) -> Result<Vec<Signal>, Error> {
        if user_id.contains(NUL) {
            return Ok(Vec::new());
        }
        let mut connection = self.reads_of(project).await?;
        signals_of(&mut connection, project, user_id).await
    }

    async fn signals_of(
        &self,
        project: ProjectId,
        user_ids: &[String],
    ) -> Result<BTreeMap<String, Vec<Signal>>, Error> {
        let keys = user_ids.iter().filter(|user_id| !user_id.contains(NUL));
        let keys: Vec<[Value; 1]> = keys.map(|user_id| [user_id.as_str().into()]).collect();
        let mut reads = self.reads_of(project).await?;
        let rows = bulk::select(
            &mut reads,
            "SELECT user_id, event_id, name, occurred_at, session_id FROM lead_signals
             WHERE project_id = $1 AND user_id IN (KEYS)",
            project,
            &keys,
        )
        .await?;
        let mut found: BTreeMap<String, Vec<Signal>> = BTreeMap::new();
        for row in &rows {
            found.entry(row.text("user_id")?).or_default().push(signal(row)?);
        }
        Ok(found)
    }

    async fn highest(
        &self,
        project: ProjectId,
        after: Option<LeadScore>,
        limit: u32,
    ) -> Result<Vec<LeadScore>, Error> {
        let after =
            after.map_or((101, String::new()), |last| (i64::from(last.score), last.user_id));
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT s.user_id, u.email, u.name, s.score, s.as_of, s.calculated
             FROM lead_scores s
             LEFT JOIN users u ON u.project_id = s.project_id AND u.id = s.user_id
             WHERE s.project_id = $1 AND (s.score < $2 OR (s.score = $2 AND s.user_id > $3))
             ORDER BY s.score DESC, s.user_id LIMIT $4",
        )
        .bind(project.to_string())
        .bind(after.0)
        .bind(after.1)
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(lead_score).collect()
    }

    async fn weights(&self, project: ProjectId) -> Result<VersionedWeights, Error> {
        let mut connection = self.reads_of(project).await?;
        weights_of(&mut connection, project).await
    }

    async fn set_weights(
        &self,
        project: ProjectId,
        weights: Weights,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedWeights>, Error> {
        let mut transaction = self.write_of(project).await?;
        if !WEIGHTS.replace(&mut transaction, project, &weights, expected, now).await? {
            return Ok(None);
        }
        transaction.commit().await.map_err(sql)?;
        Ok(Some(VersionedWeights { version: expected + 1, weights }))
    }
}

async fn signals_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    user_id: &str,
) -> Result<Vec<Signal>, Error> {
    let rows = sqlx::query(
        "SELECT event_id, name, occurred_at, session_id FROM lead_signals
         WHERE project_id = $1 AND user_id = $2
         ORDER BY occurred_at DESC, event_id DESC LIMIT $3",
    )
    .bind(project.to_string())
    .bind(user_id)
    .bind(i64::try_from(score::MAX_SIGNALS).map_err(|_| malformed("limit"))?)
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(signal).collect()
}

async fn weights_of(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<VersionedWeights, Error> {
    let (version, weights) = WEIGHTS.load(connection, project).await?.unwrap_or_default();
    Ok(VersionedWeights { version, weights })
}

fn signal(row: &AnyRow) -> Result<Signal, Error> {
    Ok(Signal {
        event_id: EventId(row.id("event_id")?),
        name: row.text("name")?,
        occurred_at: row.time("occurred_at")?,
        session_id: row.maybe_text("session_id")?,
    })
}

/// PostgreSQL knows numbers that are none.
fn calculated(row: &AnyRow) -> Result<Option<f64>, Error> {
    let number = row.maybe_text("calculated")?.map(|text| text.parse::<f64>());
    let number = number.transpose().map_err(|_| malformed("calculated"))?;
    Ok(number.filter(|number| number.is_finite()))
}

fn lead_score(row: &AnyRow) -> Result<LeadScore, Error> {
    Ok(LeadScore {
        user_id: row.text("user_id")?,
        email: row.maybe_text("email")?,
        name: row.maybe_text("name")?,
        score: row.number("score")?,
        as_of: row.time("as_of")?,
        calculated: calculated(row)?,
    })
}

/// Sessions a person's signals were seen in.
pub(crate) async fn sessions_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Identifiers, Error> {
    let mut found = Identifiers::default();
    for user_id in user_ids(person) {
        let rows = sqlx::query(
            "SELECT DISTINCT session_id FROM lead_signals
             WHERE project_id = $1 AND user_id = $2 AND session_id IS NOT NULL",
        )
        .bind(project.to_string())
        .bind(user_id.clone())
        .fetch_all(&mut *connection)
        .await
        .map_err(sql)?;
        for row in &rows {
            found.session_ids.insert(row.text("session_id")?);
        }
    }
    Ok(found)
}

/// Removes a person's signals and score.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<u64, Error> {
    let signals = "DELETE FROM lead_signals WHERE project_id = $1 AND user_id = $2";
    let scores = "DELETE FROM lead_scores WHERE project_id = $1 AND user_id = $2";
    Ok(for_each(connection, project, signals, user_ids(person)).await?
        + for_each(connection, project, scores, user_ids(person)).await?)
}
