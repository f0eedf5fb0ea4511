//! Customers' sessions and figures: a projection whose rows and position change together.

mod customer_facts;
mod neighbours;
mod prune;
mod purchases;
mod recount;
mod session_rows;
mod subject;
mod summary;
mod summary_cache;
mod summary_rows;
mod timeline_row;
mod timelines;

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::customer_fact::CustomerFact;
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::session::SessionObservation;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, OpenSession, SessionStore};
use engine::ports::journal::Position;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::sql;
use crate::positions::advance;
use crate::retention;
use crate::row_ext::{NUL, RowExt};
pub(crate) use prune::remove_expired;
pub(crate) use subject::{devices, remove_person, shared_devices};
use summary_cache::SummaryCache;

/// This projection's row among the positions.
const PROJECTION: &str = "sessions";

#[async_trait]
impl SessionStore for Catalog {
    async fn position(&self) -> Result<Position, Error> {
        self.projection_position(PROJECTION).await
    }

    async fn apply(
        &self,
        observations: &[SessionObservation],
        facts: &[CustomerFact],
        position: Position,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        if !advance(&mut transaction, PROJECTION, position).await? {
            return Ok(());
        }
        let mut summaries = SummaryCache::default();
        let customers = facts.iter().map(|fact| (fact.project_id, fact.user_id.as_str()));
        summaries.read(&mut transaction, customers.collect()).await?;
        let floors = floors(&mut transaction, observations).await?;
        timelines::apply(&mut transaction, observations, &floors, &mut summaries).await?;
        customer_facts::apply(&mut transaction, facts, &mut summaries).await?;
        summaries.store(&mut transaction).await?;
        transaction.commit().await.map_err(sql)
    }

    async fn is_known(
        &self,
        project: ProjectId,
        session_id: &str,
        user_id: Option<&str>,
    ) -> Result<bool, Error> {
        if session_id.contains(NUL) || user_id.is_some_and(|id| id.contains(NUL)) {
            return Ok(false);
        }
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT user_id FROM session_threads
             WHERE project_id = $1 AND session_id = $2
               AND ($3 = 1 OR user_id = $4 OR user_id = '') LIMIT 1",
        )
        .bind(project.to_string())
        .bind(session_id.to_owned())
        .bind(i64::from(user_id.is_none()))
        .bind(user_id.unwrap_or_default().to_owned())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        Ok(rows.is_some())
    }

    async fn idle(&self, before: Timestamp, limit: u32) -> Result<Vec<OpenSession>, Error> {
        let rows = sqlx::query(
            "SELECT project_id, user_id, session_id, last_activity_at FROM user_sessions
             WHERE ended_at IS NULL AND last_activity_at < $1
             ORDER BY last_activity_at LIMIT $2",
        )
        .bind(before.micros())
        .bind(i64::from(limit))
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        rows.iter().map(open_session).collect()
    }
}

/// The instants before which nothing is stored, of the projects that have one.
async fn floors(
    connection: &mut AnyConnection,
    observations: &[SessionObservation],
) -> Result<BTreeMap<ProjectId, Timestamp>, Error> {
    let projects: BTreeSet<ProjectId> =
        observations.iter().map(|observation| observation.project_id).collect();
    let mut floors = BTreeMap::new();
    for project in projects {
        let floor = retention::floor(connection, project, RetentionKind::Sessions).await?;
        floors.extend(floor.map(|floor| (project, floor)));
    }
    Ok(floors)
}

fn open_session(row: &AnyRow) -> Result<OpenSession, Error> {
    Ok(OpenSession {
        project_id: ProjectId(row.id("project_id")?),
        user_id: row.text("user_id")?,
        session_id: row.text("session_id")?,
        last_activity_at: row.time("last_activity_at")?,
    })
}
