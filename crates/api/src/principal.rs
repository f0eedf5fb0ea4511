//! The principal of a request: a signed-in member, or a program with a secret key.

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use domain::id::{MemberId, SecretKeyId};
use domain::key::{SECRET_PREFIX, SHARE_PREFIX};
use domain::role::Role;
use engine::auth::Credential;
use engine::ports::catalog::{Actor, ActorKind, Member, ShareLink};
use engine::secret_keys::SecretKeyPrincipal;
use secrecy::ExposeSecret as _;

use crate::auth::cookie::RequestCookies;
use crate::error::Error;
use crate::state::App;

/// The secret key a request gives as `Authorization: Bearer fs_…`. Any other authorization is left to
/// whoever stands before us.
pub(crate) fn secret_key(headers: &HeaderMap) -> Option<&str> {
    bearer(headers, SECRET_PREFIX)
}

/// The credential of a shared page: `Authorization: Bearer fl_…`.
pub(crate) fn share_access(headers: &HeaderMap) -> Option<&str> {
    bearer(headers, SHARE_PREFIX)
}

fn bearer<'a>(headers: &'a HeaderMap, prefix: &str) -> Option<&'a str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && key.starts_with(prefix)).then_some(key)
}

/// Whom a secret key stands for. A page's script never holds one: the `Origin` header, which only
/// browsers send, means that it was given away.
pub(crate) async fn authenticate_key(
    app: &App,
    headers: &HeaderMap,
    key: &str,
) -> Result<SecretKeyPrincipal, Error> {
    if headers.contains_key(header::ORIGIN) {
        return Err(Error::new(
            StatusCode::FORBIDDEN,
            "a secret key must not be used in a browser; revoke it if a page contains it",
        ));
    }
    let principal = app.secret_keys.authenticate(key).await?;
    principal.ok_or_else(|| Error::new(StatusCode::UNAUTHORIZED, "the secret key is not valid"))
}

/// What proves that a request comes from `actor`, to be checked again later.
pub(crate) fn credential(actor: &Actor, parts: &Parts, app: &App) -> Option<Credential> {
    match actor.kind {
        ActorKind::Member => {
            let token = RequestCookies::of(parts, app).session?;
            Some(Credential::session(MemberId(actor.id), token.expose_secret()))
        }
        ActorKind::SecretKey => {
            let key = secret_key(&parts.headers)?;
            Some(Credential::secret_key(SecretKeyId(actor.id), key))
        }
        ActorKind::ShareLink => None,
    }
}

/// The role of a member in whose place a program asks. One that reports orders and bookings asks nothing.
pub(crate) fn role_of(principal: &SecretKeyPrincipal) -> Result<Role, Error> {
    principal.role.member_role().ok_or_else(|| {
        let detail =
            "the role of this secret key is writer: it may report orders and bookings only";
        Error::new(StatusCode::FORBIDDEN, detail)
    })
}

/// A member as the audit log knows them.
pub(crate) fn of_member(member: &Member) -> Actor {
    Actor { kind: ActorKind::Member, id: member.id.0, label: member.email.clone() }
}

/// A program as the audit log knows it.
pub(crate) fn of_key(principal: &SecretKeyPrincipal) -> Actor {
    Actor { kind: ActorKind::SecretKey, id: principal.id.0, label: principal.key_name.clone() }
}

/// Anyone with a link, as the audit log would know them.
pub(crate) fn of_link(link: &ShareLink) -> Actor {
    Actor { kind: ActorKind::ShareLink, id: link.id.0, label: link.name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_that_is_a_secret_key_counts() {
        let key_of_header = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", value.parse().expect("header"));
            secret_key(&headers).map(str::to_owned)
        };
        assert_eq!(key_of_header("Bearer fs_abc").as_deref(), Some("fs_abc"));
        assert_eq!(key_of_header("bearer  fs_abc").as_deref(), Some("fs_abc"));
        for other in ["Basic ZnM6", "Bearer ct_abc", "fs_abc", "Bearer", ""] {
            assert_eq!(key_of_header(other), None, "{other}");
        }
    }
}
