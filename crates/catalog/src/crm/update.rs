//! Updates the contacts of one project within one transaction: adds facts first, then
//! folds every touched contact once: forward if all facts are newer, else from scratch. Many
//! facts and contacts are read and written together.
//!
//! Changes make webhook messages in the same transaction. Facts in order
//! make one message each, however many arrive at once; late facts make one message for what they change
//! together.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{
    ActivityId, ContactFact, ContactId, ContactState, Identity, RuleHistory, fold_from,
};
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use domain::webhook::{PreviousContact, changes};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::identity_resolver::IdentityResolver;
use super::pending_rows::PendingContactRows;
use super::{checkpoints, identities, rows, rules, task_rows, timeline};
use crate::error::{malformed, sql};
use crate::retention;
use crate::row_ext::RowExt;
use crate::webhooks::outbox::{Cause, Outbox};

/// Contacts that are in memory at a time.
const CHUNK: usize = 256;

/// The contacts of a project being changed.
pub(super) struct ContactUpdater<'a> {
    connection: &'a mut AnyConnection,
    project: ProjectId,
    rules: RuleHistory,
    /// Activities before this instant are removed and not stored again.
    floor: Option<Timestamp>,
    identities: IdentityResolver,
    /// Ids of stored facts and of facts to be stored.
    stored_facts: BTreeSet<ActivityId>,
    touched: BTreeMap<ContactId, ContactUpdate>,
    outbox: Outbox,
}

/// What has changed about a contact.
#[derive(Default)]
struct ContactUpdate {
    /// Facts that were not stored before.
    facts: Vec<ContactFact>,
    /// It absorbed another contact's facts, or rules have changed: a full fold is needed.
    needs_all: bool,
    /// Absorbed contacts in their last state; filled only if a webhook listens.
    absorbed: Vec<(ContactId, ContactState)>,
}

impl<'a> ContactUpdater<'a> {
    /// Begins to change the project's contacts; others wait until the transaction ends.
    pub(super) async fn begin(
        connection: &'a mut AnyConnection,
        project: ProjectId,
    ) -> Result<Self, Error> {
        let revision = rules::lock(connection, project).await?;
        let rules = rules::rules(connection, project).await?;
        let floor = retention::floor(connection, project, RetentionKind::Activities).await?;
        let outbox = Outbox::of(connection, project, revision).await?;
        Ok(Self {
            connection,
            project,
            rules,
            floor,
            identities: IdentityResolver::default(),
            stored_facts: BTreeSet::new(),
            touched: BTreeMap::new(),
            outbox,
        })
    }

    /// Mutes webhooks: these facts made their messages before.
    pub(super) fn mute_webhooks(&mut self) {
        self.outbox.mute();
    }

    /// Adds facts in order. A stored fact only adds its identities.
    pub(super) async fn add(&mut self, facts: &[&ContactFact]) -> Result<(), Error> {
        self.identities.read(self.connection, self.project, facts).await?;
        self.stored_facts
            .append(&mut timeline::stored_ids(self.connection, self.project, facts).await?);
        for fact in facts {
            let contact = self.resolve_contact(&fact.identities).await?;
            if self.stored_facts.insert(ActivityId::of_fact(fact.id)) {
                self.touched.entry(contact).or_default().facts.push((*fact).clone());
            }
        }
        Ok(())
    }

    /// Merges the contacts of these identities and returns the survivor.
    async fn resolve_contact(&mut self, named: &[Identity]) -> Result<ContactId, Error> {
        let mut heads: Vec<_> = named.iter().map(|named| self.identities.head(*named)).collect();
        heads.sort_unstable();
        heads.dedup();
        let survivor = *heads.first().ok_or_else(|| malformed("identities"))?;
        for absorbed in heads.iter().skip(1) {
            self.absorb(absorbed.contact_id, survivor).await?;
        }
        Ok(survivor.contact_id)
    }

    /// Moves all facts of contact `absorbed` to the contact of `survivor`.
    async fn absorb(&mut self, absorbed: ContactId, survivor: Identity) -> Result<(), Error> {
        let mine = self.touched.remove(&absorbed).unwrap_or_default();
        let (mut had_facts, mut state) = (!mine.facts.is_empty(), None);
        if !self.identities.is_unstored(absorbed) {
            if self.outbox.has_listeners() {
                state = rows::state(self.connection, self.project, absorbed).await?;
            }
            let into = survivor.contact_id;
            let both = (absorbed, into);
            had_facts |=
                checkpoints::join(self.connection, self.project, both, self.floor, &self.rules)
                    .await?;
            had_facts |= identities::absorb(self.connection, self.project, absorbed, into).await?;
        }
        self.identities.merge(absorbed, survivor);
        let touched = self.touched.entry(survivor.contact_id).or_default();
        touched.facts.extend(mine.facts);
        touched.needs_all |= had_facts;
        touched.absorbed.extend(mine.absorbed);
        touched.absorbed.extend(state.map(|state| (absorbed, state)));
        Ok(())
    }

