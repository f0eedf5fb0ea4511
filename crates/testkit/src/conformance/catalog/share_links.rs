//! Links that show one page of the dashboard to anyone who has them.

use domain::id::ShareLinkId;
use domain::share_link::SharedPage;
use engine::ports::catalog::ShareLink;
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

fn id(number: u128) -> ShareLinkId {
    ShareLinkId(Uuid::from_u128(0x9000 + number))
}

/// A link of a project, made so many seconds after [`NOON`].
fn link(number: u8, project: u128) -> ShareLink {
    ShareLink {
        id: id(number.into()),
        project_id: project_id(project),
        name: format!("For “client” {number}"),
        digest: [0x40 | number; 32],
        page: SharedPage::Friction,
        search: "period=28d&device=mobile".to_owned(),
        password_hash: None,
        can_embed: false,
        created_at: NOON.plus_seconds(number.into()),
        expires_at: None,
        last_used_at: None,
    }
}

/// Whole, expired or not, and by no other digest.
pub async fn a_share_link_is_found_by_its_digest<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let whole = ShareLink {
        page: SharedPage::Overview,
        search: String::new(),
        password_hash: Some("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA".into()),
        can_embed: true,
        expires_at: Some(NOON.plus_seconds(-1)),
        last_used_at: Some(NOON),
        ..link(2, 2)
    };
    let links = [link(1, 1), whole];
    for link in &links {
        assert!(ports.share_links.add_share_link(link, 9).await.unwrap());
    }
    store.reopen().await;
    let ports = store.ports();
    for link in links {
        assert_eq!(ports.share_links.share_link(&link.digest).await.unwrap(), Some(link));
    }
    assert_eq!(ports.share_links.share_link(&[0; 32]).await.unwrap(), None);
}

/// Latest first, no other project's, and no more than allowed.
pub async fn the_share_links_of_a_project_come_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, project, is_added) in
        [(2, 1, true), (3, 1, true), (1, 1, true), (4, 2, true), (5, 1, false)]
    {
        let added = ports.share_links.add_share_link(&link(number, project), 3).await.unwrap();
        assert_eq!(added, is_added, "{number}");
    }
    let links = ports.share_links.share_links(project_id(1)).await.unwrap();
    assert_eq!(links, [3, 2, 1].map(|number| link(number, 1)));
    assert_eq!(ports.share_links.share_links(project_id(9)).await.unwrap(), []);
}

/// A foreign link is answered like an unknown one.
pub async fn a_share_link_is_removed_by_its_own_project<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let link = link(1, 1);
    ports.share_links.add_share_link(&link, 9).await.unwrap();
    let remove =
        |project, number| ports.share_links.remove_share_link(project_id(project), id(number));
    assert!(!remove(2, 1).await.unwrap());
    assert!(!remove(1, 9).await.unwrap());
    assert!(ports.share_links.share_link(&link.digest).await.unwrap().is_some());
    assert!(remove(1, 1).await.unwrap());
    assert!(!remove(1, 1).await.unwrap());
    assert_eq!(ports.share_links.share_link(&link.digest).await.unwrap(), None);
}

/// Rounded down to the minute; an earlier time never replaces a later one.
pub async fn use_of_a_share_link_is_noted_to_the_minute<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let link = link(1, 1);
    ports.share_links.add_share_link(&link, 9).await.unwrap();
    for (at_seconds, expected_seconds) in [(59, 0), (-60, 0), (61, 60), (30, 60)] {
        let at = NOON.plus_seconds(at_seconds);
        ports.share_links.touch_share_link(link.id, at).await.unwrap();
        let stored = ports.share_links.share_link(&link.digest).await.unwrap().unwrap();
        assert_eq!(stored.last_used_at, Some(NOON.plus_seconds(expected_seconds)), "{at_seconds}");
    }
    ports.share_links.touch_share_link(id(9), NOON).await.unwrap();
}
