//! Broadcasts newly journaled events to watchers, at most a few times a second.
//!
//! Follows the journal from where it stands when the process starts. Events are decoded only for
//! projects somebody watches. A watcher that falls behind misses messages, and learns by
//! [`ProjectUpdate::Visible`] when to ask the lake again.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::id::ProjectId;
use tokio::sync::{Notify, broadcast, watch};
use tokio_util::sync::CancellationToken;

use super::LiveBatch;
use crate::ports::journal::{Journal, Position, RecordBody};
use crate::record::{self, Record};

/// Between two messages to the same watcher.
const INTERVAL: Duration = Duration::from_millis(250);
/// Payload bytes looked at for one message.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Messages kept for a slow watcher.
const CHANNEL_CAPACITY: usize = 64;

/// An update broadcast to watchers.
#[derive(Debug, Clone)]
pub(super) enum ProjectUpdate {
    /// Events have arrived.
    Events(Arc<LiveBatch>),
    /// Everything announced before can now be asked for.
    Visible,
}

/// Announces to watchers what arrives.
pub(super) struct LiveBroadcaster {
    journal: Arc<dyn Journal>,
    channels: Mutex<HashMap<ProjectId, broadcast::Sender<ProjectUpdate>>>,
    /// Projects somebody has begun to watch since the last look.
    arrivals: Mutex<HashSet<ProjectId>>,
    arrived: Notify,
}

impl LiveBroadcaster {
    /// Follows `journal`.
    pub(super) fn new(journal: Arc<dyn Journal>) -> Self {
        Self {
            journal,
            channels: Mutex::default(),
            arrivals: Mutex::default(),
            arrived: Notify::new(),
        }
    }

    /// Watches a project.
    pub(super) fn watch(&self, project: ProjectId) -> broadcast::Receiver<ProjectUpdate> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let updates = channels
            .entry(project)
            .or_insert_with(|| broadcast::Sender::new(CHANNEL_CAPACITY))
            .subscribe();
        drop(channels);
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner).insert(project);
        self.arrived.notify_one();
        updates
    }

    /// Follows the journal until `stop`. `visible` is the position up to which the lake answers.
    pub(super) async fn run(
        &self,
        mut visible: watch::Receiver<Position>,
        stop: CancellationToken,
    ) {
        let mut tail = self.journal.tail();
        let mut at = *tail.borrow_and_update();
        // Position up to which each project got events that the lake does not show yet.
        let mut pending: HashMap<ProjectId, Position> = HashMap::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                changed = visible.changed() => {
                    if changed.is_err() { return }
                    let reached = *visible.borrow_and_update();
                    self.send_visible(&mut pending, reached);
                }
                () = self.arrived.notified() => {
                    // What they were answered first may lack what the lake is still catching up with.
                    let end = *tail.borrow();
                    let newcomers =
                        std::mem::take(&mut *self.arrivals.lock().unwrap_or_else(PoisonError::into_inner));
                    pending.extend(newcomers.into_iter().map(|project| (project, end)));
                    self.send_visible(&mut pending, *visible.borrow());
                }
                end = next_end(&mut tail, at) => {
                    let Some(end) = end else { return };
                    at = self.broadcast(at, end, &mut pending).await;
                    // The lake may have been faster.
                    self.send_visible(&mut pending, *visible.borrow());
                    tokio::select! {
                        () = stop.cancelled() => return,
                        () = tokio::time::sleep(INTERVAL) => {}
                    }
                }
            }
        }
    }

    /// Tells the projects whose news the lake has up to `reached` now.
    fn send_visible(&self, pending: &mut HashMap<ProjectId, Position>, reached: Position) {
        pending.retain(|project, announced| {
            let is_visible = *announced <= reached;
            if is_visible {
                self.send(*project, ProjectUpdate::Visible);
            }
            !is_visible
        });
    }

    /// Tells of what lies between `at` and `end`; returns where the next look begins.
    async fn broadcast(
        &self,
        at: Position,
        end: Position,
        pending: &mut HashMap<ProjectId, Position>,
    ) -> Position {
        let watched = self.watched();
        if watched.is_empty() {
            return end;
        }
        let blocks = match self.journal.read(at, MAX_BYTES).await {
            Ok(blocks) => blocks,
            Err(error) => {
                tracing::debug!(%error, "the live feed cannot read the journal");
                return end;
            }
        };
        let mut arrived: HashMap<ProjectId, LiveBatch> = HashMap::new();
        for entry in blocks.iter().flat_map(crate::ports::journal::Block::records) {
            let project = ProjectId(entry.owner);
            let RecordBody::Payload(payload) = entry.body else { continue };
            if entry.position < at || !watched.contains(&project) {
                continue;
            }
            let Ok(Record::Event(event)) = record::decode(payload) else { continue };
            if let Ok(event) = event.decode() {
                arrived.entry(project).or_default().add(&event);
            }
        }
        let reached = blocks.last().map_or(end, crate::ports::journal::Block::end);
        for (project, mut arrived) in arrived {
            if arrived.count == 0 {
                continue;
            }
            arrived.events.reverse();
            pending.insert(project, reached);
            self.send(project, ProjectUpdate::Events(Arc::new(arrived)));
        }
        reached
    }

    /// Projects with a watcher; channels nobody listens to any more are dropped.
    fn watched(&self) -> HashSet<ProjectId> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, channel| channel.receiver_count() > 0);
        channels.keys().copied().collect()
    }

    fn send(&self, project: ProjectId, update: ProjectUpdate) {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channels.get(&project) {
            // Fails only when the last watcher has just left.
            let _ = channel.send(update);
        }
    }
}

/// The journal's end as soon as it lies beyond `at`; none when the journal is gone.
async fn next_end(tail: &mut watch::Receiver<Position>, at: Position) -> Option<Position> {
    tail.wait_for(|end| *end > at).await.ok().map(|end| *end)
}
