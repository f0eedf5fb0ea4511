//! Bringing the contacts of one project up to date within one transaction: facts are added first, then
//! every contact they touch is folded once, onwards where that is enough, anew where it is not.

use std::collections::BTreeMap;

use domain::crm::{ContactId, ContactState, Fact, Identity, RuleHistory, fold};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::{facts, identities, rows, tasks, timeline};
use crate::columns::Columns;
use crate::error::{malformed, sql};

/// The contacts of a project being changed.
pub(super) struct Folding<'a> {
    connection: &'a mut AnyConnection,
    project: ProjectId,
    rules: RuleHistory,
    touched: BTreeMap<ContactId, Touched>,
}

/// What has changed about a contact.
#[derive(Default)]
struct Touched {
    /// Facts stored by this transaction.
    facts: Vec<Fact>,
    /// Facts of another contact are its own now, or rules have changed.
    needs_all: bool,
}

impl<'a> Folding<'a> {
    /// Begins to change the project's contacts; others wait until the transaction ends.
    pub(super) async fn begin(
        connection: &'a mut AnyConnection,
        project: ProjectId,
    ) -> Result<Self, Error> {
        facts::lock(connection, project).await?;
        let rules = facts::rules(connection, project).await?;
        Ok(Self { connection, project, rules, touched: BTreeMap::new() })
    }

    /// Stores a fact; nothing when it is stored already. Returns whose it is.
    pub(super) async fn add(&mut self, fact: &Fact) -> Result<ContactId, Error> {
        let contact = self.unite(&fact.identities).await?;
        let rule = fact.event().and_then(|said| self.rules.at(fact.occurred_at).rule(&said.name));
        if timeline::keep(self.connection, self.project, contact, fact, rule).await? {
            self.touched.entry(contact).or_default().facts.push(fact.clone());
        }
        Ok(contact)
    }

    /// The one contact these identities are, after it has become one.
    async fn unite(&mut self, named: &[Identity]) -> Result<ContactId, Error> {
        let mut heads = Vec::with_capacity(named.len());
        for identity in named {
            let id = identity.contact_id;
            let known = identities::head(self.connection, self.project, id).await?;
            if known.is_none() {
                identities::add(self.connection, self.project, *identity).await?;
            }
            heads.push(known.unwrap_or(*identity));
        }
        heads.sort_unstable();
        heads.dedup();
        let survivor = heads.first().ok_or_else(|| malformed("identities"))?.contact_id;
        for absorbed in heads.iter().skip(1).map(|head| head.contact_id) {
            let had_facts =
                identities::absorb(self.connection, self.project, absorbed, survivor).await?;
            let mine = self.touched.remove(&absorbed).unwrap_or_default();
            let touched = self.touched.entry(survivor).or_default();
            touched.facts.extend(mine.facts);
            touched.needs_all |= had_facts;
        }
        Ok(survivor)
    }

    /// Has every contact folded anew of whom something at or after `at` is known.
    pub(super) async fn refold_since(&mut self, at: Timestamp) -> Result<(), Error> {
        let later = sqlx::query(
            "SELECT id FROM crm_contacts WHERE project_id = $1 AND folded_at >= $2 ORDER BY id",
        )
        .bind(self.project.to_string())
        .bind(at.micros())
        .fetch_all(&mut *self.connection)
        .await
        .map_err(sql)?;
        for row in later {
            let id: ContactId = row.text("id")?.parse().map_err(|_| malformed("id"))?;
            self.touched.entry(id).or_default().needs_all = true;
        }
        Ok(())
    }

    /// Folds and stores what was touched.
    pub(super) async fn store(mut self) -> Result<(), Error> {
        for (contact, touched) in std::mem::take(&mut self.touched) {
            self.store_contact(contact, touched).await?;
        }
        Ok(())
    }

    async fn store_contact(&mut self, id: ContactId, touched: Touched) -> Result<(), Error> {
        let Touched { facts: mut new, needs_all } = touched;
        if new.is_empty() && !needs_all {
            return Ok(());
        }
        new.sort_by_key(Fact::order);
        let before = rows::state(self.connection, self.project, id).await?;
        let goes_on = !needs_all
            && before
                .as_ref()
                .is_none_or(|before| new.first().is_none_or(|first| before.is_next(first)));
        if goes_on {
            let before = before.unwrap_or_default();
            let mut state = before.clone();
            for fact in &new {
                state.apply(self.project, fact, &self.rules);
            }
            self.write(id, &before, &state).await
        } else {
            let all = timeline::facts(self.connection, self.project, id).await?;
            let state = fold(self.project, all, &self.rules);
            tasks::remove_all(self.connection, self.project, id).await?;
            timeline::remove_derived(self.connection, self.project, id).await?;
            self.write(id, &ContactState::default(), &state).await
        }
    }

    /// Stores the contact, and of its tasks and merges what `before` had not.
    async fn write(
        &mut self,
        id: ContactId,
        before: &ContactState,
        state: &ContactState,
    ) -> Result<(), Error> {
        rows::write(self.connection, self.project, id, state).await?;
        for task in state.tasks.iter().filter(|task| !before.tasks.contains(task)) {
            tasks::write(self.connection, self.project, id, task).await?;
        }
        let known = |id| state.tasks.iter().any(|task| task.seed.id == id);
        for gone in before.tasks.iter().map(|task| task.seed.id).filter(|id| !known(*id)) {
            tasks::remove(self.connection, self.project, gone).await?;
        }
        for merge in state.merges.iter().filter(|merge| !before.merges.contains(merge)) {
            timeline::keep_merge(self.connection, self.project, id, merge).await?;
        }
        Ok(())
    }
}
