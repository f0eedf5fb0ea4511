//! `Debug` output contains no secret.

use domain::id::{InvitationId, MemberId, ProjectId, SecretKeyId};
use domain::key::SecretKeyRole;
use domain::role::Role;
use domain::time::Timestamp;
use domain::webhook::Secret;
use engine::auth::{SetUp, SignedIn};
use engine::customers::ShownToken;
use engine::ports::catalog::{
    CustomerToken, Invitation, InvitationAccepter, Member, SecretKey, SignIn, SuppressionRows,
};
use uuid::Uuid;

const AT: Timestamp = Timestamp::EPOCH;
/// Stands in every secret text.
const MARK: &str = "hunter2";
/// Each byte of every secret number, and how `Debug` would write it.
const BYTE: u8 = 173;

fn check(name: &str, shown: [String; 2]) {
    for shown in shown {
        assert!(!shown.contains(MARK), "{name}: {shown}");
        assert!(!shown.contains(&BYTE.to_string()), "{name}: {shown}");
    }
}

macro_rules! check {
    ($($value:expr),+ $(,)?) => {$(
        let value = $value;
        check(stringify!($value), [format!("{value:?}"), format!("{value:#?}")]);
    )+};
}

fn secret() -> String {
    format!("{MARK} and more")
}

fn member() -> Member {
    Member {
        id: MemberId(Uuid::nil()),
        email: "owner@shop.test".to_owned(),
        name: "Olga".to_owned(),
        password_hash: secret().into(),
        created_at: AT,
    }
}

#[test]
fn no_password_token_hash_or_digest_is_shown() {
    check!(
        member(),
        InvitationAccepter::New(Box::new(member())),
        SetUp {
            token: secret().into(),
            email: "owner@shop.test".to_owned(),
            name: "Olga".to_owned(),
            password: secret().into(),
            project_name: "Shop".to_owned(),
            time_zone: domain::zone::Zone::UTC,
        },
        SignedIn {
            member: member(),
            token: secret().into(),
            expires_at: AT,
            device: secret().into(),
        },
        SignIn {
            token_digest: [BYTE; 32],
            member: MemberId(Uuid::nil()),
            created_at: AT,
            expires_at: AT,
        },
        Invitation {
            id: InvitationId(Uuid::nil()),
            project_id: ProjectId(Uuid::nil()),
            email: "ana@shop.test".to_owned(),
            role: Role::Viewer,
            token_digest: [BYTE; 32],
            invited_by: Uuid::nil(),
            inviter_name: "Olga".to_owned(),
            created_at: AT,
            expires_at: AT,
        },
        SecretKey {
            id: SecretKeyId(Uuid::nil()),
            project_id: ProjectId(Uuid::nil()),
            key_name: "Warehouse".to_owned(),
            digest: [BYTE; 32],
            role: SecretKeyRole::Analyst,
            rate_limit_per_minute: 1,
            created_at: AT,
            expires_at: None,
            last_used_at: None,
        },
        CustomerToken {
            token_digest: [BYTE; 32],
            project_id: ProjectId(Uuid::nil()),
            user_id: "u1".to_owned(),
            created_at: AT,
            expires_at: AT,
        },
        ShownToken { token: secret().into(), expires_at: AT },
        SuppressionRows { secret: vec![BYTE; 32], digests: Vec::new() },
        Secret::from_random(&[BYTE; 64]),
    );
}
