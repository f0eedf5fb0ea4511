//! The contract of [`LeadScoreStore`](engine::ports::catalog::LeadScoreStore).

use domain::customer_fact::{CustomerAction, CustomerFact};
use domain::id::{EventId, ProjectId};
use domain::score::{Signal, Weights};
use domain::time::Timestamp;
use engine::ports::catalog::{LeadScore, NewSignal};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{project_id, two_projects};
use super::sessions::fact;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_000_000 + seconds)
}

fn signal(project: ProjectId, user_id: &str, id: u128, seconds: i64) -> NewSignal {
    NewSignal {
        project_id: project,
        user_id: user_id.to_owned(),
        signal: Signal {
            event_id: EventId(Uuid::from_u128(id)),
            name: "property_view".to_owned(),
            occurred_at: at(seconds),
            session_id: Some("s".to_owned()),
        },
    }
}

/// Signals come back latest first and move with the position.
pub async fn signals_are_kept_with_the_position<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let one = project_id(1);
    assert_eq!(scores.position().await.unwrap(), 0);
    scores.apply(&[signal(one, "u", 1, 1), signal(one, "u", 2, 2)], 5).await.unwrap();
    assert_eq!(scores.position().await.unwrap(), 5);
    scores.apply(&[signal(one, "u", 3, 3)], 5).await.unwrap();
    let kept = scores.signals(one, "u").await.unwrap();
    assert_eq!(kept, [signal(one, "u", 2, 2).signal, signal(one, "u", 1, 1).signal]);
}

/// A signal kept twice is one, of the earlier time, whichever came first.
pub async fn a_repeated_signal_keeps_the_earlier_time<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let one = project_id(1);
    for (user, order) in [("u", [1, 2]), ("v", [2, 1])] {
        for seconds in order {
            let position = scores.position().await.unwrap() + 1;
            scores.apply(&[signal(one, user, 1, seconds)], position).await.unwrap();
        }
        let kept = scores.signals(one, user).await.unwrap();
        assert_eq!(kept, [signal(one, user, 1, 1).signal]);
    }
}

/// In one call as in several: many customers, and a signal among others of the same batch.
pub async fn a_batch_of_signals_scores_every_customer<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let one = project_id(1);
    let users: Vec<String> = (0..150).map(|number| format!("u{number:03}")).collect();
    let mut signals: Vec<_> =
        users.iter().zip(1..).map(|(user, id)| signal(one, user, id, 9)).collect();
    signals.extend([signal(one, "u000", 1, 2), signal(one, "u000", 1, 5)]);
    signals.push(signal(project_id(2), "u000", 1, 7));
    scores.apply(&signals, 1).await.unwrap();
    assert_eq!(scores.signals(one, "u000").await.unwrap(), [signal(one, "u000", 1, 2).signal]);
    let all = scores.highest(one, None, 1_000).await.unwrap();
    let ranked: Vec<_> = all.iter().map(|row| (&row.user_id, row.score)).collect();
    assert_eq!(ranked, users.iter().map(|user| (user, 12)).collect::<Vec<_>>());
    assert_eq!((all[0].as_of, all[1].as_of), (at(2), at(9)));
}

/// As one by one; nobody comes of another project, or without signals.
pub async fn signals_of_many_come_at_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let one = project_id(1);
    let mut signals = [signal(one, "u", 1, 1), signal(one, "u", 2, 2), signal(one, "v", 3, 3)];
    scores.apply(&signals, 1).await.unwrap();
    scores.apply(&[signal(project_id(2), "u", 4, 4)], 2).await.unwrap();
    let users = ["u", "v", "nobody", "\0"].map(str::to_owned);
    let mut found = scores.signals_of(one, &users).await.unwrap();
    for signals in found.values_mut() {
        signals.sort_by_key(|signal| signal.event_id);
    }
    signals.sort_by_key(|new| new.signal.event_id);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["u", "v"]);
    assert_eq!(found["u"], [signals[0].signal.clone(), signals[1].signal.clone()]);
    assert_eq!(found["v"], [signals[2].signal.clone()]);
    assert_eq!(scores.signals_of(one, &[]).await.unwrap().len(), 0);
}

/// The highest come first, ties by id, page by page, with their names where these are known.
pub async fn the_highest_scores_come_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let one = project_id(1);
    let signals = [
        signal(one, "b", 1, 1),
        signal(one, "a", 2, 1),
        signal(one, "c", 3, 1),
        signal(one, "c", 4, 1),
    ];
    scores.apply(&signals, 1).await.unwrap();
    let name = Some("Chausiku".to_owned());
    let known = CustomerFact { name, ..fact("c", 0, 9, CustomerAction::Other) };
    ports.sessions.apply(&[], &[known], 1).await.unwrap();
    let all = scores.highest(one, None, 10).await.unwrap();
    let users: Vec<&str> = all.iter().map(|row| row.user_id.as_str()).collect();
    assert_eq!(users, ["c", "a", "b"]);
    assert_eq!(
        all[0],
        LeadScore {
            user_id: "c".to_owned(),
            email: Some("c9@shop.test".to_owned()),
            name: Some("Chausiku".to_owned()),
            score: 14,
            as_of: at(1),
            calculated: None,
        }
    );
    assert_eq!((&all[1].email, &all[1].name), (&None, &None));
    let rest = scores.highest(one, Some(all[0].clone()), 10).await.unwrap();
    assert_eq!(rest, all[1..]);
}

/// Weights change from the version that is named, and from no other.
pub async fn weights_change_from_the_version_that_was_seen<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let one = project_id(1);
    let weights = Weights { half_life_days: 7.0, ..Weights::default() };
    assert_eq!(scores.weights(one).await.unwrap().version, 0);
    assert_eq!(scores.set_weights(one, weights, 3, at(0)).await.unwrap(), None);
    let stored = scores.set_weights(one, weights, 0, at(0)).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.weights), (1, weights));
    assert_eq!(scores.set_weights(one, Weights::default(), 0, at(1)).await.unwrap(), None);
    assert_eq!(scores.weights(one).await.unwrap(), stored);
    assert_eq!(scores.set_weights(one, weights, 1, at(1)).await.unwrap().unwrap().version, 2);
}

/// A project sees its own signals, scores and weights only.
pub async fn lead_scores_stay_in_their_project<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let scores = &ports.lead_scores;
    let (one, two) = (project_id(1), project_id(2));
    scores.apply(&[signal(one, "u", 1, 1)], 1).await.unwrap();
    let weights = Weights { half_life_days: 7.0, ..Weights::default() };
    scores.set_weights(one, weights, 0, at(0)).await.unwrap();
    assert_eq!(scores.signals(two, "u").await.unwrap(), []);
    assert_eq!(scores.highest(two, None, 10).await.unwrap(), []);
    assert_eq!(scores.weights(two).await.unwrap().version, 0);
}
