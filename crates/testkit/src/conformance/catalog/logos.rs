//! Logos of projects.

use domain::logo::LogoFormat;
use engine::ports::catalog::Logo;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

/// In one project, and after a restart; the project says when it was stored.
pub async fn a_logo_is_replaced_and_removed<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let png = Logo { format: LogoFormat::Png, bytes: vec![0, 255, 0, 7].into() };
    let jpeg = Logo { format: LogoFormat::Jpeg, bytes: vec![9; 200 * 1024].into() };
    let [one, other, nobody] = [1, 2, 9].map(project_id);
    assert_eq!(ports.logos.logo(one).await.unwrap(), None);
    assert!(!ports.logos.remove_logo(one).await.unwrap());
    assert!(ports.logos.set_logo(one, &png, NOON).await.unwrap());
    assert_eq!(ports.logos.logo(one).await.unwrap().as_ref(), Some(&png));
    let later = NOON.plus_seconds(5);
    assert!(ports.logos.set_logo(one, &jpeg, later).await.unwrap());
    assert!(!ports.logos.set_logo(nobody, &jpeg, later).await.unwrap());
    store.reopen().await;
    let ports = store.ports();
    assert_eq!(ports.logos.logo(one).await.unwrap().as_ref(), Some(&jpeg));
    assert_eq!(ports.logos.logo(other).await.unwrap(), None);
    let stored_at = async |id| ports.projects.project(id).await.unwrap().unwrap().logo_at;
    assert_eq!((stored_at(one).await, stored_at(other).await), (Some(later), None));
    assert!(!ports.logos.remove_logo(other).await.unwrap());
    assert!(ports.logos.remove_logo(one).await.unwrap());
    assert_eq!(ports.logos.logo(one).await.unwrap(), None);
}
