//! What is known of one customer under one session id: read, changed and stored together for a batch.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::session::{Record, Sighting};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::others::{self, Asked, said_by};
use super::summary::Summaries;
use super::visits::{self, Telling};
use crate::columns::Columns;
use crate::many::{self, Value};
use crate::stored::{decode, encode};

/// Threads told together, which are in memory with those of others.
const TOGETHER: usize = 256;

/// Names a thread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_field_names, reason = "they are what the columns are called")]
pub(super) struct Key {
    pub(super) project_id: ProjectId,
    pub(super) session_id: String,
    /// Empty for nobody in particular.
    pub(super) user_id: String,
}

/// A thread that a batch has changed.
struct Changed {
    key: Key,
    before: Record,
    after: Record,
}

impl Changed {
    fn is_same_to_others(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        before.visitor_id() == after.visitor_id()
            && before.thread.ends() == after.thread.ends()
            && before.thread.openings().eq(after.thread.openings())
    }

    /// The browser it was told of before, where that is another now.
    fn left_browser(&self) -> Option<&str> {
        self.before.visitor_id().filter(|before| self.after.visitor_id() != Some(*before))
    }
}

/// Takes sightings in and tells the visits of every thread they concern.
pub(super) async fn take(
    connection: &mut AnyConnection,
    sightings: &[Sighting],
    summaries: &mut Summaries,
) -> Result<(), Error> {
    let mut by_project: BTreeMap<ProjectId, BTreeMap<Key, Vec<&Sighting>>> = BTreeMap::new();
    for sighting in sightings {
        let key = Key {
            project_id: sighting.project_id,
            session_id: sighting.session_id.clone(),
            user_id: sighting.user_id.clone(),
        };
        let threads = by_project.entry(sighting.project_id).or_default();
        threads.entry(key).or_default().push(sighting);
    }
    for (project, threads) in by_project {
        let changed = change(connection, project, threads).await?;
        store(connection, changed.iter().map(|changed| (&changed.key, &changed.after))).await?;
        // All are stored by now, so that each is told what the others have come to.
        let all: BTreeSet<&Key> = changed.iter().map(|changed| &changed.key).collect();
        for changed in changed.chunks(TOGETHER) {
            tell(connection, project, changed, &all, summaries).await?;
        }
    }
    Ok(())
}

/// The threads that these sightings change.
async fn change(
    connection: &mut AnyConnection,
    project: ProjectId,
    threads: BTreeMap<Key, Vec<&Sighting>>,
) -> Result<Vec<Changed>, Error> {
    let mut stored = load(connection, project, threads.keys()).await?;
    let mut changed = Vec::new();
    for (key, sightings) in threads {
        let before = stored.remove(&key).unwrap_or_default();
        let mut after = before.clone();
        for sighting in sightings {
            after.take(sighting);
        }
        if after != before {
            changed.push(Changed { key, before, after });
        }
    }
    Ok(changed)
}

/// Tells the visits of threads that changed, and of those their change concerns; but not of others that
/// changed, which are told by themselves.
async fn tell(
    connection: &mut AnyConnection,
    project: ProjectId,
    changed: &[Changed],
    all: &BTreeSet<&Key>,
    summaries: &mut Summaries,
) -> Result<(), Error> {
    let asked: Vec<_> =
        changed.iter().map(|changed| (&changed.key, changed.after.visitor_id())).collect();
    let near = others::of(connection, project, &asked).await?;
    let mut concerned: BTreeMap<Key, Record> = BTreeMap::new();
    let mut told = Vec::with_capacity(changed.len());
    for (changed, near) in changed.iter().zip(near) {
        told.push(Telling {
            key: changed.key.clone(),
            record: changed.after.clone(),
            others: said_by(&near),
            is_profile_new: changed.before.profile != changed.after.profile,
        });
        if !changed.is_same_to_others() {
            concerned.extend(near.into_iter().filter(|(key, _)| !all.contains(key)));
        }
    }
    let left: Vec<Asked<'_>> = changed
        .iter()
        .filter(|changed| changed.left_browser().is_some())
        .map(|changed| (&changed.key, changed.left_browser()))
        .collect();
    let near = others::of(connection, project, &left).await?.into_iter().flatten();
    concerned.extend(near.filter(|(key, _)| !all.contains(key)));
    visits::tell(connection, project, &told, summaries).await?;
    tell_concerned(connection, project, concerned, summaries).await
}

/// Tells the visits of threads that stayed as they are, while those of others have changed.
async fn tell_concerned(
    connection: &mut AnyConnection,
    project: ProjectId,
    concerned: BTreeMap<Key, Record>,
    summaries: &mut Summaries,
) -> Result<(), Error> {
    let concerned: Vec<_> = concerned.into_iter().collect();
    for concerned in concerned.chunks(TOGETHER) {
        let asked: Vec<_> =
            concerned.iter().map(|(key, record)| (key, record.visitor_id())).collect();
        let near = others::of(connection, project, &asked).await?;
        let telling = |((key, record), near): (&(Key, Record), _)| Telling {
            key: key.clone(),
            record: record.clone(),
            others: said_by(&near),
            is_profile_new: false,
        };
        let told: Vec<_> = concerned.iter().zip(near).map(telling).collect();
        visits::tell(connection, project, &told, summaries).await?;
    }
    Ok(())
}

/// What is known of a thread out of its column `state`.
pub(super) fn record(row: &AnyRow) -> Result<Record, Error> {
    decode(&row.text("state")?)
}

/// What is known of those of these threads of which anything is.
async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: impl Iterator<Item = &Key>,
) -> Result<BTreeMap<Key, Record>, Error> {
    let keys: Vec<_> =
        keys.map(|key| [Value::from(&*key.session_id), Value::from(&*key.user_id)]).collect();
    let rows = many::select(
        connection,
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND (session_id, user_id) IN (KEYS)",
        project,
        &keys,
    )
    .await?;
    let thread = |row: &AnyRow| {
        let (session_id, user_id) = (row.text("session_id")?, row.text("user_id")?);
        Ok((Key { project_id: project, session_id, user_id }, record(row)?))
    };
    rows.iter().map(thread).collect()
}

/// Stores what is known of threads, each once.
pub(super) async fn store(
    connection: &mut AnyConnection,
    threads: impl Iterator<Item = (&Key, &Record)>,
) -> Result<(), Error> {
    let rows = threads.map(|(key, record)| row(key, record)).collect::<Result<_, _>>()?;
    many::insert(
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

fn row(key: &Key, record: &Record) -> Result<[Value; 7], Error> {
    let said = record.thread.ends().last().map_or(Timestamp::EPOCH, |(at, _)| *at);
    let (first_at, last_at) = record.thread.span().unwrap_or((said, said));
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
