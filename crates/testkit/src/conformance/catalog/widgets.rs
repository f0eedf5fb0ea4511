//! Embedded call widgets.

use domain::widget::WidgetKind;
use engine::ports::catalog::{Widget, WidgetPatch};

use super::CatalogHarness;
use super::fixtures::{NOON, domains, project_id, taken_field, two_projects, widget_id};

/// A widget to add; created `number` seconds after [`NOON`].
fn widget(number: u128) -> Widget {
    Widget {
        id: widget_id(number),
        project_id: project_id(1),
        name: format!("Widget {number}"),
        kind: WidgetKind::Floating,
        allowed_domains: domains(&["shop.test", "*.shop.test"]),
        is_active: true,
        is_demo: false,
        created_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
    }
}

/// Whoever asks, and after a restart.
pub async fn an_added_widget_is_found_by_its_id<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    ports.widgets.add(widget(1)).await.unwrap();
    store.reopen().await;
    let widgets = store.ports().widgets;
    assert_eq!(widgets.widget(widget_id(1)).await.unwrap(), Some(widget(1)));
    assert_eq!(widgets.widget(widget_id(2)).await.unwrap(), None);
}

/// Over all projects.
pub async fn a_taken_widget_id_is_named_and_changes_nothing<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.widgets.add(widget(1)).await.unwrap();
    let other = Widget { project_id: project_id(2), ..widget(1) };
    assert_eq!(taken_field(ports.widgets.add(other).await), "id");
    assert_eq!(ports.widgets.of_project(project_id(2)).await.unwrap(), []);
}

/// By the time they were made.
pub async fn the_widgets_of_a_project_come_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [2, 1, 3] {
        ports.widgets.add(widget(number)).await.unwrap();
    }
    let listed = ports.widgets.of_project(project_id(1)).await.unwrap();
    assert_eq!(listed, [widget(3), widget(2), widget(1)]);
}

/// And every field can be changed.
pub async fn a_widgets_change_touches_the_named_fields_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.widgets.add(widget(1)).await.unwrap();
    let change = |changes| ports.widgets.change(project_id(1), widget_id(1), changes);
    let unchanged = change(WidgetPatch::default()).await.unwrap();
    assert_eq!(unchanged, Some(widget(1)));
    let active = WidgetPatch { is_active: Some(false), ..WidgetPatch::default() };
    let expected = Widget { is_active: false, ..widget(1) };
    assert_eq!(change(active).await.unwrap(), Some(expected));
    let all = WidgetPatch {
        name: Some("Other".into()),
        kind: Some(WidgetKind::Page),
        allowed_domains: Some(Vec::new()),
        is_active: Some(true),
        is_demo: Some(true),
    };
    let expected = Widget {
        name: "Other".into(),
        kind: WidgetKind::Page,
        allowed_domains: Vec::new(),
        is_demo: true,
        ..widget(1)
    };
    assert_eq!(change(all).await.unwrap(), Some(expected.clone()));
    assert_eq!(ports.widgets.widget(widget_id(1)).await.unwrap(), Some(expected));
}

/// For change and removal.
pub async fn a_foreign_widget_is_answered_like_an_unknown_one<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.widgets.add(widget(1)).await.unwrap();
    for caller_project in [project_id(2), project_id(9)] {
        for id in [widget_id(1), widget_id(9)] {
            let changes = WidgetPatch { is_active: Some(false), ..WidgetPatch::default() };
            assert_eq!(ports.widgets.change(caller_project, id, changes).await.unwrap(), None);
            assert!(!ports.widgets.remove(caller_project, id).await.unwrap());
        }
    }
    assert_eq!(ports.widgets.of_project(project_id(1)).await.unwrap(), [widget(1)]);
    assert!(ports.widgets.remove(project_id(1), widget_id(1)).await.unwrap());
    assert_eq!(ports.widgets.widget(widget_id(1)).await.unwrap(), None);
}
