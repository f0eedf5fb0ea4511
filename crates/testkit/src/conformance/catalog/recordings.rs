//! Recordings and pictures: what is known of them.

use std::collections::BTreeSet;

use domain::erasure::Identifiers;
use domain::id::{EventId, RecordingId, ScreenshotId};
use domain::recording::{RecordingSubject, ScreenshotSubject};
use domain::time::Timestamp;
use engine::ports::blobs::BlobGroup;
use engine::ports::catalog::{Chunk, ChunkWriteOutcome, NewChunk, RecordingQuery, Screenshot};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{project_id, two_projects};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_700_000_000 + seconds)
}

fn recording(number: u128) -> RecordingId {
    RecordingId(Uuid::from_u128(number))
}

fn subject(name: &str) -> RecordingSubject {
    RecordingSubject {
        session_id: format!("session of {name}"),
        visitor_id: Some(format!("visitor of {name}")),
        user_id: Some(name.to_owned()),
    }
}

fn part(number: u128, seq: u32, name: &str) -> NewChunk {
    let from = at(i64::from(seq) * 10);
    NewChunk {
        recording_id: recording(number),
        subject: subject(name),
        page_url: Some(format!("https://shop.test/{seq}")),
        clock_offset_micros: 7,
        received_at: at(i64::from(seq) * 10 + 20),
        chunk: Chunk {
            seq,
            started_at: from,
            ended_at: from.plus_seconds(9),
            events: 3,
            bytes: 100,
        },
    }
}

fn picture(number: u128, event: Option<u128>, name: &str) -> Screenshot {
    Screenshot {
        id: ScreenshotId(Uuid::from_u128(number)),
        friction_event_id: event.map(|event| EventId(Uuid::from_u128(event))),
        subject: ScreenshotSubject {
            session_id: Some(format!("session of {name}")),
            visitor_id: Some(format!("visitor of {name}")),
            user_id: Some(name.to_owned()),
        },
        page_url: None,
        width: 640,
        height: 480,
        bytes: 1_000,
        received_at: at(0),
    }
}

/// In any order, each as often as it comes; another project sees nothing of it.
pub async fn chunks_add_up_to_a_recording<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let [one, other] = [1, 2].map(project_id);
    for seq in [2, 0, 1, 0, 2] {
        let noted = ports.recordings.record_chunk(one, &part(1, seq, "amina")).await.unwrap();
        assert_eq!(noted, ChunkWriteOutcome::Stored);
    }
    drop(ports);
    store.reopen().await;
    let ports = store.ports();
    let (found, chunks) = ports.recordings.recording(one, recording(1)).await.unwrap().unwrap();
    assert_eq!((found.chunks, found.events, found.bytes), (3, 9, 300));
    assert_eq!((found.started_at, found.ended_at), (at(0), at(29)));
    assert_eq!(found.page_url.as_deref(), Some("https://shop.test/0"));
    assert_eq!((found.subject.clone(), found.clock_offset_micros), (subject("amina"), 7));
    assert_eq!(chunks, [0, 1, 2].map(|seq| part(1, seq, "amina").chunk));
    assert_eq!(ports.recordings.recording(other, recording(1)).await.unwrap(), None);
    let none = ports.recordings.recordings(other, &RecordingQuery::default(), 10).await.unwrap();
    assert_eq!(none, []);
}

