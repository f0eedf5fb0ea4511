//! The fold: one fact after the other, in the order of `(occurred_at, id)`.

use std::collections::BTreeSet;

use super::booking;
use super::checkpoint::fold_from;
use super::edit::{ContactEdit, DealChange};
use super::fact::{ContactFact, ContactFields, EventPayload, FactPayload};
use super::history::RuleHistory;
use super::identity::TaskId;
use super::rules::{Counter, DealRule, RememberedField, Rule, TaskRule};
use super::state::{ContactState, Merge};
use super::task::{BY_HAND, Task, TaskSeed, TaskStatus};
use crate::id::ProjectId;

/// The contact that `facts` make, given in any order and each any number of times.
pub fn fold(project: ProjectId, facts: Vec<ContactFact>, rules: &RuleHistory) -> ContactState {
    fold_from(project, None, facts, rules)
}

impl ContactState {
    /// Whether the fact comes after all that are in here, so that it can simply be applied.
    pub fn is_next(&self, fact: &ContactFact) -> bool {
        self.folded.is_none_or(|folded| fact.order() > folded)
    }

    /// Applies the next fact. Ignores an older one: late facts need a
    /// fold of all.
    pub fn apply(&mut self, project: ProjectId, fact: &ContactFact, rules: &RuleHistory) {
        if !self.is_next(fact) {
            return;
        }
        if self.folded.is_none() {
            self.created_at = fact.occurred_at;
        }
        self.folded = Some(fact.order());
        self.merge_identities(fact);
        match &fact.payload {
            FactPayload::Event(payload) => {
                let rule = rules.at(fact.occurred_at).rule(&payload.name);
                self.event(project, fact, payload, rule);
            }
            FactPayload::Edited { edit, .. } => self.edit(edit),
            FactPayload::Task { member, seed, action } => {
                self.task_mut(seed).act(*action, fact.occurred_at, *member);
            }
            FactPayload::Comment(comment) => {
                let task = self.task_mut(&comment.seed);
                task.comments = task.comments.saturating_add(1);
            }
        }
    }

    /// Records the fact's identities and merges contacts that share one.
    fn merge_identities(&mut self, fact: &ContactFact) {
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

    fn event(
        &mut self,
        project: ProjectId,
        fact: &ContactFact,
        payload: &EventPayload,
        rule: Option<&Rule>,
    ) {
        match booking::inferred_start(payload) {
            // A late event ended or restarted the booking after the server inferred its abandonment.
            Some(start) if self.open_booking.as_ref().is_none_or(|open| open.start != start) => {
                return;
            }
            Some(_) => {}
            None => self.last_activity = Some(fact.occurred_at),
        }
        self.set_fields(&payload.fields);
        let Some(rule) = rule else {
            self.last_action = Some(payload.name.clone());
            return;
        };
        if rule.activity {
            self.last_action = Some(payload.name.clone());
        }
        self.apply_rule(rule, payload);
        if let Some(step) = rule.booking {
            self.open_booking = booking::step(self.open_booking.take(), step, fact, payload);
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

    fn set_fields(&mut self, fields: &ContactFields) {
        let ContactFields { user_id, email, first_name, last_name, phone } = fields;
        for (field, value) in [
            (&mut self.user_id, user_id),
            (&mut self.email, email),
            (&mut self.first_name, first_name),
            (&mut self.last_name, last_name),
            (&mut self.phone, phone),
        ] {
            if value.is_some() {
                field.clone_from(value);
            }
        }
    }

    /// Status, deal value, counters and remembered fields.
    fn apply_rule(&mut self, rule: &Rule, payload: &EventPayload) {
        if let Some(status) = &rule.status
            && !status.unless.contains(&self.lead_status)
        {
            self.lead_status.clone_from(&status.to);
        }
        match rule.deal_value {
            Some(DealRule::Set) if payload.amount.is_some() => {
                self.estimated_deal_value.clone_from(&payload.amount);
            }
            Some(DealRule::Clear) => self.estimated_deal_value = None,
            _ => {}
        }
        for counter in &rule.counts {
            self.count(*counter, payload);
        }
        for (field, remembered) in [
            (&mut self.last_vehicle_viewed, RememberedField::LastVehicleViewed),
            (&mut self.last_search_location, RememberedField::LastSearchLocation),
        ] {
            if let Some(text) = rule.remembered(remembered, &payload.data) {
                *field = Some(text);
            }
        }
    }

    fn count(&mut self, counter: Counter, payload: &EventPayload) {
        match counter {
            Counter::WebsiteVisits => self.website_visits += 1,
            Counter::TotalBookings => self.total_bookings += 1,
            Counter::TotalRevenue => {
                let Some(amount) = &payload.amount else { return };
                let total = self.total_revenue.entry(amount.currency.clone()).or_default();
                *total = total.saturating_add(amount.minor);
            }
        }
    }

    fn edit(&mut self, edit: &ContactEdit) {
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
    fn open_task(&mut self, project: ProjectId, fact: &ContactFact, rule: &TaskRule) {
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
    /// earlier than the member saw: then that one is it. Otherwise it is as the member saw it, as every task
    /// created by hand is.
    fn task_mut(&mut self, seed: &TaskSeed) -> &mut Task {
        let found = self.tasks.iter().position(|task| task.seed.id == seed.id);
        let same = || {
            self.tasks.iter().position(|task| {
                seed.kind != BY_HAND
                    && task.seed.kind == seed.kind
                    && task.status == TaskStatus::Open
                    && task.assigned_to.is_none()
            })
        };
        let task_index = found.or_else(same);
        let index = task_index.unwrap_or(self.tasks.len());
        if task_index.is_none() {
            self.tasks.push(Task::open(seed.clone()));
        }
        self.tasks[index].seed.id = seed.id;
        &mut self.tasks[index]
    }
}
