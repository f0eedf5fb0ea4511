//! Pending rows of contacts, tasks and merges, stored together.

use std::collections::BTreeMap;

use domain::crm::{ContactId, ContactState, Merge, TaskId};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::{rows, task_rows, timeline};
use crate::bulk::Value;

/// Rows that are not stored yet, each once: a statement must not touch one twice.
pub(super) struct PendingContactRows {
    project: ProjectId,
    /// Merges before this instant are removed from timelines.
    floor: Option<Timestamp>,
    contacts: BTreeMap<ContactId, [Value; 24]>,
    tasks: BTreeMap<TaskId, [Value; 14]>,
    removed_tasks: Vec<TaskId>,
    merges: Vec<(ContactId, Merge)>,
}

impl PendingContactRows {
    pub(super) fn new(project: ProjectId, floor: Option<Timestamp>) -> Self {
        let (contacts, tasks) = (BTreeMap::new(), BTreeMap::new());
        Self { project, floor, contacts, tasks, removed_tasks: Vec::new(), merges: Vec::new() }
    }

    /// Notes the contact, and of its tasks and merges what `before` had not.
    pub(super) fn note(
        &mut self,
        id: ContactId,
        before: &ContactState,
        state: &ContactState,
    ) -> Result<(), Error> {
        self.contacts.insert(id, rows::row(self.project, id, state)?);
        for task in state.tasks.iter().filter(|task| !before.tasks.contains(task)) {
            self.tasks.insert(task.seed.id, task_rows::row(self.project, id, task)?);
        }
        let is_there = |id| state.tasks.iter().any(|task| task.seed.id == id);
        let known = before.tasks.iter().map(|task| task.seed.id);
        self.removed_tasks.extend(known.filter(|id| !is_there(*id)));
        let is_shown = |merge: &&Merge| self.floor.is_none_or(|floor| merge.at >= floor);
        let merges = state.merges.iter().filter(|merge| !before.merges.contains(merge));
        let merges = merges.filter(is_shown);
        self.merges.extend(merges.map(|merge| (id, *merge)));
        Ok(())
    }

    /// Stores everything.
    pub(super) async fn store(self, connection: &mut AnyConnection) -> Result<(), Error> {
        rows::write(connection, self.contacts.into_values().collect()).await?;
        task_rows::remove(connection, self.project, &self.removed_tasks).await?;
        task_rows::write(connection, self.tasks.into_values().collect()).await?;
        timeline::insert_merges(connection, self.project, &self.merges).await
    }
}
