//! Projects and memberships.

use domain::role::Role;
use engine::ports::catalog::{NewProject, Project};

use super::Store;
use super::given::{NOON, member_id, project, project_id, taken, two_projects};

/// What is made is stored whole, and its owner may do everything in it.
pub async fn a_created_project_is_found_and_owned<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let new = NewProject { retention_days: u32::MAX, ..project(3, member_id(1)) };
    let expected = Project {
        id: project_id(3),
        name: "Project 3".into(),
        retention_days: u32::MAX,
        created_at: NOON,
    };
    assert_eq!(ports.projects.create(new).await.unwrap(), expected);
    assert_eq!(ports.projects.project(project_id(3)).await.unwrap(), Some(expected));
    let role = ports.projects.role(member_id(1), project_id(3)).await.unwrap();
    assert_eq!(role, Some(Role::Owner));
}

/// A second project with an id is refused by the field's name.
pub async fn a_taken_id_is_named_and_changes_nothing<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let before = ports.projects.of_member(member_id(1)).await.unwrap();
    let again = NewProject { name: "Another".into(), ..project(2, member_id(1)) };
    assert_eq!(taken(ports.projects.create(again).await), "id");
    assert_eq!(ports.projects.of_member(member_id(1)).await.unwrap(), before);
}

/// By name; those of one name by id.
pub async fn the_projects_of_a_member_come_by_name<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, name) in [(3, "Zebra"), (4, "Apple"), (6, "Mango"), (5, "Mango")] {
        let new = NewProject { name: name.into(), ..project(number, member_id(1)) };
        ports.projects.create(new).await.unwrap();
    }
    let memberships = ports.projects.of_member(member_id(1)).await.unwrap();
    let ids: Vec<_> = memberships.iter().map(|membership| membership.project.id).collect();
    assert_eq!(ids, [4, 5, 6, 1, 2, 3].map(project_id));
    assert!(memberships.iter().all(|membership| membership.role == Role::Owner));
}

/// Every project, by id.
pub async fn all_projects_come_by_id<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [0xb, 0xa, 0x100, 0x3] {
        ports.projects.create(project(number, member_id(1))).await.unwrap();
    }
    let all = ports.projects.all().await.unwrap();
    let ids: Vec<_> = all.iter().map(|project| project.id).collect();
    assert_eq!(ids, [1, 2, 3, 0xa, 0xb, 0x100].map(project_id));
}

/// What does not exist is not found and admits nobody.
pub async fn an_unknown_project_or_member_has_nothing<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    assert_eq!(ports.projects.project(project_id(9)).await.unwrap(), None);
    assert_eq!(ports.projects.of_member(member_id(9)).await.unwrap(), []);
    assert_eq!(ports.projects.role(member_id(1), project_id(9)).await.unwrap(), None);
    assert_eq!(ports.projects.role(member_id(9), project_id(1)).await.unwrap(), None);
}

/// What was returned is stored.
pub async fn projects_outlast_a_restart<S: Store>() {
    let (mut store, ports) = two_projects::<S>().await;
    let before = ports.projects.of_member(member_id(1)).await.unwrap();
    store.reopen().await;
    assert_eq!(store.ports().projects.of_member(member_id(1)).await.unwrap(), before);
    assert_eq!(before.len(), 2);
}