/// The field that differs is named, and nothing changes.
pub async fn a_recording_has_one_visit<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let mut anonymous = part(1, 0, "amina");
    (anonymous.subject.visitor_id, anonymous.subject.user_id) = (None, None);
    ports.recordings.record_chunk(project_id(1), &anonymous).await.unwrap();
    let named = ports.recordings.record_chunk(project_id(1), &part(1, 1, "amina")).await.unwrap();
    assert_eq!(named, ChunkWriteOutcome::Stored, "who was not known is known now");
    for (field, change) in [
        (
            "session_id",
            (|new: &mut RecordingSubject| new.session_id.push('x')) as fn(&mut RecordingSubject),
        ),
        ("visitor_id", |new| new.visitor_id = Some("another".to_owned())),
        ("user_id", |new| new.user_id = Some("another".to_owned())),
    ] {
        let mut new = part(1, 2, "amina");
        change(&mut new.subject);
        let noted = ports.recordings.record_chunk(project_id(1), &new).await.unwrap();
        assert_eq!(noted, ChunkWriteOutcome::Conflicts(field));
    }
    let found = ports.recordings.recording(project_id(1), recording(1)).await.unwrap();
    let (found, chunks) = found.unwrap();
    assert_eq!((found.subject, chunks.len()), (subject("amina"), 2));
    let elsewhere =
        ports.recordings.record_chunk(project_id(2), &part(1, 0, "juma")).await.unwrap();
    assert_eq!(elsewhere, ChunkWriteOutcome::Stored, "another project's id is another recording");
}

/// Those begun last first, a page at a time, by session, visitor or user.
pub async fn recordings_are_listed_by_subject<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, name) in [(1, "amina"), (2, "juma"), (3, "amina")] {
        // The same time for all: ids decide.
        ports.recordings.record_chunk(project_id(1), &part(number, 0, name)).await.unwrap();
    }
    ports.recordings.record_chunk(project_id(1), &part(4, 1, "juma")).await.unwrap();
    let list = async |query: RecordingQuery, limit| {
        let found = ports.recordings.recordings(project_id(1), &query, limit).await.unwrap();
        found.into_iter().map(|one| (one.started_at, one.id)).collect::<Vec<_>>()
    };
    let ids = |found: &[(Timestamp, RecordingId)]| -> Vec<RecordingId> {
        found.iter().map(|(_, id)| *id).collect()
    };
    let all = list(RecordingQuery::default(), 10).await;
    assert_eq!(ids(&all), [4, 3, 2, 1].map(recording));
    let after = RecordingQuery { after: Some(all[1]), ..RecordingQuery::default() };
    assert_eq!(ids(&list(after, 1).await), [recording(2)]);
    for query in [
        RecordingQuery { session_ids: vec!["session of amina".to_owned()], ..Default::default() },
        RecordingQuery { visitor_id: Some("visitor of amina".to_owned()), ..Default::default() },
        RecordingQuery { user_id: Some("amina".to_owned()), ..Default::default() },
    ] {
        assert_eq!(ids(&list(query.clone(), 10).await), [3, 1].map(recording), "{query:?}");
    }
    let both =
        ["session of amina", "a\0", "session of juma", "unknown"].map(str::to_owned).to_vec();
    let both = RecordingQuery { session_ids: both, ..Default::default() };
    assert_eq!(ids(&list(both, 10).await), [4, 3, 2, 1].map(recording));
    let anonymous = RecordingQuery { user_id: Some("a\0".to_owned()), ..Default::default() };
    assert_eq!(list(anonymous, 10).await, []);
}

/// Of each session the recording begun last; and the sessions of a period, the latest first.
pub async fn recordings_are_found_by_session<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let [one, other] = [1, 2].map(project_id);
    for (number, seq, name) in [(1, 0, "amina"), (2, 0, "amina"), (3, 5, "amina"), (4, 2, "juma")] {
        ports.recordings.record_chunk(one, &part(number, seq, name)).await.unwrap();
    }
    ports.recordings.record_chunk(other, &part(5, 9, "asha")).await.unwrap();
    let names = ["amina", "juma", "asha"].map(|name| format!("session of {name}"));
    let [amina, juma, _] = names.clone();
    let mut wanted = names.to_vec();
    wanted.extend(["a\0".to_owned(), amina.clone()]);
    let mut found = ports.recordings.recordings_of_sessions(one, &wanted).await.unwrap();
    found.sort();
    assert_eq!(found, [(amina.clone(), recording(3)), (juma.clone(), recording(4))]);
    assert_eq!(ports.recordings.recordings_of_sessions(one, &[]).await.unwrap(), []);
    let recorded = async |from, to, limit| {
        ports.recordings.recorded_sessions(one, at(from), at(to), limit).await.unwrap()
    };
    assert_eq!(recorded(0, 100, 10).await, [amina.clone(), juma.clone()]);
    assert_eq!(recorded(0, 100, 1).await, std::slice::from_ref(&amina));
    // Juma's recording is of the seconds 20 to 29.
    assert_eq!(recorded(29, 50, 10).await, std::slice::from_ref(&juma));
    assert_eq!(recorded(30, 50, 10).await, [""; 0]);
    assert_eq!(recorded(0, 20, 10).await, [amina]);
}

