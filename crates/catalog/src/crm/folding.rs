//! Bringing the contacts of one project up to date within one transaction: facts are added first, then
//! every contact they touch is folded once, onwards where that is enough, anew where it is not. Many
//! facts and contacts are read and written together.
//!
//! Webhooks are told of what that changes, by messages of the same transaction. Facts that come in order
//! are told of one by one, however many come at once; of those that come late, what they change
//! together.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ActivityId, ContactId, ContactState, Fact, Identity, RuleHistory, fold};
use domain::id::ProjectId;
use domain::time::Timestamp;
use domain::webhook::{Before, changes};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::changes::Changes;
use super::people::People;
use super::{facts, identities, rows, tasks, timeline};
use crate::columns::Columns;
use crate::error::{malformed, sql};
use crate::webhooks::outbox::{Cause, Outbox};

/// Contacts that are in memory at a time.
const TOGETHER: usize = 256;

/// The contacts of a project being changed.
pub(super) struct Folding<'a> {
    connection: &'a mut AnyConnection,
    project: ProjectId,
    rules: RuleHistory,
    people: People,
    /// Facts that are stored, and those that will be.
    known: BTreeSet<ActivityId>,
    touched: BTreeMap<ContactId, Touched>,
    outbox: Outbox,
}

/// What has changed about a contact.
#[derive(Default)]
struct Touched {
    /// Facts that were not stored before.
    facts: Vec<Fact>,
    /// Facts of another contact are its own now, or rules have changed.
    needs_all: bool,
    /// Contacts that turned out to be this one, as they were, when somebody hears of it.
    absorbed: Vec<(ContactId, ContactState)>,
}

impl<'a> Folding<'a> {
    /// Begins to change the project's contacts; others wait until the transaction ends.
    pub(super) async fn begin(
        connection: &'a mut AnyConnection,
        project: ProjectId,
    ) -> Result<Self, Error> {
        let revision = facts::lock(connection, project).await?;
        let rules = facts::rules(connection, project).await?;
        let outbox = Outbox::of(connection, project, revision).await?;
        Ok(Self {
            connection,
            project,
            rules,
            people: People::default(),
            known: BTreeSet::new(),
            touched: BTreeMap::new(),
            outbox,
        })
    }

    /// Tells no webhook of anything: what is stored was told before.
    pub(super) fn tell_nobody(&mut self) {
        self.outbox.silence();
    }

    /// Adds facts, one after the other; of one that is stored already, only whom it names.
    pub(super) async fn add(&mut self, facts: &[&Fact]) -> Result<(), Error> {
        self.people.read(self.connection, self.project, facts).await?;
        self.known.append(&mut timeline::known(self.connection, self.project, facts).await?);
        for fact in facts {
            let contact = self.unite(&fact.identities).await?;
            if self.known.insert(ActivityId::of_fact(fact.id)) {
                self.touched.entry(contact).or_default().facts.push((*fact).clone());
            }
        }
        Ok(())
    }

    /// The one contact these identities are, after it has become one.
    async fn unite(&mut self, named: &[Identity]) -> Result<ContactId, Error> {
        let mut heads: Vec<_> = named.iter().map(|named| self.people.head(*named)).collect();
        heads.sort_unstable();
        heads.dedup();
        let survivor = *heads.first().ok_or_else(|| malformed("identities"))?;
        for absorbed in heads.iter().skip(1) {
            self.absorb(absorbed.contact_id, survivor).await?;
        }
        Ok(survivor.contact_id)
    }

