//! Session timelines, one per customer and session id: loads, updates and stores those of a batch.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::session::{SessionObservation, SessionState};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::neighbours::{self, NeighbourQuery, concurrent_sessions};
use super::session_rows::{self, ProjectFloor, TimelineUpdate};
use super::summary_cache::SummaryCache;
use super::timeline_row::{TimelineKey, state_of_row};
use crate::bulk::{self, Value};
use crate::row_ext::RowExt;
use crate::stored::encode;

/// Timelines processed at a time; they are in memory with their neighbours.
const CHUNK: usize = 256;

/// A timeline that a batch has changed.
struct ChangedTimeline {
    key: TimelineKey,
    before: SessionState,
    after: SessionState,
}

impl ChangedTimeline {
    /// Whether sessions of neighbours may change with it.
    fn affects_neighbours(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        before.visitor_id() != after.visitor_id()
            || before.timeline.ends() != after.timeline.ends()
            || !before.timeline.openings().eq(after.timeline.openings())
    }

    /// The previous browser, if the browser has changed.
    fn previous_browser(&self) -> Option<&str> {
        self.before.visitor_id().filter(|before| self.after.visitor_id() != Some(*before))
    }
}

/// Applies observations and rewrites the session rows of every timeline they affect. Nothing older than a
/// project's floor is stored.
pub(super) async fn apply(
    connection: &mut AnyConnection,
    observations: &[SessionObservation],
    floors: &BTreeMap<ProjectId, Timestamp>,
    summaries: &mut SummaryCache,
) -> Result<(), Error> {
    let mut by_project: BTreeMap<ProjectId, BTreeMap<TimelineKey, Vec<&SessionObservation>>> =
        BTreeMap::new();
    let is_old =
        |it: &&SessionObservation| floors.get(&it.project_id).is_some_and(|floor| it.at < *floor);
    for observation in observations.iter().filter(|it| !is_old(it)) {
        let key = TimelineKey {
            project_id: observation.project_id,
            session_id: observation.session_id.clone(),
            user_id: observation.user_id.clone(),
        };
        let timelines = by_project.entry(observation.project_id).or_default();
        timelines.entry(key).or_default().push(observation);
    }
    for (project, threads) in by_project {
        let changed = apply_to_project(connection, project, threads).await?;
        store(connection, changed.iter().map(|changed| (&changed.key, &changed.after))).await?;
        // All timelines are stored before rows are written, so each sees the newest state of its neighbours.
        let all: BTreeSet<&TimelineKey> = changed.iter().map(|changed| &changed.key).collect();
        for changed in changed.chunks(CHUNK) {
            let scope = (project, floors.get(&project).copied());
            write_sessions(connection, scope, changed, &all, summaries).await?;
        }
    }
    Ok(())
}

/// Applies a project's observations; returns the timelines that changed.
async fn apply_to_project(
    connection: &mut AnyConnection,
    project: ProjectId,
    timelines: BTreeMap<TimelineKey, Vec<&SessionObservation>>,
) -> Result<Vec<ChangedTimeline>, Error> {
    let mut stored = load(connection, project, timelines.keys()).await?;
    let mut changed = Vec::new();
    for (key, observations) in timelines {
        let before = stored.remove(&key).unwrap_or_default();
        let mut after = before.clone();
        for observation in observations {
            after.observe(observation);
        }
        if after != before {
            changed.push(ChangedTimeline { key, before, after });
        }
    }
    Ok(changed)
}