/// By its id, and by the event it shows.
pub async fn a_screenshot_is_found_by_its_event<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let pictures =
        [picture(1, Some(10), "amina"), picture(2, Some(11), "juma"), picture(3, None, "juma")];
    let mut unnamed = picture(4, Some(13), "nobody");
    unnamed.subject = ScreenshotSubject::default();
    for one in pictures.iter().chain([&unnamed]) {
        ports.recordings.record_screenshot(project_id(1), one).await.unwrap();
    }
    let again = Screenshot { bytes: 2_000, ..pictures[0].clone() };
    ports.recordings.record_screenshot(project_id(1), &again).await.unwrap();
    for one in [&again, &pictures[1], &pictures[2], &unnamed] {
        let found = ports.recordings.screenshot(project_id(1), one.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(one));
        assert_eq!(ports.recordings.screenshot(project_id(2), one.id).await.unwrap(), None);
    }
    let events = [10, 11, 12].map(|number| EventId(Uuid::from_u128(number)));
    let found = ports.recordings.screenshots_of(project_id(1), &events).await.unwrap();
    let found: BTreeSet<_> = found.into_iter().collect();
    assert_eq!(found, BTreeSet::from([(events[0], pictures[0].id), (events[1], pictures[1].id)]));
    assert_eq!(ports.recordings.screenshots_of(project_id(2), &events).await.unwrap(), []);
}

/// By user, browser or session, each once; and what is forgotten is gone, with its parts.
pub async fn recordings_of_a_subject_are_found_and_removed<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let one = project_id(1);
    for (number, name) in [(1, "amina"), (2, "juma")] {
        for seq in 0..2 {
            ports.recordings.record_chunk(one, &part(number, seq, name)).await.unwrap();
        }
        ports.recordings.record_screenshot(one, &picture(number, None, name)).await.unwrap();
    }
    ports.recordings.record_chunk(project_id(2), &part(1, 0, "amina")).await.unwrap();
    let set = |text: &str| BTreeSet::from([text.to_owned()]);
    let foreign = [
        BlobGroup::Recording(one, recording(1)),
        BlobGroup::Screenshot(one, ScreenshotId(Uuid::from_u128(1))),
    ];
    for person in [
        Identifiers { user_ids: set("amina"), ..Identifiers::default() },
        Identifiers { visitor_ids: set("visitor of amina"), ..Identifiers::default() },
        Identifiers { session_ids: set("session of amina"), ..Identifiers::default() },
        Identifiers {
            user_ids: set("amina"),
            session_ids: set("session of amina"),
            ..Identifiers::default()
        },
    ] {
        assert_eq!(ports.recordings.media_of(one, &person).await.unwrap(), foreign, "{person:?}");
    }
    for group in foreign {
        ports.recordings.forget_media(group).await.unwrap();
    }
    assert_eq!(ports.recordings.recording(one, recording(1)).await.unwrap(), None);
    let left = ports.recordings.recordings(one, &RecordingQuery::default(), 10).await.unwrap();
    assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [recording(2)]);
    let again = ports.recordings.record_chunk(one, &part(1, 0, "asha")).await.unwrap();
    assert_eq!(again, ChunkWriteOutcome::Stored, "its parts are forgotten with it");
    assert!(ports.recordings.recording(project_id(2), recording(1)).await.unwrap().is_some());
}
