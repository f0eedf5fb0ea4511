//! Members and the one set-up.

use domain::role::Role;
use engine::ports::catalog::{Member, PasswordHash};
use tokio::task::JoinSet;

use super::CatalogHarness;
use super::fixtures::{NOON, member, member_id, project, project_id, sign_in, two_projects};

/// Once, whole; and nothing of a later call is stored.
pub async fn the_first_set_up_is_done_and_no_other<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    assert!(!ports.members.is_set_up().await.unwrap());
    assert!(ports.members.set_up(member(1), project(1, member_id(1))).await.unwrap());
    assert!(ports.members.is_set_up().await.unwrap());
    assert_eq!(ports.members.member(member_id(1)).await.unwrap(), Some(member(1)));
    let role = ports.projects.role(member_id(1), project_id(1)).await.unwrap();
    assert_eq!(role, Some(Role::Owner));

    assert!(!ports.members.set_up(member(2), project(2, member_id(2))).await.unwrap());
    assert!(ports.members.is_set_up().await.unwrap());
    assert_eq!(ports.members.member(member_id(2)).await.unwrap(), None);
    assert_eq!(ports.projects.project(project_id(2)).await.unwrap(), None);
}

/// Of many at once exactly one is done, and of the others nothing is stored.
pub async fn one_of_a_hundred_concurrent_set_ups_succeeds<S: CatalogHarness>() {
    let store = S::fresh().await;
    let mut calls = JoinSet::new();
    for number in 0..100 {
        let members = store.ports().members;
        calls.spawn(async move {
            let done = members.set_up(member(number), project(number, member_id(number))).await;
            done.unwrap().then_some(number)
        });
    }
    let done: Vec<u128> = calls.join_all().await.into_iter().flatten().collect();
    let [winner] = done[..] else { panic!("set up {} times", done.len()) };

    let ports = store.ports();
    let projects = ports.projects.all().await.unwrap();
    assert_eq!(projects.len(), 1);
    assert_eq!(projects[0].id, project_id(winner));
    for number in 0..100 {
        let found = ports.members.member(member_id(number)).await.unwrap();
        assert_eq!(found.is_some(), number == winner, "member {number}");
    }
}

/// Case does not tell addresses apart, beyond ASCII too.
pub async fn a_member_is_found_whatever_the_case_of_the_address<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let new = Member { email: "Zoë.ÅKE@Shop.Test".into(), ..member(1) };
    ports.members.set_up(new, project(1, member_id(1))).await.unwrap();
    let expected = Some(Member { email: "zoë.åke@shop.test".into(), ..member(1) });
    for email in ["zoë.åke@shop.test", "ZOË.ÅKE@SHOP.TEST", "Zoë.ÅKE@Shop.Test"] {
        assert_eq!(ports.members.by_email(email).await.unwrap(), expected, "{email}");
    }
    assert_eq!(ports.members.member(member_id(1)).await.unwrap(), expected);
}

/// Nobody else is found, nor by a pattern.
pub async fn an_unknown_member_is_not_found<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    assert_eq!(ports.members.member(member_id(9)).await.unwrap(), None);
    for email in
        ["", "%", "person_@shop.test", "person1@shop.test ", "' OR 1 = 1 --", "person1@shop.test\0"]
    {
        assert_eq!(ports.members.by_email(email).await.unwrap(), None, "{email:?}");
    }
}

/// Set-up is not opened again by a restart.
pub async fn set_up_stays_done_after_a_restart<S: CatalogHarness>() {
    let (mut store, _) = two_projects::<S>().await;
    store.reopen().await;
    let ports = store.ports();
    assert!(ports.members.is_set_up().await.unwrap());
    assert!(!ports.members.set_up(member(3), project(3, member_id(3))).await.unwrap());
    assert_eq!(ports.members.by_email("person1@shop.test").await.unwrap(), Some(member(1)));
}

/// The name alone; nobody else's.
pub async fn a_renamed_member_has_the_new_name<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let expected = Some(Member { name: "Zoë".into(), ..member(1) });
    assert_eq!(ports.members.rename(member_id(1), "Zoë").await.unwrap(), expected);
    assert_eq!(ports.members.member(member_id(1)).await.unwrap(), expected);
    assert_eq!(ports.members.rename(member_id(9), "Nobody").await.unwrap(), None);
}

/// With it end all sign-ins but the one it was changed in. A stale hash replaces nothing.
pub async fn a_replaced_password_ends_the_other_sign_ins<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let end = NOON.plus_seconds(60);
    for byte in [1, 2] {
        ports.sign_ins.add(sign_in(byte, NOON, end)).await.unwrap();
    }
    let old = member(1).password_hash;
    let replace = async |expected: &PasswordHash, hash: &str| {
        let hash = hash.into();
        ports.members.replace_password(member_id(1), expected, &hash, &[2; 32]).await
    };
    assert!(!replace(&"stale".into(), "other").await.unwrap());
    assert!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap().is_some());
    assert!(replace(&old, "new").await.unwrap());
    assert!(!replace(&old, "newer").await.unwrap());
    assert_eq!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap(), None);
    assert!(ports.sign_ins.find(&[2; 32], NOON).await.unwrap().is_some());
    let stored = ports.members.member(member_id(1)).await.unwrap().unwrap();
    assert_eq!(stored.password_hash, "new".into());
}
