//! The fold: one fact after the other, in the order of `(occurred_at, id)`.

use std::collections::BTreeSet;

use super::booking;
use super::edit::{DealChange, Edit};
use super::fact::{EventSaid, Fact, Fields, Said};
use super::history::RuleHistory;
use super::identity::TaskId;
use super::rules::{Counter, DealRule, Remembered, Rule, TaskRule};
use super::state::{ContactState, Merge};
use super::task::{Task, TaskSeed, TaskStatus};
use crate::id::ProjectId;

/// The contact that `facts` make, given in any order and each any number of times.
pub fn fold(project: ProjectId, mut facts: Vec<Fact>, rules: &RuleHistory) -> ContactState {
    facts.sort_by_key(Fact::order);
    let mut state = ContactState::default();
    for fact in &facts {
        state.apply(project, fact, rules);
    }
    state
}

impl ContactState {
    /// Whether the fact comes after all that are in here, so that it can simply be applied.
    pub fn is_next(&self, fact: &Fact) -> bool {
        self.folded.is_none_or(|folded| fact.order() > folded)
    }

    /// Goes on with a fact. One that is not the next is passed over: facts that come late need a
    /// fold of all.
    pub fn apply(&mut self, project: ProjectId, fact: &Fact, rules: &RuleHistory) {
        if !self.is_next(fact) {
            return;
        }
        if self.folded.is_none() {
            self.created_at = fact.occurred_at;
        }
        self.folded = Some(fact.order());
        self.unite(fact);
        match &fact.said {
            Said::Event(said) => {
                let rule = rules.at(fact.occurred_at).rule(&said.name);
                self.event(project, fact, said, rule);
            }
            Said::Edited { edit, .. } => self.edit(edit),
            Said::Task { member, seed, action } => {
                self.held_task(seed).act(*action, fact.occurred_at, *member);
            }
        }
    }

    /// Notes whom the fact names. Who was known apart before is merged, and the merge is noted.
    fn unite(&mut self, fact: &Fact) {
        let named: BTreeSet<_> = fact.identities.iter().copied().collect();
        if named.is_empty() {
            return;
        }
        let (known, apart): (Vec<_>, Vec<_>) =
            self.known.drain(..).partition(|known| !known.is_disjoint(&named));
        self.known = apart;
        let mut heads: Vec<_> = known.iter().filter_map(|known| known.first().copied()).collect();
        heads.sort_unstable();
        self.merges.extend(heads.iter().skip(1).map(|head| Merge {
            fact: fact.id,
            at: fact.occurred_at,
            absorbed: head.contact_id,
        }));
        self.known.push(known.into_iter().flatten().chain(named).collect());
    }

    fn event(&mut self, project: ProjectId, fact: &Fact, said: &EventSaid, rule: Option<&Rule>) {
        match booking::inferred_start(said) {
            // What the server took for abandoned was ended, or begun anew, by an event that came late.
            Some(start) if self.open_booking.as_ref().is_none_or(|open| open.start != start) => {
                return;
            }
            Some(_) => {}
            None => self.last_activity = Some(fact.occurred_at),
        }
        self.told(&said.fields);
        let Some(rule) = rule else {
            self.last_action = Some(said.name.clone());
            return;
        };
        if rule.activity {
            self.last_action = Some(said.name.clone());
        }
        self.follow(rule, said);
        if let Some(step) = rule.booking {
            self.open_booking = booking::step(self.open_booking.take(), step, fact, said);
        }
        for task in &mut self.tasks {
            if rule.closes.contains(&task.seed.kind) {
                task.complete(fact.occurred_at, None);
            }
        }
        if let Some(task) = &rule.task {
            self.open_task(project, fact, task);
        }
    }

    fn told(&mut self, fields: &Fields) {
        let Fields { user_id, email, first_name, last_name, phone } = fields;
        for (field, told) in [
            (&mut self.user_id, user_id),
            (&mut self.email, email),
            (&mut self.first_name, first_name),
            (&mut self.last_name, last_name),
            (&mut self.phone, phone),
        ] {
            if told.is_some() {
                field.clone_from(told);
            }
        }
    }

