//! The lake in memory, as far as it is written and one person's events are found in it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use domain::erasure::{EventIdentifiers, Identifiers};
use domain::event::Event;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::RowsAndBytes;
use engine::ports::journal::Position;
use engine::ports::lake::{
    Error, LakeErasure, LakeRetention, LakeStats, LakeSubjects, LakeWriter, MaintenanceSummary,
};
use engine::ports::sql::{Cell, Column, StatementResult};
use engine::record::EventBatch;
use futures::stream::{self, BoxStream, StreamExt as _};
use tokio::sync::{Notify, Semaphore};

/// The size of an event.
const EVENT_BYTES: u64 = 100;

/// Keeps events. Each erasure leaves a file behind, which stays while somebody [reads](Self::set_reader).
#[derive(Debug, Default)]
pub struct MemoryLake {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    events: Vec<Event>,
    position: Position,
    leftovers: Vec<String>,
    is_read: bool,
    is_broken: bool,
    gate: Option<Arc<RemovalGate>>,
}

/// Lets the steps of a removal pass one by one.
#[derive(Debug)]
pub struct RemovalGate {
    /// A step has begun and waits.
    pub begun: Notify,
    /// Steps that may pass.
    pub passes: Semaphore,
}

impl MemoryLake {
    /// The events kept.
    pub fn events(&self) -> Vec<Event> {
        self.with(|state| state.events.clone())
    }

    /// From now on somebody reads every file, or nobody does.
    pub fn set_reader(&self, is_read: bool) {
        self.with(|state| state.is_read = is_read);
    }

    /// From now on erasures and removals fail, or work again.
    pub fn set_broken(&self, is_broken: bool) {
        self.with(|state| state.is_broken = is_broken);
    }

    /// From now on each step of a removal waits until it may pass.
    pub fn gate_removals(&self) -> Arc<RemovalGate> {
        let gate = Arc::new(RemovalGate { begun: Notify::new(), passes: Semaphore::new(0) });
        self.with(|state| state.gate = Some(gate.clone()));
        gate
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn matches_subject(event: &Event, project: ProjectId, person: &Identifiers) -> bool {
    let has = |kind, text: &str| person.has(kind, text);
    event.project_id == project && EventIdentifiers::of(&event.borrowed()).belong_to(&has)
}

#[async_trait]
impl LakeWriter for MemoryLake {
    async fn position(&self) -> Result<Position, Error> {
        Ok(self.with(|state| state.position))
    }

    async fn write(&self, events: EventBatch, position: Position) -> Result<(), Error> {
        self.with(|state| {
            if position < state.position {
                return Err(Error::Conflict);
            }
            state.events.extend(events.events().map(|event| event.owned()));
            state.position = position;
            Ok(())
        })
    }

    async fn maintain(&self, _now: Timestamp) -> Result<MaintenanceSummary, Error> {
        Ok(MaintenanceSummary::default())
    }

    async fn stats(&self) -> Result<LakeStats, Error> {
        let rows = self.with(|state| state.events.len() as u64);
        Ok(LakeStats { rows, ..LakeStats::default() })
    }
}

#[async_trait]
impl LakeSubjects for MemoryLake {
    async fn devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let names = |event: &Event| match event.user_id.as_deref() {
            Some(user) => person.is_user(user),
            None => event.visitor_id.as_ref().is_some_and(|id| person.visitor_ids.contains(id)),
        };
        let mut found = Identifiers::default();
        for event in self.events().iter().filter(|it| it.project_id == project && names(it)) {
            found.visitor_ids.extend(event.visitor_id.clone());
            found.session_ids.extend(event.session_id.clone());
        }
        Ok(found)
    }

    async fn shared_devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let is_another = |event: &&Event| {
            let user = event.user_id.as_deref().filter(|user| !user.is_empty());
            event.project_id == project && user.is_some_and(|user| !person.is_user(user))
        };
        let mut found = Identifiers::default();
        for event in self.events().iter().filter(is_another) {
            let visitor = event.visitor_id.clone();
            found.visitor_ids.extend(visitor.filter(|id| person.visitor_ids.contains(id)));
            let session = event.session_id.clone();
            found.session_ids.extend(session.filter(|id| person.session_ids.contains(id)));
        }
        Ok(found)
    }

    async fn events_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<BoxStream<'static, Result<StatementResult, Error>>, Error> {
        let column = |name: &str| Column { name: name.to_owned(), kind: "text".to_owned() };
        let columns: Vec<Column> = ["id", "name", "user_id", "url"].map(column).into();
        let text = |text: Option<String>| text.map_or(Cell::Null, Cell::Text);
        let mut answers = Vec::new();
        for event in self.events().into_iter().filter(|it| matches_subject(it, project, person)) {
            let row = vec![
                Cell::Text(event.id.to_string()),
                Cell::Text(event.name),
                text(event.user_id),
                text(event.page.url),
            ];
            let columns = columns.clone();
            answers.push(Ok(StatementResult { columns, rows: vec![row], is_truncated: false }));
        }
        Ok(stream::iter(answers).boxed())
    }

    async fn erase(&self, project: ProjectId, person: &Identifiers) -> Result<LakeErasure, Error> {
        self.with(|state| {
            if state.is_broken {
                return Err(Error::Unavailable("the test said so".into()));
            }
            let before = state.events.len();
            state.events.retain(|event| !matches_subject(event, project, person));
            let events = (before - state.events.len()) as u64;
            if events > 0 {
                state.leftovers.push(format!("{}.parquet", state.leftovers.len()));
            }
            Ok(LakeErasure { events, leftovers: state.leftovers.clone() })
        })
    }

    async fn delete_leftovers(&self, leftovers: &[String]) -> Result<bool, Error> {
        self.with(|state| {
            if !state.is_read {
                state.leftovers.retain(|file| !leftovers.contains(file));
            }
            Ok(!state.leftovers.iter().any(|file| leftovers.contains(file)))
        })
    }
}

/// Removes one event at a time, so that a removal takes several calls, as in the real lake.
#[async_trait]
impl LakeRetention for MemoryLake {
    async fn size_before(
        &self,
        project: ProjectId,
        before: Timestamp,
    ) -> Result<RowsAndBytes, Error> {
        let is_old = |event: &&Event| event.project_id == project && event.occurred_at < before;
        let rows = self.events().iter().filter(is_old).count() as u64;
        Ok(RowsAndBytes { rows, bytes: rows * EVENT_BYTES })
    }

    async fn remove_before(&self, before: &BTreeMap<ProjectId, Timestamp>) -> Result<bool, Error> {
        if let Some(gate) = self.with(|state| state.gate.clone()) {
            gate.begun.notify_one();
            gate.passes.acquire().await.map_err(|error| Error::Internal(error.into()))?.forget();
        }
        self.with(|state| {
            let is_old = |event: &Event| {
                before.get(&event.project_id).is_some_and(|before| event.occurred_at < *before)
            };
            let Some(first) = state.events.iter().position(is_old) else { return Ok(true) };
            if state.is_broken {
                return Err(Error::Unavailable("the test said so".into()));
            }
            state.events.remove(first);
            Ok(false)
        })
    }
}
