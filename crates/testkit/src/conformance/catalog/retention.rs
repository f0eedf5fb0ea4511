//! Runs that remove old rows, floors, and which rows are removed.

use domain::id::{EventId, RecordingId, ScreenshotId};
use domain::recording::{RecordingSubject, ScreenshotSubject};
use domain::retention::RetentionKind;
use domain::score::Signal;
use domain::session::ObservationKind;
use domain::time::Timestamp;
use engine::ports::blobs::BlobGroup;
use engine::ports::catalog::{
    Chunk, NewChunk, NewSignal, RetentionLease, RetentionRun, RetentionRunKey, RowsAndBytes,
    Screenshot,
};
use uuid::Uuid;

use super::fixtures::{NOON, project_id, two_projects};
use super::sessions::{at, everything, observation};
use super::{CatalogHarness, Ports};

const DAY: i64 = 1_440;

fn key(project: u128, kind: RetentionKind, day: i32) -> RetentionRunKey {
    RetentionRunKey { project_id: project_id(project), kind, day }
}

fn lease(now: i64, until: i64) -> RetentionLease {
    RetentionLease { now: at(now), until: at(until) }
}

/// Makes `before` the floor and removes older rows, a few at a time; returns their number.
pub(super) async fn remove(ports: &Ports, kind: RetentionKind, before: Timestamp) -> u64 {
    let lease = lease(0, 10);
    let mut day = before.day();
    let run = loop {
        let key = key(1, kind, day);
        if let Some(run) = ports.retention.claim_retention_run(key, before, lease).await.unwrap() {
            break run;
        }
        // That day's run is finished.
        day += 1;
    };
    let finished = RetentionRun { finished_at: Some(NOON), ..run };
    let counted = ports.expired_rows.expired_rows(project_id(1), kind, before).await.unwrap();
    let (mut rows, mut after) = (0, None);
    loop {
        let rows_store = &ports.expired_rows;
        let page = rows_store.remove_expired_rows(project_id(1), kind, before, after.as_ref(), 2);
        let page = page.await.unwrap();
        rows += page.rows;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(rows, counted, "what was counted is removed");
    assert_eq!(ports.expired_rows.expired_rows(project_id(1), kind, before).await.unwrap(), 0);
    ports.retention.store_retention_run(&finished, lease).await.unwrap();
    rows
}

/// One server works on a run until its lease ends; the next one finds the run as it was stored.
pub async fn a_run_is_worked_on_by_one_server_at_a_time<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let sessions = key(1, RetentionKind::Sessions, 7);
    let claim = async |ports: &Ports, lease| {
        ports.retention.claim_retention_run(sessions, at(-9), lease).await.unwrap()
    };
    let new = RetentionRun {
        key: sessions,
        removes_before: at(-9),
        started_at: at(0),
        finished_at: None,
        removed: None,
    };
    assert_eq!(claim(&ports, lease(0, 10)).await, Some(new));
    // The same server may continue it at any time.
    assert_eq!(claim(&ports, lease(5, 15)).await, Some(new));
    let removed = Some(RowsAndBytes { rows: 3, bytes: 40 });
    let counted = RetentionRun { removes_before: at(-8), removed, ..new };
    ports.retention.store_retention_run(&counted, lease(5, 15)).await.unwrap();
    drop(ports);
    store.reopen().await;
    let ports = store.ports();
    assert_eq!(claim(&ports, lease(6, 16)).await, Some(counted));
    let finished = RetentionRun { finished_at: Some(at(7)), ..counted };
    ports.retention.store_retention_run(&finished, lease(7, 17)).await.unwrap();
    assert_eq!(claim(&ports, lease(99, 199)).await, None, "it is finished");
    let listed = ports.retention.finished_retention_runs(7).await.unwrap();
    assert_eq!(listed, [sessions]);
    assert_eq!(ports.retention.finished_retention_runs(8).await.unwrap(), []);
}

/// The latest of each kind, of this project; and old ones are forgotten.
pub async fn the_latest_run_of_each_kind_is_shown<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let claim = async |project, kind, day| {
        let key = key(project, kind, day);
        ports.retention.claim_retention_run(key, at(0), lease(0, 10)).await.unwrap().unwrap()
    };
    claim(1, RetentionKind::Events, 5).await;
    let events = claim(1, RetentionKind::Events, 6).await;
    let activities = claim(1, RetentionKind::Activities, 5).await;
    claim(2, RetentionKind::Sessions, 9).await;
    let latest =
        async |project| ports.retention.latest_retention_runs(project_id(project)).await.unwrap();
    assert_eq!(latest(1).await, [events, activities]);
    ports.retention.prune_retention_runs(6).await.unwrap();
    assert_eq!(latest(1).await, [events]);
    assert_eq!(latest(2).await.len(), 1);
}

