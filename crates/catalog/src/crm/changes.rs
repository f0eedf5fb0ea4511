//! What folding has changed about contacts, to be stored together.

use std::collections::BTreeMap;

use domain::crm::{ContactId, ContactState, Merge, TaskId};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::{rows, tasks, timeline};
use crate::many::Value;

/// Rows that are not stored yet, each once: a statement must not touch one twice.
pub(super) struct Changes {
    project: ProjectId,
    contacts: BTreeMap<ContactId, [Value; 24]>,
    tasks: BTreeMap<TaskId, [Value; 14]>,
    gone: Vec<TaskId>,
    merges: Vec<(ContactId, Merge)>,
}

impl Changes {
    pub(super) fn new(project: ProjectId) -> Self {
        let (contacts, tasks) = (BTreeMap::new(), BTreeMap::new());
        Self { project, contacts, tasks, gone: Vec::new(), merges: Vec::new() }
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
            self.tasks.insert(task.seed.id, tasks::row(self.project, id, task)?);
        }
        let is_there = |id| state.tasks.iter().any(|task| task.seed.id == id);
        let known = before.tasks.iter().map(|task| task.seed.id);
        self.gone.extend(known.filter(|id| !is_there(*id)));
        let merges = state.merges.iter().filter(|merge| !before.merges.contains(merge));
        self.merges.extend(merges.map(|merge| (id, *merge)));
        Ok(())
    }

    /// Stores everything.
    pub(super) async fn store(self, connection: &mut AnyConnection) -> Result<(), Error> {
        rows::write(connection, self.contacts.into_values().collect()).await?;
        tasks::remove(connection, self.project, &self.gone).await?;
        tasks::write(connection, self.tasks.into_values().collect()).await?;
        timeline::keep_merges(connection, self.project, &self.merges).await
    }
}
