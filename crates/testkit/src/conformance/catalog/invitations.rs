//! Invitations to a project.

use domain::role::Role;
use engine::ports::catalog::{Invitation, InvitationAccepter, Member};
use tokio::task::JoinSet;

use super::CatalogHarness;
use super::fixtures::{
    NOON, invitation, invitation_id, join, member, member_id, project_id, taken_field, two_projects,
};

/// Whole, by its digest and by no other, until the instant it expires.
pub async fn an_invitation_is_valid_until_it_expires<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let made = Invitation { email: "Zoë@Shop.Test".into(), ..invitation(1, 1) };
    let expected = Invitation { email: "zoë@shop.test".into(), ..made.clone() };
    ports.invitations.invite(made).await.unwrap();
    let end = expected.expires_at;
    let digest = expected.token_digest;
    let found = ports.invitations.invitation(&digest, end.plus_micros(-1)).await.unwrap();
    assert_eq!(found, Some(expected));
    assert_eq!(ports.invitations.invitation(&digest, end).await.unwrap(), None);
    assert_eq!(ports.invitations.invitation(&[9; 32], NOON).await.unwrap(), None);
    let guest = InvitationAccepter::Known(member_id(1));
    assert_eq!(ports.invitations.accept_invitation(&digest, guest, end).await.unwrap(), None);
}

/// One link an address and project works: the latest.
pub async fn inviting_again_replaces_the_earlier_invitation<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let first = invitation(1, 1);
    let again = Invitation { email: first.email.to_uppercase(), ..invitation(2, 1) };
    let elsewhere = Invitation { email: first.email.clone(), ..invitation(3, 2) };
    for made in [first.clone(), again, elsewhere.clone()] {
        ports.invitations.invite(made).await.unwrap();
    }
    let digest = first.token_digest;
    assert_eq!(ports.invitations.invitation(&digest, NOON).await.unwrap(), None);
    let open = ports.invitations.invitations_of(project_id(1), NOON).await.unwrap();
    assert_eq!(open, [Invitation { email: first.email, ..invitation(2, 1) }]);
    let open = ports.invitations.invitations_of(project_id(2), NOON).await.unwrap();
    assert_eq!(open, [elsewhere]);
}

/// Latest first, without those that have expired.
pub async fn open_invitations_come_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [2, 1, 3] {
        ports.invitations.invite(invitation(number, 1)).await.unwrap();
    }
    let open = ports.invitations.invitations_of(project_id(1), NOON).await.unwrap();
    assert_eq!(open, [3, 2, 1].map(|number| invitation(number, 1)));
    let end = invitation(1, 1).expires_at;
    let open = ports.invitations.invitations_of(project_id(1), end).await.unwrap();
    assert_eq!(open, [3, 2].map(|number| invitation(number, 1)));
}

/// The guest is made, belongs to the project with the role, and the link is used up.
pub async fn a_new_guest_becomes_a_member_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let open = invitation(1, 1);
    ports.invitations.invite(open.clone()).await.unwrap();
    let guest = || InvitationAccepter::New(Box::new(member(7)));
    let at = NOON.plus_seconds(5);
    let accept = || ports.invitations.accept_invitation(&open.token_digest, guest(), at);
    assert_eq!(accept().await.unwrap(), Some(open.clone()));
    assert_eq!(accept().await.unwrap(), None);
    assert_eq!(ports.members.member(member_id(7)).await.unwrap(), Some(member(7)));
    let role = ports.projects.role(member_id(7), project_id(1)).await.unwrap();
    assert_eq!(role, Some(open.role));
    assert_eq!(ports.projects.role(member_id(7), project_id(2)).await.unwrap(), None);
}

/// Nothing of a refused acceptance is stored, and the link still works.
pub async fn a_new_guest_with_a_taken_address_leaves_the_invitation<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let open = invitation(1, 1);
    ports.invitations.invite(open.clone()).await.unwrap();
    let guest = InvitationAccepter::New(Box::new(Member { email: member(1).email, ..member(7) }));
    let accepted = ports.invitations.accept_invitation(&open.token_digest, guest, NOON).await;
    assert_eq!(taken_field(accepted), "email");
    let found = ports.invitations.invitation(&open.token_digest, NOON).await.unwrap();
    assert_eq!(found, Some(open));
    assert_eq!(ports.members.member(member_id(7)).await.unwrap(), None);
}

/// Who belongs to the project already keeps their role, and the link is used up.
pub async fn a_role_a_guest_has_already_stays<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Viewer, NOON).await;
    let open = Invitation { role: Role::Admin, ..invitation(1, 1) };
    ports.invitations.invite(open.clone()).await.unwrap();
    let guest = InvitationAccepter::Known(member_id(2));
    let accepted = ports.invitations.accept_invitation(&open.token_digest, guest, NOON).await;
    assert!(accepted.unwrap().is_some());
    let role = ports.projects.role(member_id(2), project_id(1)).await.unwrap();
    assert_eq!(role, Some(Role::Viewer));
    assert_eq!(ports.invitations.invitation(&open.token_digest, NOON).await.unwrap(), None);
}

/// Of many at once exactly one has it.
pub async fn an_invitation_is_accepted_by_one_of_many<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let open = invitation(1, 1);
    ports.invitations.invite(open.clone()).await.unwrap();
    let mut calls = JoinSet::new();
    for number in 10..30 {
        let invitations = ports.invitations.clone();
        let guest = InvitationAccepter::New(Box::new(member(number)));
        calls.spawn(async move {
            invitations.accept_invitation(&open.token_digest, guest, NOON).await.unwrap().is_some()
        });
    }
    let done = calls.join_all().await.into_iter().filter(|accepted| *accepted).count();
    assert_eq!(done, 1);
    assert_eq!(ports.memberships.members_of(project_id(1)).await.unwrap().len(), 2);
}

/// A foreign invitation is answered like an unknown one.
pub async fn an_invitation_is_revoked_by_its_own_project<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let open = invitation(1, 1);
    ports.invitations.invite(open.clone()).await.unwrap();
    let revoke =
        |project, id| ports.invitations.revoke_invitation(project_id(project), invitation_id(id));
    assert!(!revoke(2, 1).await.unwrap());
    assert!(!revoke(1, 9).await.unwrap());
    assert!(ports.invitations.invitation(&open.token_digest, NOON).await.unwrap().is_some());
    assert!(revoke(1, 1).await.unwrap());
    assert!(!revoke(1, 1).await.unwrap());
    assert_eq!(ports.invitations.invitation(&open.token_digest, NOON).await.unwrap(), None);
}