/// Rewrites the session rows of changed timelines and of the neighbours they affect, except neighbours that
/// changed too: those have a turn of their own.
async fn write_sessions(
    connection: &mut AnyConnection,
    (project, floor): ProjectFloor,
    changed: &[ChangedTimeline],
    all: &BTreeSet<&TimelineKey>,
    summaries: &mut SummaryCache,
) -> Result<(), Error> {
    let queries: Vec<_> =
        changed.iter().map(|changed| (&changed.key, changed.after.visitor_id())).collect();
    let neighbours = neighbours::load_neighbours(connection, project, &queries).await?;
    let mut affected: BTreeMap<TimelineKey, SessionState> = BTreeMap::new();
    let mut updates = Vec::with_capacity(changed.len());
    for (changed, near) in changed.iter().zip(neighbours) {
        updates.push(TimelineUpdate {
            key: changed.key.clone(),
            record: changed.after.clone(),
            others: concurrent_sessions(&near),
            is_profile_new: changed.before.profile != changed.after.profile,
        });
        if changed.affects_neighbours() {
            affected.extend(near.into_iter().filter(|(key, _)| !all.contains(key)));
        }
    }
    let left: Vec<NeighbourQuery<'_>> = changed
        .iter()
        .filter(|changed| changed.previous_browser().is_some())
        .map(|changed| (&changed.key, changed.previous_browser()))
        .collect();
    let near = neighbours::load_neighbours(connection, project, &left).await?.into_iter().flatten();
    affected.extend(near.filter(|(key, _)| !all.contains(key)));
    session_rows::write(connection, (project, floor), &updates, summaries).await?;
    rewrite_neighbours(connection, (project, floor), affected, summaries).await
}

/// Rewrites the session rows of unchanged timelines whose neighbours changed.
async fn rewrite_neighbours(
    connection: &mut AnyConnection,
    (project, floor): ProjectFloor,
    affected: BTreeMap<TimelineKey, SessionState>,
    summaries: &mut SummaryCache,
) -> Result<(), Error> {
    let affected: Vec<_> = affected.into_iter().collect();
    for affected in affected.chunks(CHUNK) {
        let queries: Vec<_> =
            affected.iter().map(|(key, record)| (key, record.visitor_id())).collect();
        let neighbours = neighbours::load_neighbours(connection, project, &queries).await?;
        let update = |((key, record), near): (&(TimelineKey, SessionState), _)| TimelineUpdate {
            key: key.clone(),
            record: record.clone(),
            others: concurrent_sessions(&near),
            is_profile_new: false,
        };
        let updates: Vec<_> = affected.iter().zip(neighbours).map(update).collect();
        session_rows::write(connection, (project, floor), &updates, summaries).await?;
    }
    Ok(())
}

/// Loads the stored timelines of these keys; missing ones are absent.
async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: impl Iterator<Item = &TimelineKey>,
) -> Result<BTreeMap<TimelineKey, SessionState>, Error> {
    let keys: Vec<_> =
        keys.map(|key| [Value::from(&*key.session_id), Value::from(&*key.user_id)]).collect();
    let rows = bulk::select(
        connection,
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND (session_id, user_id) IN (KEYS)",
        project,
        &keys,
    )
    .await?;
    let timeline = |row: &AnyRow| {
        let (session_id, user_id) = (row.text("session_id")?, row.text("user_id")?);
        Ok((TimelineKey { project_id: project, session_id, user_id }, state_of_row(row)?))
    };
    rows.iter().map(timeline).collect()
}

/// Upserts timelines; no key may occur twice.
pub(super) async fn store(
    connection: &mut AnyConnection,
    timelines: impl Iterator<Item = (&TimelineKey, &SessionState)>,
) -> Result<(), Error> {
    let rows = timelines.map(|(key, record)| row(key, record)).collect::<Result<_, _>>()?;
    bulk::insert(
        connection,
        "INSERT INTO session_threads
           (project_id, session_id, user_id, visitor_id, first_at, last_at, state)",
        "ON CONFLICT (project_id, session_id, user_id)
         DO UPDATE SET visitor_id = excluded.visitor_id, first_at = excluded.first_at,
                       last_at = excluded.last_at, state = excluded.state",
        rows,
    )
    .await?;
    Ok(())
}

fn row(key: &TimelineKey, record: &SessionState) -> Result<[Value; 7], Error> {
    let last_end = record.timeline.ends().last().map_or(Timestamp::EPOCH, |(at, _)| *at);
    let (first_at, last_at) = record.timeline.activity_range().unwrap_or((last_end, last_end));
    let state = encode(record)?;
    Ok([
        key.project_id.into(),
        key.session_id.as_str().into(),
        key.user_id.as_str().into(),
        record.visitor_id().map(str::to_owned).into(),
        first_at.into(),
        last_at.into(),
        state.into(),
    ])
}