    /// Status, deal value, counters and remembered fields.
    fn follow(&mut self, rule: &Rule, said: &EventSaid) {
        if let Some(status) = &rule.status
            && !status.unless.contains(&self.lead_status)
        {
            self.lead_status.clone_from(&status.to);
        }
        match rule.deal_value {
            Some(DealRule::Set) if said.amount.is_some() => {
                self.estimated_deal_value.clone_from(&said.amount);
            }
            Some(DealRule::Clear) => self.estimated_deal_value = None,
            _ => {}
        }
        for counter in &rule.counts {
            self.count(*counter, said);
        }
        for (field, remembered) in [
            (&mut self.last_vehicle_viewed, Remembered::LastVehicleViewed),
            (&mut self.last_search_location, Remembered::LastSearchLocation),
        ] {
            if let Some(text) = rule.remembered(remembered, &said.data) {
                *field = Some(text);
            }
        }
    }

    fn count(&mut self, counter: Counter, said: &EventSaid) {
        match counter {
            Counter::WebsiteVisits => self.website_visits += 1,
            Counter::TotalBookings => self.total_bookings += 1,
            Counter::TotalRevenue => {
                let Some(amount) = &said.amount else { return };
                let total = self.total_revenue.entry(amount.currency.clone()).or_default();
                *total = total.saturating_add(amount.minor);
            }
        }
    }

    fn edit(&mut self, edit: &Edit) {
        for (field, changed) in [
            (&mut self.email, &edit.email),
            (&mut self.first_name, &edit.first_name),
            (&mut self.last_name, &edit.last_name),
            (&mut self.phone, &edit.phone),
            (&mut self.lead_source, &edit.lead_source),
        ] {
            if let Some(text) = changed {
                *field = Some(text.clone()).filter(|text| !text.is_empty());
            }
        }
        if let Some(status) = &edit.lead_status {
            self.lead_status.clone_from(status);
        }
        match &edit.deal_value {
            Some(DealChange::Set(amount)) => self.estimated_deal_value = Some(amount.clone()),
            Some(DealChange::Clear) => self.estimated_deal_value = None,
            None => {}
        }
    }

    /// Opens a rule's task, unless one of its kind is open.
    fn open_task(&mut self, project: ProjectId, fact: &Fact, rule: &TaskRule) {
        let id = TaskId::of_event(project, &rule.kind, fact.id);
        let is_there = |task: &Task| {
            task.seed.id == id || (task.seed.kind == rule.kind && task.status == TaskStatus::Open)
        };
        if self.tasks.iter().any(is_there) {
            return;
        }
        let due = |minutes: u32| fact.occurred_at.plus_seconds(i64::from(minutes) * 60);
        self.tasks.push(Task::open(TaskSeed {
            id,
            kind: rule.kind.clone(),
            title: rule.title.clone(),
            priority: rule.priority,
            created_at: fact.occurred_at,
            due_at: rule.due_in_minutes.map(due),
        }));
    }

    /// The task that a member holds in hand. A late event may have opened the open task of its kind
    /// earlier than the member saw: then that one is it. Otherwise it is as the member saw it.
    fn held_task(&mut self, seed: &TaskSeed) -> &mut Task {
        let found = self.tasks.iter().position(|task| task.seed.id == seed.id);
        let same = || {
            self.tasks.iter().position(|task| {
                task.seed.kind == seed.kind
                    && task.status == TaskStatus::Open
                    && task.assigned_to.is_none()
            })
        };
        let held = found.or_else(same);
        let index = held.unwrap_or(self.tasks.len());
        if held.is_none() {
            self.tasks.push(Task::open(seed.clone()));
        }
        self.tasks[index].seed.id = seed.id;
        &mut self.tasks[index]
    }
}
