//! The ledger of erasures, and who is refused.

use domain::erasure::{ErasureId, ErasureState, Identifiers};
use engine::ports::catalog::{ActorKind, Erasure, ErasureCounts};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, member_id, project_id, two_projects};

/// An erasure of the project with that number, asked for `number` seconds after [`NOON`].
pub fn erasure(number: u128, project: u128) -> Erasure {
    Erasure {
        id: ErasureId(Uuid::from_u128(0xe000 + number)),
        project_id: project_id(project),
        requested_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        requested_by_kind: ActorKind::Member,
        requested_by: member_id(1).0,
        state: ErasureState::Requested,
        identifiers: Some(Identifiers::of_subject("amina@shop.test")),
        digests: 2,
        waits_for: 7,
        counts: ErasureCounts::default(),
        leftovers: Vec::new(),
        unreadable_at: None,
        gone_at: None,
        lifted_at: None,
    }
}

/// The first candidate becomes the key; each project has its own.
pub async fn a_project_keeps_its_first_key<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let secret = async |ports: &super::Ports, project, byte| {
        ports.suppressions.erasure_secret(project_id(project), [byte; 32]).await.unwrap()
    };
    assert_eq!(secret(&ports, 1, 1).await, [1; 32]);
    assert_eq!(secret(&ports, 2, 2).await, [2; 32]);
    store.reopen().await;
    assert_eq!(secret(&store.ports(), 1, 3).await, [1; 32]);
    let anonymous = ports.suppressions.suppressed(project_id(9)).await;
    assert!(anonymous.is_err() || anonymous.unwrap().secret.is_empty());
}

/// What was stored comes back, as it was advanced, across a restart.
pub async fn an_erasure_is_stored_and_advanced<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    ports.suppressions.erasure_secret(project_id(1), [1; 32]).await.unwrap();
    let begun = erasure(1, 1);
    assert_eq!(ports.erasures.begin_erasure(begun.clone(), &[[7; 32]]).await.unwrap(), begun);
    let advanced = Erasure {
        state: ErasureState::Leaving,
        digests: 3,
        waits_for: 900,
        counts: ErasureCounts {
            journal_records: 1,
            catalog_rows: 2,
            failed_events: 3,
            lake_events: 4,
        },
        leftovers: vec!["month=2026-11-01/1.parquet".to_owned()],
        unreadable_at: Some(NOON.plus_seconds(9)),
        ..begun
    };
    ports.erasures.advance_erasure(&advanced, &[[8; 32]]).await.unwrap();
    store.reopen().await;
    let ports = store.ports();
    let unfinished = ports.erasures.unfinished_erasures().await.unwrap();
    assert_eq!(unfinished, std::slice::from_ref(&advanced));
    let found = ports.erasures.erasure(project_id(1), advanced.id).await.unwrap();
    assert_eq!(found, Some(advanced.clone()));
    let gone = Erasure {
        state: ErasureState::Gone,
        identifiers: None,
        gone_at: Some(NOON.plus_seconds(10)),
        ..advanced
    };
    ports.erasures.advance_erasure(&gone, &[]).await.unwrap();
    assert_eq!(ports.erasures.unfinished_erasures().await.unwrap(), []);
    assert_eq!(ports.erasures.erasures(project_id(1), None, 9).await.unwrap(), [gone]);
}

/// A second wish about the same person is answered with the first, until that one is done.
pub async fn one_erasure_of_a_person_is_under_way_at_a_time<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let first = erasure(1, 1);
    ports.erasures.begin_erasure(first.clone(), &[[7; 32], [8; 32]]).await.unwrap();
    let second = erasure(2, 1);
    let answered = ports.erasures.begin_erasure(second.clone(), &[[9; 32], [8; 32]]).await.unwrap();
    assert_eq!(answered, first);
    let elsewhere = erasure(3, 2);
    let answered = ports.erasures.begin_erasure(elsewhere.clone(), &[[8; 32]]).await.unwrap();
    assert_eq!(answered, elsewhere, "another project's person is another person");
    let gone = Erasure { state: ErasureState::Gone, identifiers: None, ..first };
    ports.erasures.advance_erasure(&gone, &[]).await.unwrap();
    let answered = ports.erasures.begin_erasure(second.clone(), &[[8; 32]]).await.unwrap();
    assert_eq!(answered, second);
}

/// Digests are there until the erasure is lifted, and the revision says when they change.
pub async fn erased_subjects_are_refused_until_lifted<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let revision = async || {
        let all = ports.suppressions.suppression_revisions().await.unwrap();
        all.into_iter().find(|(project, _)| *project == project_id(1)).map(|(_, number)| number)
    };
    assert_eq!(revision().await, None);
    ports.suppressions.erasure_secret(project_id(1), [1; 32]).await.unwrap();
    let at_first = revision().await;
    let begun = erasure(1, 1);
    ports.erasures.begin_erasure(begun.clone(), &[[7; 32]]).await.unwrap();
    let begins = revision().await;
    assert_ne!(begins, at_first);
    ports.erasures.advance_erasure(&begun, &[[7; 32], [8; 32]]).await.unwrap();
    let extended = revision().await;
    assert_ne!(extended, begins);
    ports.erasures.advance_erasure(&begun, &[]).await.unwrap();
    assert_eq!(revision().await, extended);
    let mut rows = ports.suppressions.suppressed(project_id(1)).await.unwrap();
    rows.digests.sort_unstable();
    assert_eq!((rows.secret, rows.digests), (vec![1; 32], vec![[7; 32], [8; 32]]));
    let lifted = ports.erasures.lift_erasure(project_id(1), begun.id, NOON).await.unwrap();
    assert_eq!(lifted.map(|lifted| (lifted.lifted_at, lifted.digests)), Some((Some(NOON), 0)));
    assert_ne!(revision().await, extended);
    assert_eq!(ports.suppressions.suppressed(project_id(1)).await.unwrap().digests, [[0; 32]; 0]);
    let later = NOON.plus_seconds(1);
    let again = ports.erasures.lift_erasure(project_id(1), begun.id, later).await.unwrap();
    assert_eq!(again.and_then(|lifted| lifted.lifted_at), Some(NOON), "once is enough");
}

/// Latest first, a page at a time.
pub async fn receipts_are_listed_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in 1..=5 {
        let digest = [u8::try_from(number).unwrap(); 32];
        ports.erasures.begin_erasure(erasure(number, 1), &[digest]).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = ports.erasures.erasures(project_id(1), before, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.requested_at, last.id));
        seen.extend(page.into_iter().map(|found| found.id));
    }
    let expected: Vec<ErasureId> = (1..=5).rev().map(|number| erasure(number, 1).id).collect();
    assert_eq!(seen, expected);
}

/// Project 1 owns the erasure; project 2 asks for it, and for one that nobody has.
pub async fn a_foreign_erasure_is_answered_like_an_unknown_one<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let own = erasure(1, 1);
    ports.erasures.begin_erasure(own.clone(), &[[7; 32]]).await.unwrap();
    for caller_project in [project_id(2), project_id(9)] {
        assert_eq!(ports.erasures.erasures(caller_project, None, 9).await.unwrap(), []);
        for id in [own.id, erasure(9, 1).id] {
            assert_eq!(ports.erasures.erasure(caller_project, id).await.unwrap(), None);
            assert_eq!(ports.erasures.lift_erasure(caller_project, id, NOON).await.unwrap(), None);
        }
    }
    let found = ports.erasures.erasure(project_id(1), own.id).await.unwrap();
    assert_eq!(found, Some(own));
}
