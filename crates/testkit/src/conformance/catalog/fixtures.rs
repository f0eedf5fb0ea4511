//! Fixtures of the catalog tests: plain values, each made from a number.

use domain::id::{InvitationId, KeyId, MemberId, ProjectId, SecretKeyId, WidgetId};
use domain::key::SecretKeyRole;
use domain::origin::AllowedDomain;
use domain::project_creation::CreationRule;
use domain::role::Role;
use domain::time::Timestamp;
use engine::ports::catalog::{
    Actor, ActorKind, ApiKey, AuditEntry, Error, Invitation, InvitationAccepter, NewMember,
    NewProject, RecordId, SecretKey, SignIn,
};
use uuid::Uuid;

use super::{CatalogHarness, Ports};

/// 2026-11-21T12:00:00Z.
pub const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

/// The project with this number.
pub fn project_id(number: u128) -> ProjectId {
    ProjectId(Uuid::from_u128(0x1000 + number))
}

/// The member with this number.
pub fn member_id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(0x2000 + number))
}

/// The key with this number.
pub fn key_id(number: u128) -> KeyId {
    KeyId(Uuid::from_u128(0x3000 + number))
}

/// The failed event at this position of the store's journal.
pub fn failed_id<S: CatalogHarness>(store: &S, position: u64) -> RecordId {
    RecordId { position, journal: store.journal() }
}

/// The invitation with this number.
pub fn invitation_id(number: u128) -> InvitationId {
    InvitationId(Uuid::from_u128(0x4000 + number))
}

/// The secret key with this number.
pub fn secret_key_id(number: u128) -> SecretKeyId {
    SecretKeyId(Uuid::from_u128(0x5000 + number))
}

/// The widget with this number.
pub fn widget_id(number: u128) -> WidgetId {
    WidgetId(Uuid::from_u128(0x7000 + number))
}

/// A member to make.
pub fn member(number: u128) -> NewMember {
    NewMember {
        id: member_id(number),
        email: format!("person{number}@shop.test"),
        name: format!("Person {number}"),
        password_hash: format!("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA{number}").into(),
        created_at: NOON,
    }
}

/// A project to make.
pub fn project(number: u128, owner: MemberId) -> NewProject {
    NewProject {
        id: project_id(number),
        name: format!("Project {number}"),
        retention_days: 365,
        time_zone: domain::zone::Zone::UTC,
        owner,
        created_at: NOON,
    }
}

/// A key to add; created `number` seconds after [`NOON`].
pub fn key(number: u128, project_id: ProjectId) -> ApiKey {
    ApiKey {
        id: key_id(number),
        project_id,
        key_name: format!("Key {number}"),
        key: format!("fk_{number:032}"),
        allowed_domains: domains(&["shop.test", "*.shop.test", "localhost:3000"]),
        rate_limit_per_minute: 1_000,
        is_active: true,
        created_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        last_used_at: None,
    }
}

/// An allowlist.
pub fn domains(texts: &[&str]) -> Vec<AllowedDomain> {
    texts.iter().map(|text| AllowedDomain::parse(text).unwrap()).collect()
}

/// A sign-in of the member with number 1, whose digest is 32 times `byte`.
pub fn sign_in(byte: u8, created_at: Timestamp, expires_at: Timestamp) -> SignIn {
    SignIn { token_digest: [byte; 32], member: member_id(1), created_at, expires_at }
}

/// An invitation to the project with that number; made `number` seconds after [`NOON`], valid for an
/// hour, by member 1.
pub fn invitation(number: u128, project: u128) -> Invitation {
    let created_at = NOON.plus_seconds(i64::try_from(number).unwrap());
    Invitation {
        id: invitation_id(number),
        project_id: project_id(project),
        email: format!("guest{number}@shop.test"),
        role: Role::Analyst,
        token_digest: [u8::try_from(number).unwrap(); 32],
        invited_by: member_id(1).0,
        inviter_name: "Person 1".to_owned(),
        created_at,
        expires_at: created_at.plus_seconds(3_600),
    }
}

/// A secret key of the project with that number; made `number` seconds after [`NOON`].
pub fn secret_key(number: u128, project: u128) -> SecretKey {
    SecretKey {
        id: secret_key_id(number),
        project_id: project_id(project),
        key_name: format!("Program {number}"),
        digest: [0x80 | u8::try_from(number).unwrap(); 32],
        role: SecretKeyRole::Analyst,
        rate_limit_per_minute: 1_000,
        created_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        expires_at: None,
        last_used_at: None,
    }
}

/// An entry in the account of the project with that number; `number` seconds after [`NOON`].
pub fn audit_entry(number: u128, project: u128) -> AuditEntry {
    AuditEntry {
        request_id: Uuid::from_u128(0x6000 + number),
        project: Some(project_id(project)),
        at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        actor: Actor {
            kind: ActorKind::Member,
            id: member_id(1).0,
            label: "person1@shop.test".to_owned(),
        },
        operation: "create_api_key".to_owned(),
        target: String::new(),
        status: 201,
        address: "196.249.xxx.xxx".to_owned(),
    }
}

/// Makes the member with this number and lets them join a project at `at`.
pub async fn join(ports: &Ports, number: u128, project: u128, role: Role, at: Timestamp) {
    let open = Invitation { role, ..invitation(number, project) };
    let digest = open.token_digest;
    ports.invitations.invite(open).await.unwrap();
    let guest = InvitationAccepter::New(Box::new(member(number)));
    let accepted = ports.invitations.accept_invitation(&digest, guest, at).await.unwrap();
    assert!(accepted.is_some(), "member {number} joins");
}

/// A store that is set up: member 1 owns projects 1 and 2.
pub async fn two_projects<S: CatalogHarness>() -> (S, Ports) {
    let store = S::fresh().await;
    let ports = store.ports();
    assert!(ports.members.set_up(member(1), project(1, member_id(1))).await.unwrap());
    let second = project(2, member_id(1));
    ports.projects.create(second, CreationRule::ServerOwner).await.unwrap().unwrap();
    (store, ports)
}

/// The field a call was refused for because its value is taken.
pub fn taken_field<T: std::fmt::Debug>(answer: Result<T, Error>) -> &'static str {
    match answer {
        Err(Error::AlreadyExists { what }) => what,
        other => panic!("not refused as taken: {other:?}"),
    }
}
