//! Ingest keys.

use domain::origin::PageOrigin;
use engine::ports::catalog::{ApiKey, ApiKeyPatch};
use tokio::task::JoinSet;

use super::CatalogHarness;
use super::fixtures::{NOON, domains, key, key_id, project_id, taken_field, two_projects};

/// Whole, and by no other text.
pub async fn an_added_key_is_found_by_its_exact_text<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let plain = key(1, project_id(1));
    let unusual = ApiKey {
        key: "fk_AbCdEfGhIjKlMnOpQrStUvWxYz012345".into(),
        key_name: "Ключ \"1\" '; --".into(),
        allowed_domains: Vec::new(),
        rate_limit_per_minute: u32::MAX,
        is_active: false,
        last_used_at: Some(NOON),
        ..key(2, project_id(2))
    };
    for stored in [plain, unusual.clone()] {
        ports.api_keys.add(stored.clone()).await.unwrap();
        assert_eq!(ports.api_keys.by_text(&stored.key).await.unwrap(), Some(stored));
    }
    for text in ["", "fk_%", "fk_\0", &unusual.key.to_lowercase(), &unusual.key[..34]] {
        assert_eq!(ports.api_keys.by_text(text).await.unwrap(), None, "{text:?}");
    }
}

/// The text and the id are unique over all projects.
pub async fn a_taken_text_or_id_is_named_and_changes_nothing<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let first = key(1, project_id(1));
    ports.api_keys.add(first.clone()).await.unwrap();
    let same_text = ApiKey { key: first.key.clone(), ..key(2, project_id(2)) };
    let same_id = ApiKey { id: first.id, ..key(3, project_id(2)) };
    for (again, field) in [(same_text, "key"), (same_id, "id")] {
        assert_eq!(taken_field(ports.api_keys.add(again).await), field);
    }
    assert_eq!(ports.api_keys.by_text(&first.key).await.unwrap(), Some(first));
    assert_eq!(ports.api_keys.of_project(project_id(2)).await.unwrap(), []);
}

/// Latest first, whatever the order they were added in.
pub async fn the_keys_of_a_project_come_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [2, 3, 1] {
        ports.api_keys.add(key(number, project_id(1))).await.unwrap();
    }
    let keys = ports.api_keys.of_project(project_id(1)).await.unwrap();
    assert_eq!(keys, [3, 2, 1].map(|number| key(number, project_id(1))));
}

/// Does to a key in memory what a change does to a stored one.
type InMemory = fn(&mut ApiKey);

/// What is not named stays, and the answer is what is stored.
pub async fn a_change_touches_the_named_fields_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let mut expected = ApiKey { last_used_at: Some(NOON), ..key(1, project_id(1)) };
    ports.api_keys.add(expected.clone()).await.unwrap();
    ports.api_keys.add(key(2, project_id(1))).await.unwrap();

    let none = ApiKeyPatch::default();
    let steps: [(ApiKeyPatch, InMemory); 6] = [
        (none.clone(), |_| ()),
        (ApiKeyPatch { key_name: Some(String::new()), ..none.clone() }, |key| {
            key.key_name = String::new();
        }),
        (ApiKeyPatch { allowed_domains: Some(domains(&["a.test"])), ..none.clone() }, |key| {
            key.allowed_domains = domains(&["a.test"]);
        }),
        (ApiKeyPatch { allowed_domains: Some(Vec::new()), ..none.clone() }, |key| {
            key.allowed_domains = Vec::new();
        }),
        (ApiKeyPatch { rate_limit_per_minute: Some(0), ..none.clone() }, |key| {
            key.rate_limit_per_minute = 0;
        }),
        (ApiKeyPatch { is_active: Some(false), ..none.clone() }, |key| key.is_active = false),
    ];
    for (changes, apply) in steps {
        apply(&mut expected);
        let changed = ports.api_keys.change(project_id(1), key_id(1), changes).await.unwrap();
        assert_eq!(changed.as_ref(), Some(&expected));
        assert_eq!(ports.api_keys.by_text(&expected.key).await.unwrap(), changed);
    }
    let other = key(2, project_id(1));
    assert_eq!(ports.api_keys.by_text(&other.key).await.unwrap(), Some(other));
    assert_eq!(ports.api_keys.change(project_id(1), key_id(9), none).await.unwrap(), None);
}

