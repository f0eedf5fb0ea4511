//! Settings of projects.

use domain::money::Currency;
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
    let default_currency = Some(Currency::parse("TZS").unwrap());
    let strict =
        ProjectSettings { programs_are_bots: true, time_zone, default_currency, retention };
    let settings = ports.project_settings;
    let default = |name: &str| VersionedProjectSettings {
        name: name.to_owned(),
        ..VersionedProjectSettings::default()
    };
    assert_eq!(settings.project_settings(one).await.unwrap(), default("Project 1"));
    let set =
        |project, version| settings.set_project_settings(project, "Café", &strict, version, NOON);
    assert_eq!(set(one, 3).await.unwrap(), None);
    let stored = set(one, 0).await.unwrap().unwrap();
    let (version, name) = (1, "Café".to_owned());
    assert_eq!(stored, VersionedProjectSettings { version, name, settings: strict.clone() });
    assert_eq!(set(one, 0).await.unwrap(), None);
    drop(settings);
    store.reopen().await;
    let ports = store.ports();
    let settings = ports.project_settings;
    assert_eq!(settings.project_settings(one).await.unwrap(), stored);
    assert_eq!(settings.project_settings(other).await.unwrap(), default("Project 2"));
    assert_eq!(settings.project_settings(nobody).await.unwrap(), default(""));
    let refused = settings.set_project_settings(nobody, "Café", &strict, 0, NOON).await;
    assert_eq!(refused.unwrap(), None);
    let named = ports.projects.project(one).await.unwrap().map(|project| project.name);
    assert_eq!(named.as_deref(), Some("Café"));
}
