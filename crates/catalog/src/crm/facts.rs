//! Facts and the rules that make contacts of them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::crm::{ContactFact, ContactId, ContactState, RuleHistory, RuleSet, RuleVersion};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{ContactFactStore, ContactHistory, Error, NewContactFact};
use engine::ports::journal::Position;

use super::rules::{lock, rules};
use super::update::ContactUpdater;
use super::{checkpoints, timeline};
use crate::Catalog;
use crate::error::{malformed, sql};
use crate::positions::advance;
use crate::row_ext::RowExt;
use crate::stored::{decode, encode};

/// This projection's row among the positions.
const PROJECTION: &str = "crm";
/// Journal position up to which facts made webhook messages. The row survives a rebuild of contacts,
/// so no message is sent twice.
const MESSAGES_PROJECTION: &str = "crm_announced";

#[async_trait]
impl ContactFactStore for Catalog {
    async fn position(&self) -> Result<Position, Error> {
        self.projection_position(PROJECTION).await
    }

    async fn apply(&self, facts: &[NewContactFact], position: Position) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        if !advance(&mut transaction, PROJECTION, position).await? {
            return Ok(());
        }
        let is_unannounced = advance(&mut transaction, MESSAGES_PROJECTION, position).await?;
        // In the order of ids, so that two who apply to several projects never wait for each other.
        let mut by_project: BTreeMap<ProjectId, Vec<&ContactFact>> = BTreeMap::new();
        for NewContactFact { project_id, fact } in facts {
            by_project.entry(*project_id).or_default().push(fact);
        }
        for (project, facts) in by_project {
            let mut folding = ContactUpdater::begin(&mut transaction, project).await?;
            if !is_unannounced {
                folding.mute_webhooks();
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
        let mut folding = ContactUpdater::begin(&mut transaction, project).await?;
        folding.refold_since(at).await?;
        folding.store().await?;
        transaction.commit().await.map_err(sql)?;
        Ok(Some(RuleVersion { version, from: at, rules: new }))
    }

    async fn contact_facts(
        &self,
        project: ProjectId,
        since: Timestamp,
        after: Option<(Timestamp, ContactId)>,
        limit: u32,
    ) -> Result<Vec<ContactHistory>, Error> {
        let (before, after_id) = match after {
            Some((at, id)) => (at.micros(), id.to_string()),
            None => (i64::MAX, String::new()),
        };
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, state FROM crm_contacts
             WHERE project_id = $1 AND last_activity >= $2
               AND (last_activity < $3 OR (last_activity = $3 AND id > $4))
             ORDER BY last_activity DESC, id LIMIT $5",
        )
        .bind(project.to_string())
        .bind(since.micros())
        .bind(before)
        .bind(after_id)
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        let mut found = Vec::new();
        for row in &rows {
            let id: ContactId = row.text("id")?.parse().map_err(|_| malformed("id"))?;
            let state: ContactState = decode(&row.text("state")?)?;
            found.push(ContactHistory { id, state, checkpoint: None, facts: Vec::new() });
        }
        let ids: Vec<_> = found.iter().map(|contact| contact.id).collect();
        let mut facts = timeline::facts(&mut reads, project, &ids).await?;
        let mut covered = checkpoints::load(&mut reads, project, &ids).await?;
        for contact in &mut found {
            contact.facts = facts.remove(&contact.id).unwrap_or_default();
            contact.checkpoint = covered.remove(&contact.id);
        }
        Ok(found)
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