/// No change is lost to another that read the key before it.
pub async fn concurrent_changes_of_different_fields_all_hold<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    let mut calls = JoinSet::new();
    for changes in [
        ApiKeyPatch { key_name: Some("New".into()), ..ApiKeyPatch::default() },
        ApiKeyPatch { rate_limit_per_minute: Some(7), ..ApiKeyPatch::default() },
        ApiKeyPatch { is_active: Some(false), ..ApiKeyPatch::default() },
    ] {
        let api_keys = ports.api_keys.clone();
        calls.spawn(async move { api_keys.change(project_id(1), key_id(1), changes).await });
    }
    for changed in calls.join_all().await {
        changed.unwrap();
    }
    let stored = ports.api_keys.by_text(&key(1, project_id(1)).key).await.unwrap().unwrap();
    assert_eq!((&*stored.key_name, stored.rate_limit_per_minute), ("New", 7));
    assert!(!stored.is_active);
}

/// Once; then its text is free again.
pub async fn a_removed_key_is_returned_and_gone<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let removed = key(1, project_id(1));
    ports.api_keys.add(removed.clone()).await.unwrap();
    ports.api_keys.add(key(2, project_id(1))).await.unwrap();
    let answer = ports.api_keys.remove(project_id(1), key_id(1)).await.unwrap();
    assert_eq!(answer, Some(removed.clone()));
    assert_eq!(ports.api_keys.remove(project_id(1), key_id(1)).await.unwrap(), None);
    assert_eq!(ports.api_keys.by_text(&removed.key).await.unwrap(), None);
    let left = ports.api_keys.of_project(project_id(1)).await.unwrap();
    assert_eq!(left, [key(2, project_id(1))]);
    ports.api_keys.add(removed).await.unwrap();
}

/// Rounded down to the minute; an earlier time never replaces a later one.
pub async fn use_is_noted_to_the_minute_and_never_moves_back<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let text = key(1, project_id(1)).key;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    for (at_seconds, expected_seconds) in [(59, 0), (-60, 0), (61, 60), (119, 60), (30, 60)] {
        let at = NOON.plus_seconds(at_seconds);
        ports.api_keys.touch(&[(key_id(1), at)]).await.unwrap();
        let stored = ports.api_keys.by_text(&text).await.unwrap().unwrap();
        assert_eq!(stored.last_used_at, Some(NOON.plus_seconds(expected_seconds)), "{at}");
    }
    ports.api_keys.touch(&[]).await.unwrap();
}

/// The known ones beside them are noted all the same.
pub async fn unknown_keys_are_passed_over_when_use_is_noted<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    ports.api_keys.add(key(2, project_id(2))).await.unwrap();
    let used = [(key_id(1), NOON), (key_id(9), NOON), (key_id(2), NOON)];
    ports.api_keys.touch(&used).await.unwrap();
    for number in [1, 2] {
        let text = key(number, project_id(1)).key;
        let stored = ports.api_keys.by_text(&text).await.unwrap().unwrap();
        assert_eq!(stored.last_used_at, Some(NOON));
    }
}

/// Whatever order they are stored in.
pub async fn concurrent_notes_of_use_keep_the_latest<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    let mut calls = JoinSet::new();
    for minute in 0..50 {
        let api_keys = ports.api_keys.clone();
        // A step that is no divisor of 50 visits every minute in no simple order.
        let at = NOON.plus_seconds(60 * (minute * 17 % 50));
        calls.spawn(async move { api_keys.touch(&[(key_id(1), at)]).await });
    }
    for touched in calls.join_all().await {
        touched.unwrap();
    }
    let stored = ports.api_keys.by_text(&key(1, project_id(1)).key).await.unwrap().unwrap();
    assert_eq!(stored.last_used_at, Some(NOON.plus_seconds(60 * 49)));
}

