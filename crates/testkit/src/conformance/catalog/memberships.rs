//! Memberships and roles.

use domain::role::{Role, RoleChange, RoleChangeError};
use engine::ports::catalog::ProjectMember;
use tokio::task::JoinSet;

use super::fixtures::{NOON, invitation, join, member, member_id, project_id, two_projects};
use super::{CatalogHarness, Ports};

/// A change asked for by an owner.
fn to(role: Option<Role>) -> RoleChange {
    RoleChange { by: Role::Owner, is_self: false, to: role }
}

async fn role(ports: &Ports, number: u128) -> Option<Role> {
    ports.projects.role(member_id(number), project_id(1)).await.unwrap()
}

/// With their names, addresses and roles, and nobody of another project.
pub async fn the_members_of_a_project_come_earliest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 3, 1, Role::Viewer, NOON.plus_seconds(60)).await;
    join(&ports, 2, 1, Role::Admin, NOON.plus_seconds(30)).await;
    join(&ports, 4, 2, Role::Admin, NOON).await;
    let seen = |number, role, seconds| ProjectMember {
        id: member_id(number),
        email: member(number).email,
        name: member(number).name,
        role,
        joined_at: NOON.plus_seconds(seconds),
    };
    let expected = [seen(1, Role::Owner, 0), seen(2, Role::Admin, 30), seen(3, Role::Viewer, 60)];
    assert_eq!(ports.memberships.members_of(project_id(1)).await.unwrap(), expected);
}

/// The role before is the answer, and the change holds.
pub async fn a_membership_is_changed_and_ended<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Viewer, NOON).await;
    let change = |wanted| ports.memberships.change_membership(project_id(1), member_id(2), wanted);
    assert_eq!(change(to(Some(Role::Admin))).await.unwrap(), Some(Ok(Role::Viewer)));
    assert_eq!(role(&ports, 2).await, Some(Role::Admin));
    assert_eq!(change(to(None)).await.unwrap(), Some(Ok(Role::Admin)));
    assert_eq!(role(&ports, 2).await, None);
    assert_eq!(change(to(None)).await.unwrap(), None);
    assert!(ports.members.member(member_id(2)).await.unwrap().is_some(), "they stay a member");
}

/// What the rule refuses is not done.
pub async fn a_refused_change_of_role_changes_nothing<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let change = |wanted| ports.memberships.change_membership(project_id(1), member_id(1), wanted);
    for wanted in [None, Some(Role::Admin)] {
        let answer = change(to(wanted)).await.unwrap();
        assert_eq!(answer, Some(Err(RoleChangeError::LastOwner)));
    }
    let by_admin = RoleChange { by: Role::Admin, ..to(Some(Role::Viewer)) };
    assert_eq!(change(by_admin).await.unwrap(), Some(Err(RoleChangeError::NeedsOwner)));
    assert_eq!(role(&ports, 1).await, Some(Role::Owner));
}

/// Of two owners who leave at once, one stays.
pub async fn concurrent_changes_never_lose_the_last_owner<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in 2..=20 {
        join(&ports, number, 1, Role::Owner, NOON).await;
    }
    let mut calls = JoinSet::new();
    for number in 1..=20 {
        let memberships = ports.memberships.clone();
        let change = to((number % 2 == 0).then_some(Role::Viewer));
        calls.spawn(async move {
            memberships.change_membership(project_id(1), member_id(number), change).await
        });
    }
    let answers: Vec<_> = calls.join_all().await.into_iter().map(Result::unwrap).collect();
    let refused = answers.iter().filter(|answer| matches!(answer, Some(Err(_)))).count();
    assert_eq!(refused, 1, "{answers:?}");
    let members = ports.memberships.members_of(project_id(1)).await.unwrap();
    assert_eq!(members.iter().filter(|found| found.role == Role::Owner).count(), 1);
}

/// Who is removed comes back by no link of their own; who stays an admin keeps theirs.
pub async fn invitations_end_with_the_right_to_invite<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, role) in [(2, Role::Admin), (3, Role::Admin), (4, Role::Owner)] {
        join(&ports, number, 1, role, NOON).await;
        let by = member_id(number).0;
        let made = engine::ports::catalog::Invitation { invited_by: by, ..invitation(number, 1) };
        ports.invitations.invite(made).await.unwrap();
    }
    for (number, wanted) in [(2, None), (3, Some(Role::Analyst)), (4, Some(Role::Admin))] {
        let change =
            ports.memberships.change_membership(project_id(1), member_id(number), to(wanted));
        change.await.unwrap();
    }
    let left = ports.invitations.invitations_of(project_id(1), NOON).await.unwrap();
    assert_eq!(left.iter().map(|open| open.invited_by).collect::<Vec<_>>(), [member_id(4).0]);
}