/// A floor is the instant before which the latest run removes rows; it moves back when a project
/// keeps more, and never forth.
pub async fn floors_follow_runs_and_move_back<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let kind = RetentionKind::Events;
    let floors = async || ports.retention.retention_floors(kind).await.unwrap();
    assert_eq!(floors().await, []);
    let claimed =
        ports.retention.claim_retention_run(key(1, kind, 5), at(50), lease(0, 10)).await.unwrap();
    assert_eq!(floors().await, [(project_id(1), at(50))]);
    // Before its rows are counted, the project keeps more: the run follows, and so does the floor.
    let claim = async |before, lease| {
        ports.retention.claim_retention_run(key(1, kind, 5), before, lease).await.unwrap()
    };
    let again = claim(at(48), lease(1, 11)).await.unwrap();
    assert_eq!((again.removes_before, floors().await), (at(48), vec![(project_id(1), at(48))]));
    let less = RetentionRun { removes_before: at(40), ..claimed.unwrap() };
    ports.retention.store_retention_run(&less, lease(0, 10)).await.unwrap();
    assert_eq!(floors().await, [(project_id(1), at(40))]);
    let lower = async |project, at| {
        let floors = [(kind, at), (RetentionKind::Sessions, at)];
        ports.retention.lower_retention_floors(project_id(project), &floors).await.unwrap();
    };
    lower(1, at(45)).await;
    lower(2, at(10)).await;
    assert_eq!(floors().await, [(project_id(1), at(40))]);
    lower(1, at(30)).await;
    assert_eq!(floors().await, [(project_id(1), at(30))]);
    let finished = RetentionRun { finished_at: Some(NOON), ..less };
    ports.retention.store_retention_run(&finished, lease(0, 10)).await.unwrap();
    assert_eq!(floors().await, [(project_id(1), at(30))], "a finished run moves none");
}

/// Figures outlast the sessions they counted, and a late event brings none of them back.
pub async fn old_sessions_are_removed_and_stay_counted<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let border = at(0);
    let seen = [
        // Timelines outlive their sessions by a day.
        observation("s", "u", -DAY - 1, ObservationKind::Start),
        observation("t", "u", -100, ObservationKind::Start),
        observation("t", "u", 5, ObservationKind::Activity),
        observation("n", "", -DAY - 1, ObservationKind::Start),
        observation("v", "u", 0, ObservationKind::Start),
    ];
    ports.sessions.apply(&seen, &[], 1).await.unwrap();
    let foreign = super::sessions::observation("s", "u", -DAY, ObservationKind::Start);
    let foreign = domain::session::SessionObservation { project_id: project_id(2), ..foreign };
    ports.sessions.apply(std::slice::from_ref(&foreign), &[], 2).await.unwrap();
    assert_eq!(remove(&ports, RetentionKind::Sessions, border).await, 2);
    let expected = everything(&ports, project_id(1)).await;
    let started: Vec<_> = expected[0].1.iter().map(|session| session.started_at).collect();
    assert_eq!((expected[0].0.total_sessions, started), (4, vec![at(5), at(0)]));
    let known =
        async |session| ports.sessions.is_known(project_id(1), session, None).await.unwrap();
    assert!(!known("s").await && !known("n").await && known("t").await && known("v").await);
    assert_eq!(everything(&ports, project_id(2)).await[0].1.len(), 1, "another project's stays");
    // The journal once more, from its beginning, and new events.
    ports.sessions.apply(&seen, &[], 3).await.unwrap();
    assert_eq!(everything(&ports, project_id(1)).await, expected);
    let later = [observation("t", "u", 6, ObservationKind::Activity)];
    ports.sessions.apply(&later, &[], 4).await.unwrap();
    let rows = everything(&ports, project_id(1)).await;
    assert_eq!((rows[0].0.total_sessions, rows[0].1.len()), (4, 2));
    assert_eq!(rows[0].1[0].last_activity_at, at(6));
}

/// A removed session that a late event continues is the one that was counted.
pub async fn a_removed_session_that_goes_on_is_counted_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let seen = |minute| [observation("s", "u", minute, ObservationKind::Activity)];
    ports.sessions.apply(&seen(-5), &[], 1).await.unwrap();
    assert_eq!(remove(&ports, RetentionKind::Sessions, at(0)).await, 1);
    ports.sessions.apply(&seen(4), &[], 2).await.unwrap();
    let rows = everything(&ports, project_id(1)).await;
    assert_eq!((rows[0].0.total_sessions, rows[0].1[0].started_at), (1, at(-5)));
}

/// A session that lasts for days is removed part by part, and its rest remains the same session.
pub async fn a_session_of_several_days_leaves_by_its_parts<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let minutes: Vec<i64> = (0..=3 * DAY).step_by(20).collect();
    let seen: Vec<_> = minutes
        .iter()
        .map(|minute| observation("s", "u", *minute, ObservationKind::Activity))
        .collect();
    ports.sessions.apply(&seen, &[], 1).await.unwrap();
    let before = everything(&ports, project_id(1)).await;
    assert_eq!(before[0].1.len(), 3, "24 hours each");
    assert_eq!(remove(&ports, RetentionKind::Sessions, at(DAY + 1)).await, 1);
    let next = observation("s", "u", 3 * DAY + 10, ObservationKind::Activity);
    ports.sessions.apply(&[next], &[], 2).await.unwrap();
    let after = everything(&ports, project_id(1)).await;
    let starts = |rows: &[engine::ports::catalog::SessionRow]| -> Vec<Timestamp> {
        rows.iter().map(|session| session.started_at).filter(|at| *at > self::at(0)).collect()
    };
    assert_eq!(starts(&after[0].1)[1..], starts(&before[0].1)[..], "and one that has begun since");
    assert_eq!(after[0].0.total_sessions, 4);
}

