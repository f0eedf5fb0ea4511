//! Settings of projects.

use domain::project_settings::{ProjectSettings, Retention};
use domain::zone::Zone;
use engine::ports::catalog::VersionedProjectSettings;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

/// From the version that is named, and from no other; also after a restart, and in no other project.
pub async fn project_settings_change_from_the_version_that_was_seen<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let [one, other, nobody] = [1, 2, 9].map(project_id);
    let retention = Retention { event_days: Some(90), ..Retention::default() };
    let time_zone = Zone::parse("Africa/Dar_es_Salaam").unwrap();
    let strict = ProjectSettings { programs_are_bots: true, time_zone, retention };
    let settings = ports.project_settings;
    let default = VersionedProjectSettings::default();
    assert_eq!(settings.project_settings(one).await.unwrap(), default);
    assert_eq!(settings.set_project_settings(one, &strict, 3, NOON).await.unwrap(), None);
    let stored = settings.set_project_settings(one, &strict, 0, NOON).await.unwrap().unwrap();
    assert_eq!(stored, VersionedProjectSettings { version: 1, settings: strict.clone() });
    assert_eq!(settings.set_project_settings(one, &strict, 0, NOON).await.unwrap(), None);
    drop(settings);
    store.reopen().await;
    let settings = store.ports().project_settings;
    assert_eq!(settings.project_settings(one).await.unwrap(), stored);
    assert_eq!(settings.project_settings(other).await.unwrap(), default);
    assert_eq!(settings.set_project_settings(nobody, &strict, 0, NOON).await.unwrap(), None);
}
