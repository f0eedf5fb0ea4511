//! Signals in, scores out: all in the caller's transaction.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{EventId, ProjectId};
use domain::retention::RetentionKind;
use domain::score::{self, MAX_SIGNALS, Signal};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, NewSignal};
use sqlx::AnyConnection;

use super::function::LeadScoreFunction;
use super::{signal, weights_of};
use crate::bulk::{self, Value};
use crate::error::sql;
use crate::retention;
use crate::row_ext::RowExt;

/// Customers whose signals are in memory at a time.
const CHUNK: usize = 64;
/// The latest signals of customers, as many as count.
const LATEST: &str = "
    SELECT user_id, event_id, name, occurred_at, session_id
    FROM (SELECT user_id, event_id, name, occurred_at, session_id,
                 ROW_NUMBER() OVER (PARTITION BY user_id
                                    ORDER BY occurred_at DESC, event_id DESC) AS place
          FROM lead_signals WHERE project_id = $1 AND user_id IN (KEYS)) AS placed
    WHERE place <= 1000";
const _: () = assert!(MAX_SIGNALS == 1_000, "as many as the statement says");

/// Keeps signals; of one that comes again, the earlier time.
pub(super) async fn store_signals(
    connection: &mut AnyConnection,
    signals: &[&NewSignal],
) -> Result<(), Error> {
    let mut once: BTreeMap<(ProjectId, &str, EventId), (&Signal, Timestamp)> = BTreeMap::new();
    for NewSignal { project_id, user_id, signal } in signals {
        let key = (*project_id, user_id.as_str(), signal.event_id);
        let (_, earliest) = once.entry(key).or_insert((signal, signal.occurred_at));
        *earliest = signal.occurred_at.min(*earliest);
    }
    let rows = once.into_iter().map(|((project, user_id, event_id), (signal, earliest))| {
        [
            project.into(),
            user_id.into(),
            event_id.to_string().into(),
            signal.name.as_str().into(),
            earliest.into(),
            signal.session_id.clone().into(),
        ]
    });
    bulk::insert(
        connection,
        "INSERT INTO lead_signals (project_id, user_id, event_id, name, occurred_at, session_id)",
        "ON CONFLICT (project_id, user_id, event_id) DO UPDATE
             SET occurred_at = excluded.occurred_at
             WHERE excluded.occurred_at < lead_signals.occurred_at",
        rows.collect(),
    )
    .await?;
    Ok(())
}

/// The signals that are not older than their project keeps events.
pub(super) async fn above_floors<'a>(
    connection: &mut AnyConnection,
    signals: &'a [NewSignal],
) -> Result<Vec<&'a NewSignal>, Error> {
    let projects: BTreeSet<ProjectId> = signals.iter().map(|signal| signal.project_id).collect();
    let mut floors = BTreeMap::new();
    for project in projects {
        let floor = retention::floor(connection, project, RetentionKind::Signals).await?;
        floors.extend(floor.map(|floor| (project, floor)));
    }
    let is_old = |signal: &NewSignal| {
        floors.get(&signal.project_id).is_some_and(|floor| signal.signal.occurred_at < *floor)
    };
    Ok(signals.iter().filter(|signal| !is_old(signal)).collect())
}

/// The customers of these signals.
pub(super) fn customers<'a>(signals: &[&'a NewSignal]) -> BTreeMap<ProjectId, BTreeSet<&'a str>> {
    let mut customers: BTreeMap<ProjectId, BTreeSet<&str>> = BTreeMap::new();
    for NewSignal { project_id, user_id, .. } in signals {
        customers.entry(*project_id).or_default().insert(user_id);
    }
    customers
}

/// Scores these customers again.
pub(super) async fn rescore(
    connection: &mut AnyConnection,
    customers: BTreeMap<ProjectId, BTreeSet<&str>>,
) -> Result<(), Error> {
    let mut function = LeadScoreFunction::find(connection).await?;
    for (project, users) in customers {
        let users: Vec<&str> = users.into_iter().collect();
        let scores = scores(connection, project, &users).await?;
        bulk::insert(
            connection,
            "INSERT INTO lead_scores (project_id, user_id, score, as_of)",
            "ON CONFLICT (project_id, user_id)
             DO UPDATE SET score = excluded.score, as_of = excluded.as_of, calculated = NULL",
            scores,
        )
        .await?;
        for user_id in users {
            if let Some(function) = &mut function {
                let number = function.calculate(connection, project, user_id).await?;
                store_calculated(connection, project, user_id, number).await?;
            }
        }
    }
    Ok(())
}

/// The scores of those of these customers who have signals, as rows.
async fn scores(
    connection: &mut AnyConnection,
    project: ProjectId,
    users: &[&str],
) -> Result<Vec<[Value; 4]>, Error> {
    let weights = weights_of(connection, project).await?.weights;
    let mut scores = Vec::with_capacity(users.len());
    for users in users.chunks(CHUNK) {
        for (user_id, signals) in latest(connection, project, users).await? {
            let Some(as_of) = signals.iter().map(|signal| signal.occurred_at).max() else {
                continue;
            };
            let score = i64::from(score::score(&signals, &weights, as_of).score);
            scores.push([project.into(), user_id.into(), score.into(), as_of.into()]);
        }
    }
    Ok(scores)
}

async fn latest(
    connection: &mut AnyConnection,
    project: ProjectId,
    users: &[&str],
) -> Result<BTreeMap<String, Vec<Signal>>, Error> {
    let keys: Vec<_> = users.iter().map(|user_id| [Value::from(*user_id)]).collect();
    let mut latest: BTreeMap<String, Vec<Signal>> = BTreeMap::new();
    for row in bulk::select(connection, LATEST, project, &keys).await? {
        latest.entry(row.text("user_id")?).or_default().push(signal(&row)?);
    }
    Ok(latest)
}

async fn store_calculated(
    connection: &mut AnyConnection,
    project: ProjectId,
    user_id: &str,
    calculated: Option<String>,
) -> Result<(), Error> {
    sqlx::query("UPDATE lead_scores SET calculated = $3 WHERE project_id = $1 AND user_id = $2")
        .bind(project.to_string())
        .bind(user_id.to_owned())
        .bind(calculated)
        .execute(connection)
        .await
        .map_err(sql)?;
    Ok(())
}
