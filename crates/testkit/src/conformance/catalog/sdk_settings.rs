//! Settings of the browser SDK.

use domain::sdk_settings::{SdkSettings, Thresholds};
use engine::ports::catalog::VersionedSdkSettings;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

fn with_rage_clicks(rage_min_clicks: u32) -> SdkSettings {
    let thresholds = Thresholds { rage_min_clicks, ..Thresholds::default() };
    SdkSettings { thresholds, ..SdkSettings::default() }
}

/// From the version that is named, and from no other; also after a restart.
pub async fn settings_change_from_the_version_that_was_seen<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let settings = ports.sdk_settings;
    let one = project_id(1);
    let four = with_rage_clicks(4);
    assert_eq!(settings.sdk_settings(one).await.unwrap(), VersionedSdkSettings::default());
    assert_eq!(settings.set_sdk_settings(one, &four, 3, NOON).await.unwrap(), None);
    let stored = settings.set_sdk_settings(one, &four, 0, NOON).await.unwrap().unwrap();
    assert_eq!(stored, VersionedSdkSettings { version: 1, settings: four });
    let five = with_rage_clicks(5);
    assert_eq!(settings.set_sdk_settings(one, &five, 0, NOON).await.unwrap(), None);
    drop(settings);
    store.reopen().await;
    let settings = store.ports().sdk_settings;
    assert_eq!(settings.sdk_settings(one).await.unwrap(), stored);
    let stored = settings.set_sdk_settings(one, &five, 1, NOON).await.unwrap().unwrap();
    assert_eq!(stored, VersionedSdkSettings { version: 2, settings: five });
}

/// Others keep theirs, and nobody who does not exist gets any.
pub async fn settings_stay_in_their_project<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let settings = ports.sdk_settings;
    let four = with_rage_clicks(4);
    settings.set_sdk_settings(project_id(1), &four, 0, NOON).await.unwrap().unwrap();
    let other = settings.sdk_settings(project_id(2)).await.unwrap();
    assert_eq!(other, VersionedSdkSettings::default());
    assert_eq!(settings.set_sdk_settings(project_id(9), &four, 0, NOON).await.unwrap(), None);
}