/// A score counts the signals that are left; without any there is none.
pub async fn old_signals_are_removed_with_their_points<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let signal = |user: &str, number: u128, minutes: i64| NewSignal {
        project_id: project_id(1),
        user_id: user.to_owned(),
        signal: Signal {
            event_id: EventId(Uuid::from_u128(number)),
            name: "property_view".to_owned(),
            occurred_at: at(minutes),
            session_id: None,
        },
    };
    let all = [signal("u", 1, -1), signal("u", 2, 0), signal("v", 3, -2), signal("w", 4, 1)];
    ports.lead_scores.apply(&all, 1).await.unwrap();
    let scores = async || {
        let found = ports.lead_scores.highest(project_id(1), None, 10).await.unwrap();
        found.into_iter().map(|row| (row.user_id, row.score)).collect::<Vec<_>>()
    };
    let [one, two] = [("w", 12), ("u", 14)].map(|(user, score)| (user.to_owned(), score));
    assert_eq!(scores().await, [two, ("v".to_owned(), 12), one.clone()]);
    assert_eq!(remove(&ports, RetentionKind::Signals, at(0)).await, 2);
    let left = vec![("u".to_owned(), 12), one];
    assert_eq!(scores().await, left);
    ports.lead_scores.apply(&all, 2).await.unwrap();
    assert_eq!(scores().await, left, "the journal once more");
    let shown = ports.lead_scores.signals(project_id(1), "u").await.unwrap();
    assert_eq!(shown, [all[1].signal.clone()]);
}

/// Recordings by their end, or by their arrival where that is earlier; screenshots by their arrival.
pub async fn old_recordings_and_screenshots_are_found<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let chunk = |number: u128, ended: i64, received: i64| NewChunk {
        recording_id: RecordingId(Uuid::from_u128(number)),
        subject: RecordingSubject {
            session_id: format!("s{number}"),
            visitor_id: None,
            user_id: None,
        },
        page_url: None,
        clock_offset_micros: 0,
        received_at: at(received),
        chunk: Chunk { seq: 0, started_at: at(-90), ended_at: at(ended), events: 1, bytes: 10 },
    };
    let picture = |number: u128, received: i64| Screenshot {
        id: ScreenshotId(Uuid::from_u128(number)),
        friction_event_id: None,
        subject: ScreenshotSubject::default(),
        page_url: None,
        width: 1,
        height: 1,
        bytes: 100,
        received_at: at(received),
    };
    // The third has a clock of the future.
    for (number, ended, received) in [(1, -1, 5), (2, 0, 5), (3, 9_999, -1), (4, 9, 9)] {
        let chunk = chunk(number, ended, received);
        ports.recordings.record_chunk(project_id(1), &chunk).await.unwrap();
    }
    for (number, received) in [(5, -1), (6, 0)] {
        let picture = picture(number, received);
        ports.recordings.record_screenshot(project_id(1), &picture).await.unwrap();
    }
    ports.recordings.record_chunk(project_id(2), &chunk(1, -1, -1)).await.unwrap();
    let size = async |project, before| {
        ports.expired_media.expired_media_size(project_id(project), before).await.unwrap()
    };
    assert_eq!(size(1, at(0)).await, RowsAndBytes { rows: 3, bytes: 120 });
    assert_eq!(size(1, at(-60)).await, RowsAndBytes::default());
    assert_eq!(size(2, at(0)).await, RowsAndBytes { rows: 1, bytes: 10 });
    let found = ports.expired_media.expired_media(project_id(1), at(0), None, 10).await.unwrap();
    let [one, three] = [1, 3].map(|number| RecordingId(Uuid::from_u128(number)));
    let expected = [
        BlobGroup::Recording(project_id(1), one),
        BlobGroup::Recording(project_id(1), three),
        BlobGroup::Screenshot(project_id(1), ScreenshotId(Uuid::from_u128(5))),
    ];
    assert_eq!(found, expected);
    for (place, next) in expected.iter().enumerate() {
        let after = place.checked_sub(1).map(|before| expected[before]);
        let found =
            ports.expired_media.expired_media(project_id(1), at(0), after, 1).await.unwrap();
        assert_eq!(found, [*next]);
    }
    let last = expected.last().copied();
    let found = ports.expired_media.expired_media(project_id(1), at(0), last, 1).await.unwrap();
    assert_eq!(found, []);
}
