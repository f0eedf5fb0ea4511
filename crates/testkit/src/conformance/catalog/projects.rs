//! Projects and memberships.

use domain::project_creation::{CreationRule, ProjectCreationContext, ProjectCreationError};
use domain::role::{Role, RoleChange};
use domain::zone::Zone;
use engine::ports::catalog::{Invitation, InvitationAccepter, NewProject, Project};
use tokio::task::JoinSet;

use super::CatalogHarness;
use super::fixtures::{
    NOON, invitation, join, member_id, project, project_id, taken_field, two_projects,
};

/// The rule that lets member 1 alone create projects: set-up made them.
const RULE: CreationRule = CreationRule::ServerOwner;

/// What is made is stored whole, and its owner may do everything in it.
pub async fn a_created_project_is_found_and_owned<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let time_zone = Zone::parse("Africa/Dar_es_Salaam").unwrap();
    let new = NewProject { retention_days: u32::MAX, time_zone, ..project(3, member_id(1)) };
    let expected = Project {
        id: project_id(3),
        name: "Project 3".into(),
        retention_days: u32::MAX,
        time_zone,
        created_at: NOON,
        logo_at: None,
    };
    assert_eq!(ports.projects.create(new, RULE).await.unwrap(), Ok(expected.clone()));
    assert_eq!(ports.projects.project(project_id(3)).await.unwrap(), Some(expected));
    let role = ports.projects.role(member_id(1), project_id(3)).await.unwrap();
    assert_eq!(role, Some(Role::Owner));
}

/// A second project with an id is refused by the field's name.
pub async fn a_taken_id_is_named_and_changes_nothing<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let before = ports.projects.of_member(member_id(1)).await.unwrap();
    let again = NewProject { name: "Another".into(), ..project(2, member_id(1)) };
    assert_eq!(taken_field(ports.projects.create(again, RULE).await), "id");
    assert_eq!(ports.projects.of_member(member_id(1)).await.unwrap(), before);
}

/// By name; those of one name by id.
pub async fn the_projects_of_a_member_come_by_name<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, name) in [(3, "Zebra"), (4, "Apple"), (6, "Mango"), (5, "Mango")] {
        let new = NewProject { name: name.into(), ..project(number, member_id(1)) };
        ports.projects.create(new, RULE).await.unwrap().unwrap();
    }
    let memberships = ports.projects.of_member(member_id(1)).await.unwrap();
    let ids: Vec<_> = memberships.iter().map(|membership| membership.project.id).collect();
    assert_eq!(ids, [4, 5, 6, 1, 2, 3].map(project_id));
    assert!(memberships.iter().all(|membership| membership.role == Role::Owner));
}

/// Every project, by id.
pub async fn all_projects_come_by_id<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [0xb, 0xa, 0x100, 0x3] {
        ports.projects.create(project(number, member_id(1)), RULE).await.unwrap().unwrap();
    }
    let all = ports.projects.all().await.unwrap();
    let ids: Vec<_> = all.iter().map(|project| project.id).collect();
    assert_eq!(ids, [1, 2, 3, 0xa, 0xb, 0x100].map(project_id));
}

/// What does not exist is not found and admits nobody.
pub async fn an_unknown_project_or_member_has_nothing<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    assert_eq!(ports.projects.project(project_id(9)).await.unwrap(), None);
    assert_eq!(ports.projects.of_member(member_id(9)).await.unwrap(), []);
    assert_eq!(ports.projects.role(member_id(1), project_id(9)).await.unwrap(), None);
    assert_eq!(ports.projects.role(member_id(9), project_id(1)).await.unwrap(), None);
}

/// What was returned is stored.
pub async fn projects_outlast_a_restart<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let before = ports.projects.of_member(member_id(1)).await.unwrap();
    store.reopen().await;
    assert_eq!(store.ports().projects.of_member(member_id(1)).await.unwrap(), before);
    assert_eq!(before.len(), 2);
}

/// Set-up's member may whatever the rule; viewers and strangers may not whatever the rule.
pub async fn a_rule_lets_the_servers_owner_and_managing_members_create<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Admin, NOON).await;
    join(&ports, 3, 1, Role::Analyst, NOON).await;
    store.reopen().await;
    let projects = store.ports().projects;
    let members = CreationRule::Members { projects_per_member: 9 };
    let by = async |owner: u128, number: u128, rule| {
        let done = projects.create(project(number, member_id(owner)), rule).await.unwrap();
        done.map(|project| project.id)
    };
    assert_eq!(by(1, 3, RULE).await, Ok(project_id(3)));
    assert_eq!(by(1, 4, members).await, Ok(project_id(4)));
    assert_eq!(by(2, 5, RULE).await, Err(ProjectCreationError::NeedsServerOwner));
    assert_eq!(by(2, 6, members).await, Ok(project_id(6)));
    assert_eq!(by(3, 7, members).await, Err(ProjectCreationError::NeedsAdmin));
    assert_eq!(by(9, 8, members).await, Err(ProjectCreationError::NeedsAdmin));
    for refused in [5, 7, 8] {
        assert_eq!(projects.project(project_id(refused)).await.unwrap(), None, "{refused}");
    }
    let owner =
        ProjectCreationContext { is_server_owner: true, manages_a_project: true, created: 4 };
    assert_eq!(projects.standing(member_id(1)).await.unwrap(), owner);
    let admin =
        ProjectCreationContext { is_server_owner: false, manages_a_project: true, created: 1 };
    assert_eq!(projects.standing(member_id(2)).await.unwrap(), admin);
    assert_eq!(projects.standing(member_id(9)).await.unwrap(), ProjectCreationContext::default());
}

/// However many calls come at once, and though the member leaves what they created.
pub async fn a_quota_of_projects_is_exact<S: CatalogHarness>() {
    const RULE: CreationRule = CreationRule::Members { projects_per_member: 3 };
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Admin, NOON).await;
    let mut calls = JoinSet::new();
    for number in 10..30 {
        let projects = ports.projects.clone();
        calls.spawn(async move { projects.create(project(number, member_id(2)), RULE).await });
    }
    let calls = calls.join_all().await;
    let (made, refused): (Vec<_>, Vec<_>) =
        calls.into_iter().map(Result::unwrap).partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (3, 17));
    assert!(refused.iter().all(|why| *why == Err(ProjectCreationError::QuotaUsedUp)));
    assert_eq!(ports.projects.all().await.unwrap().len(), 5);

    let own = made[0].as_ref().unwrap().id;
    let heir = Invitation { project_id: own, role: Role::Owner, ..invitation(3, 1) };
    ports.invitations.invite(heir.clone()).await.unwrap();
    let heir = ports.invitations.accept_invitation(
        &heir.token_digest,
        InvitationAccepter::Known(member_id(1)),
        NOON,
    );
    assert!(heir.await.unwrap().is_some());
    let leaving = RoleChange { by: Role::Owner, is_self: true, to: None };
    let left = ports.memberships.change_membership(own, member_id(2), leaving).await.unwrap();
    assert_eq!(left, Some(Ok(Role::Owner)));
    let again = ports.projects.create(project(40, member_id(2)), RULE).await.unwrap();
    assert_eq!(again, Err(ProjectCreationError::QuotaUsedUp));
}
