//! Facts and the rules that make contacts of them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::crm::{ContactState, Fact, RuleHistory, RuleSet, RuleVersion};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{CrmFacts, Error, NewFact};
use engine::ports::journal::Position;
use sqlx::AnyConnection;

use super::folding::Folding;
use crate::Catalog;
use crate::columns::Columns;
use crate::error::{malformed, sql};
use crate::positions::advance;
use crate::stored::{decode, encode};

/// This projection's row among the positions.
const PROJECTION: &str = "crm";
/// Up to where webhooks were told of what the journal holds: a row that stays when contacts are built
/// anew, so that nobody is told twice.
const ANNOUNCED: &str = "crm_announced";

#[async_trait]
impl CrmFacts for Catalog {
    async fn position(&self) -> Result<Position, Error> {
        self.projection_position(PROJECTION).await
    }

    async fn apply(&self, facts: &[NewFact], position: Position) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        if !advance(&mut transaction, PROJECTION, position).await? {
            return Ok(());
        }
        let is_news = advance(&mut transaction, ANNOUNCED, position).await?;
        // In the order of ids, so that two who apply to several projects never wait for each other.
        let mut by_project: BTreeMap<ProjectId, Vec<&Fact>> = BTreeMap::new();
        for NewFact { project_id, fact } in facts {
            by_project.entry(*project_id).or_default().push(fact);
        }
        for (project, facts) in by_project {
            let mut folding = Folding::begin(&mut transaction, project).await?;
            if !is_news {
                folding.tell_nobody();
            }
            folding.add(&facts).await?;
            folding.store().await?;
        }
        transaction.commit().await.map_err(sql)
    }

    async fn rules(&self, project: ProjectId) -> Result<RuleHistory, Error> {
        let mut connection = self.reads_of(project).await?;
        rules(&mut connection, project).await
    }

    async fn replace_rules(
        &self,
        project: ProjectId,
        based_on: u64,
        new: RuleSet,
        at: Timestamp,
    ) -> Result<Option<RuleVersion>, Error> {
        let mut transaction = self.write_of(project).await?;
        lock(&mut transaction, project).await?;
        if rules(&mut transaction, project).await?.current().version != based_on {
            return Ok(None);
        }
        let version = based_on + 1;
        sqlx::query(
            "INSERT INTO crm_rules (project_id, version, rules, created_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(project.to_string())
        .bind(i64::try_from(version).map_err(|_| malformed("version"))?)
        .bind(encode(&new)?)
        .bind(at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        let mut folding = Folding::begin(&mut transaction, project).await?;
        folding.refold_since(at).await?;
        folding.store().await?;
        transaction.commit().await.map_err(sql)?;
        Ok(Some(RuleVersion { version, from: at, rules: new }))
    }

    async fn idle_bookings(
        &self,
        project: ProjectId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ContactState>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT state FROM crm_contacts WHERE project_id = $1 AND booking_open_at <= $2
             ORDER BY booking_open_at LIMIT $3",
        )
        .bind(project.to_string())
        .bind(since.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(|row| decode(&row.text("state")?)).collect()
    }
}

/// Waits for whoever is changing the project's contacts, and makes others wait until the transaction
/// ends. Returns a number that grows with each change.
pub(crate) async fn lock(connection: &mut AnyConnection, project: ProjectId) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO crm_projects (project_id, revision) VALUES ($1, 1)
         ON CONFLICT (project_id) DO UPDATE SET revision = crm_projects.revision + 1
         RETURNING revision",
    )
    .bind(project.to_string())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    row.number("revision")
}

/// All rules the project has had.
pub(super) async fn rules(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<RuleHistory, Error> {
    let rows =
        sqlx::query("SELECT version, rules, created_at FROM crm_rules WHERE project_id = $1")
            .bind(project.to_string())
            .fetch_all(connection)
            .await
            .map_err(sql)?;
    let versions = rows.iter().map(|row| {
        let rules = decode(&row.text("rules")?)?;
        Ok(RuleVersion { version: row.number("version")?, from: row.time("created_at")?, rules })
    });
    Ok(RuleHistory::new(versions.collect::<Result<_, Error>>()?))
}