    /// Gives everything of the contact `absorbed` to the contact of `survivor`.
    async fn absorb(&mut self, absorbed: ContactId, survivor: Identity) -> Result<(), Error> {
        let mine = self.touched.remove(&absorbed).unwrap_or_default();
        let (mut had_facts, mut state) = (!mine.facts.is_empty(), None);
        if !self.people.is_bare(absorbed) {
            if self.outbox.is_heard() {
                state = rows::state(self.connection, self.project, absorbed).await?;
            }
            let into = survivor.contact_id;
            had_facts |= identities::absorb(self.connection, self.project, absorbed, into).await?;
        }
        self.people.merge(absorbed, survivor);
        let touched = self.touched.entry(survivor.contact_id).or_default();
        touched.facts.extend(mine.facts);
        touched.needs_all |= had_facts;
        touched.absorbed.extend(mine.absorbed);
        touched.absorbed.extend(state.map(|state| (absorbed, state)));
        Ok(())
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

    /// Stores facts, and folds and stores what they touched.
    pub(super) async fn store(mut self) -> Result<(), Error> {
        self.people.store(self.connection, self.project).await?;
        self.keep_facts().await?;
        let mut touched: Vec<_> = std::mem::take(&mut self.touched).into_iter().collect();
        touched.retain(|(_, touched)| !touched.facts.is_empty() || touched.needs_all);
        let mut touched = touched.into_iter();
        while touched.len() > 0 {
            self.store_contacts(touched.by_ref().take(TOGETHER).collect()).await?;
        }
        Ok(())
    }

    async fn keep_facts(&mut self) -> Result<(), Error> {
        let mut rows = Vec::new();
        for (contact, touched) in &self.touched {
            for fact in &touched.facts {
                let rules = self.rules.at(fact.occurred_at);
                let rule = fact.event().and_then(|said| rules.rule(&said.name));
                rows.push(timeline::row(self.project, *contact, fact, rule)?);
            }
        }
        timeline::keep(self.connection, rows).await
    }

    async fn store_contacts(&mut self, touched: Vec<(ContactId, Touched)>) -> Result<(), Error> {
        let ids: Vec<_> = touched.iter().map(|(id, _)| *id).collect();
        let mut stored = rows::states(self.connection, self.project, &ids).await?;
        let goes_on = |(id, touched): &(ContactId, Touched)| touched.goes_on(stored.get(id));
        let (onwards, anew): (Vec<_>, Vec<_>) = touched.into_iter().partition(goes_on);
        let mut changes = Changes::new(self.project);
        for (id, touched) in onwards {
            let before = stored.remove(&id);
            let state = self.go_on(id, before.clone(), touched.in_order());
            changes.note(id, &before.unwrap_or_default(), &state)?;
        }
        self.fold_anew(anew, &stored, &mut changes).await?;
        changes.store(self.connection).await?;
        self.outbox.put(self.connection).await
    }

    /// Folds contacts from all their facts; what followed from these before is removed.
    async fn fold_anew(
        &mut self,
        touched: Vec<(ContactId, Touched)>,
        stored: &BTreeMap<ContactId, ContactState>,
        changes: &mut Changes,
    ) -> Result<(), Error> {
        let ids: Vec<_> = touched.iter().map(|(id, _)| *id).collect();
        let mut facts = timeline::facts(self.connection, self.project, &ids).await?;
        tasks::remove_all(self.connection, self.project, &ids).await?;
        timeline::remove_derived(self.connection, self.project, &ids).await?;
        for (id, touched) in touched {
            let state = fold(self.project, facts.remove(&id).unwrap_or_default(), &self.rules);
            let latest = touched.facts.iter().max_by_key(|fact| fact.order());
            let cause = latest.map_or_else(|| self.changed_rules(), cause);
            self.tell(id, cause, stored.get(&id), &touched.absorbed, &state);
            changes.note(id, &ContactState::default(), &state)?;
        }
        Ok(())
    }

    /// The contact after facts that come next, each told of by itself.
    fn go_on(
        &mut self,
        id: ContactId,
        mut before: Option<ContactState>,
        new: Vec<Fact>,
    ) -> ContactState {
        let mut state = before.clone().unwrap_or_default();
        for fact in new {
            state.apply(self.project, &fact, &self.rules);
            if self.outbox.is_heard() {
                self.tell(id, cause(&fact), before.as_ref(), &[], &state);
                before = Some(state.clone());
            }
        }
        state
    }

    /// Makes messages about what has changed.
    fn tell(
        &mut self,
        id: ContactId,
        cause: Cause,
        before: Option<&ContactState>,
        absorbed: &[(ContactId, ContactState)],
        after: &ContactState,
    ) {
        if self.outbox.is_heard() {
            let changes = changes(id, Before { contact: before, absorbed }, after);
            self.outbox.tell(cause, &changes);
        }
    }

    /// What causes contacts to change without a fact.
    fn changed_rules(&self) -> Cause {
        let current = self.rules.current();
        let name = format!("rules:{}", current.version);
        Cause { id: Uuid::new_v5(&self.project.0, name.as_bytes()), at: current.from }
    }
}

impl Touched {
    /// Whether what is new comes after everything the contact is made of.
    fn goes_on(&self, before: Option<&ContactState>) -> bool {
        let first = self.facts.iter().min_by_key(|fact| fact.order());
        let is_next = |before: &ContactState| first.is_none_or(|first| before.is_next(first));
        !self.needs_all && before.is_none_or(is_next)
    }

    fn in_order(mut self) -> Vec<Fact> {
        self.facts.sort_by_key(Fact::order);
        self.facts
    }
}

/// A fact, as what it causes.
fn cause(fact: &Fact) -> Cause {
    Cause { id: fact.id.0, at: fact.occurred_at }
}