/// With every field, and a removed key stays removed.
pub async fn keys_outlast_a_restart<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    ports.api_keys.add(key(2, project_id(1))).await.unwrap();
    ports.api_keys.remove(project_id(1), key_id(2)).await.unwrap();
    store.reopen().await;
    let kept = store.ports().api_keys.of_project(project_id(1)).await.unwrap();
    assert_eq!(kept, [key(1, project_id(1))]);
}

/// By host, scheme and port, whatever the way an entry names them.
pub async fn the_key_of_an_origin_is_found_by_what_it_names<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let named: [(u128, u128, &[&str]); 5] = [
        (1, 1, &["shop.test", "SHOP.test", "*.cdn.shop.test"]),
        (2, 1, &["shop.test"]),
        (3, 2, &["https://pay.test", "localhost:3000"]),
        (4, 2, &[]),
        (5, 2, &["*.parts.test"]),
    ];
    for (number, project, texts) in named {
        let allowed_domains = domains(texts);
        let key = ApiKey { allowed_domains, ..key(number, project_id(project)) };
        ports.api_keys.add(key).await.unwrap();
    }
    let switched_off = ApiKey {
        is_active: false,
        allowed_domains: domains(&["off.test"]),
        ..key(6, project_id(1))
    };
    ports.api_keys.add(switched_off).await.unwrap();
    let long = format!("https://{}parts.test", "a.".repeat(120));
    let expected = [
        ("https://shop.test", Some(1)),
        ("http://www.shop.test:8080", Some(1)),
        ("https://a.b.cdn.shop.test", Some(1)),
        ("https://cdn.shop.test", None),
        ("https://www.www.shop.test", None),
        ("https://pay.test", Some(3)),
        ("http://pay.test", None),
        ("http://localhost:3000", Some(3)),
        ("http://localhost:3001", None),
        ("https://parts.test", None),
        (&long, Some(5)),
        ("https://off.test", None),
        ("https://elsewhere.test", None),
    ];
    for (origin, number) in expected {
        let read = PageOrigin::parse(origin).unwrap();
        let found = ports.api_keys.by_origin(&read).await.unwrap();
        assert_eq!(found.map(|key| key.id), number.map(key_id), "{origin}");
    }
}

/// Once keys of two projects name it, once they no longer do, and once the key is gone.
pub async fn the_key_of_an_origin_follows_changes<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    for (number, project) in [(1, 1), (2, 2)] {
        let allowed_domains = domains(&["shop.test"]);
        let key = ApiKey { allowed_domains, ..key(number, project_id(project)) };
        ports.api_keys.add(key).await.unwrap();
    }
    let origin = PageOrigin::parse("https://shop.test").unwrap();
    assert_eq!(ports.api_keys.by_origin(&origin).await.unwrap(), None, "two projects name it");
    for (is_active, found) in [(false, Some(1)), (true, None)] {
        let changes = ApiKeyPatch { is_active: Some(is_active), ..ApiKeyPatch::default() };
        ports.api_keys.change(project_id(2), key_id(2), changes).await.unwrap();
        let key = ports.api_keys.by_origin(&origin).await.unwrap();
        assert_eq!(key.map(|key| key.id), found.map(key_id));
    }
    for (texts, found) in [(&["parts.test"][..], Some(1)), (&["shop.test"], None), (&[], Some(1))] {
        let allowed_domains = Some(domains(texts));
        let changes = ApiKeyPatch { allowed_domains, ..ApiKeyPatch::default() };
        ports.api_keys.change(project_id(2), key_id(2), changes).await.unwrap();
        let key = ports.api_keys.by_origin(&origin).await.unwrap();
        assert_eq!(key.map(|key| key.id), found.map(key_id), "{texts:?}");
    }
    drop(ports);
    store.reopen().await;
    let api_keys = store.ports().api_keys;
    assert!(api_keys.by_origin(&origin).await.unwrap().is_some());
    api_keys.remove(project_id(1), key_id(1)).await.unwrap();
    assert_eq!(api_keys.by_origin(&origin).await.unwrap(), None);
}