    /// Marks every contact with a fact at or after `at` for a full fold.
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
            self.refold(row.text("id")?.parse().map_err(|_| malformed("id"))?);
        }
        Ok(())
    }

    /// Marks a contact for a full fold.
    pub(super) fn refold(&mut self, contact: ContactId) {
        self.touched.entry(contact).or_default().needs_all = true;
    }

    /// Stores the facts, then folds and stores the contacts they touch.
    pub(super) async fn store(mut self) -> Result<(), Error> {
        self.identities.store(self.connection, self.project).await?;
        self.store_facts().await?;
        self.cover_late_facts().await?;
        let mut touched: Vec<_> = std::mem::take(&mut self.touched).into_iter().collect();
        touched.retain(|(_, touched)| !touched.facts.is_empty() || touched.needs_all);
        let mut touched = touched.into_iter();
        while touched.len() > 0 {
            self.store_contacts(touched.by_ref().take(CHUNK).collect()).await?;
        }
        Ok(())
    }

    async fn store_facts(&mut self) -> Result<(), Error> {
        let mut rows = Vec::new();
        for (contact, touched) in &self.touched {
            for fact in &touched.facts {
                let rules = self.rules.at(fact.occurred_at);
                let rule = fact.event().and_then(|payload| rules.rule(&payload.name));
                rows.push(timeline::row(self.project, *contact, fact, rule)?);
            }
        }
        timeline::insert(self.connection, rows).await
    }

    /// Facts that arrive after their day was removed go into the checkpoints of their contacts.
    async fn cover_late_facts(&mut self) -> Result<(), Error> {
        let Some(floor) = self.floor else { return Ok(()) };
        let is_late = |fact: &ContactFact| fact.occurred_at < floor;
        let Self { connection, project, rules, touched, .. } = self;
        for (contact, touched) in &*touched {
            if touched.facts.iter().any(is_late) {
                let until = (floor, Some(floor));
                checkpoints::cover_contact(connection, *project, *contact, until, rules).await?;
            }
        }
        Ok(())
    }

    async fn store_contacts(
        &mut self,
        touched: Vec<(ContactId, ContactUpdate)>,
    ) -> Result<(), Error> {
        let ids: Vec<_> = touched.iter().map(|(id, _)| *id).collect();
        let mut stored = rows::states(self.connection, self.project, &ids).await?;
        let goes_on =
            |(id, touched): &(ContactId, ContactUpdate)| touched.can_fold_forward(stored.get(id));
        let (onwards, anew): (Vec<_>, Vec<_>) = touched.into_iter().partition(goes_on);
        let mut changes = PendingContactRows::new(self.project, self.floor);
        for (id, touched) in onwards {
            let before = stored.remove(&id);
            let state = self.fold_forward(id, before.clone(), touched.in_order());
            changes.note(id, &before.unwrap_or_default(), &state)?;
        }
        self.fold_anew(anew, &stored, &mut changes).await?;
        changes.store(self.connection).await?;
        self.outbox.flush(self.connection).await
    }

    /// Folds contacts from all their facts and replaces everything derived from them.
    async fn fold_anew(
        &mut self,
        touched: Vec<(ContactId, ContactUpdate)>,
        stored: &BTreeMap<ContactId, ContactState>,
        changes: &mut PendingContactRows,
    ) -> Result<(), Error> {
        let ids: Vec<_> = touched.iter().map(|(id, _)| *id).collect();
        let mut facts = timeline::facts(self.connection, self.project, &ids).await?;
        let mut covered = checkpoints::load(self.connection, self.project, &ids).await?;
        task_rows::remove_all(self.connection, self.project, &ids).await?;
        timeline::remove_derived(self.connection, self.project, &ids).await?;
        for (id, touched) in touched {
            let later = facts.remove(&id).unwrap_or_default();
            let state = fold_from(self.project, covered.remove(&id), later, &self.rules);
            let latest = touched.facts.iter().max_by_key(|fact| fact.order());
            let cause = latest.map_or_else(|| self.changed_rules(), cause);
            self.enqueue_messages(id, cause, stored.get(&id), &touched.absorbed, &state);
            changes.note(id, &ContactState::default(), &state)?;
        }
        Ok(())
    }

    /// Applies newer facts one by one; each makes its own messages.
    fn fold_forward(
        &mut self,
        id: ContactId,
        mut before: Option<ContactState>,
        new: Vec<ContactFact>,
    ) -> ContactState {
        let mut state = before.clone().unwrap_or_default();
        for fact in new {
            state.apply(self.project, &fact, &self.rules);
            if self.outbox.has_listeners() {
                self.enqueue_messages(id, cause(&fact), before.as_ref(), &[], &state);
                before = Some(state.clone());
            }
        }
        state
    }

    /// Makes messages about what has changed.
    fn enqueue_messages(
        &mut self,
        id: ContactId,
        cause: Cause,
        before: Option<&ContactState>,
        absorbed: &[(ContactId, ContactState)],
        after: &ContactState,
    ) {
        if self.outbox.has_listeners() {
            let changes = changes(id, PreviousContact { contact: before, absorbed }, after);
            self.outbox.enqueue(cause, &changes);
        }
    }

    /// What causes contacts to change without a fact.
    fn changed_rules(&self) -> Cause {
        let current = self.rules.current();
        let name = format!("rules:{}", current.version);
        Cause { id: Uuid::new_v5(&self.project.0, name.as_bytes()), at: current.from }
    }
}

impl ContactUpdate {
    /// Whether all new facts are later than the contact's last fact.
    fn can_fold_forward(&self, before: Option<&ContactState>) -> bool {
        let first = self.facts.iter().min_by_key(|fact| fact.order());
        let is_next = |before: &ContactState| first.is_none_or(|first| before.is_next(first));
        !self.needs_all && before.is_none_or(is_next)
    }

    fn in_order(mut self) -> Vec<ContactFact> {
        self.facts.sort_by_key(ContactFact::order);
        self.facts
    }
}

/// The fact as the cause of a change.
fn cause(fact: &ContactFact) -> Cause {
    Cause { id: fact.id.0, at: fact.occurred_at }
}
