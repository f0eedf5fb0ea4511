//! Extractors of the caller and of the caller's role in the project of the path.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use domain::id::{MemberId, ProjectId};
use domain::role::Role;
use engine::ports::catalog::{Actor, Member, ShareLink};
use secrecy::ExposeSecret as _;
use utoipa::IntoResponses;

use crate::audit::AuditContext;
use crate::auth::cookie::{RequestCookies, Transport};
use crate::error::Error;
use crate::openapi::{Responses, problems};
use crate::principal;
use crate::shared;
use crate::state::App;

/// The signed-in member. A request that changes something must come from our own pages.
#[derive(Debug)]
pub(crate) struct SignedIn(pub(crate) Member);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            check_same_origin(parts, app)?;
        }
        let token = RequestCookies::of(parts, app)
            .session
            .ok_or_else(|| Error::new(StatusCode::UNAUTHORIZED, "sign in first"))?;
        let member = app.auth.authenticate(token.expose_secret()).await?;
        AuditContext::of(&parts.extensions).set_actor(principal::of_member(&member));
        Ok(Self(member))
    }
}

impl IntoResponses for SignedIn {
    fn responses() -> Responses {
        problems(&[(401, "Not signed in")])
    }
}

/// Refuses what another site's page may have sent: its `Origin` must be the host it was sent to.
pub(crate) fn check_same_origin(parts: &Parts, app: &App) -> Result<(), Error> {
    let value =
        |name| parts.headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let Some(origin) = value(header::ORIGIN) else {
        // Browsers name the origin of every request that changes something; a program that holds
        // the cookie says by this header that no page of another site is behind it.
        return match value(header::HeaderName::from_static("sec-fetch-site")) {
            None | Some("same-origin" | "none") => Ok(()),
            Some(_) => Err(foreign_origin()),
        };
    };
    let (scheme, host) = origin.split_once("://").unwrap_or_default();
    // What a plain connection showed may be anybody's page.
    let has_scheme = scheme == "https" || Transport::of(parts, app) == Transport::Plain;
    let is_same = has_scheme && !host.is_empty() && Some(host) == value(header::HOST);
    let is_public =
        app.settings().public_url.as_deref().is_some_and(|url| url.trim_end_matches('/') == origin);
    if is_same || is_public { Ok(()) } else { Err(foreign_origin()) }
}

fn foreign_origin() -> Error {
    Error::new(StatusCode::FORBIDDEN, "the request comes from another site's page")
}

/// A project in the path that the caller may do something in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProjectAccess {
    /// The project.
    pub(crate) project_id: ProjectId,
    /// What the caller may do there.
    pub(crate) role: Role,
}

/// Authorises the caller for the project of the path: a program by its secret key, if it gives one,
/// else the signed-in member. A project that is not theirs is answered like one that does not exist.
async fn authorise(parts: &mut Parts, app: &App, needed: Role) -> Result<ProjectAccess, Error> {
    if let Some(access) = principal::share_access(&parts.headers) {
        let link = app.share_links.authenticate(access).await?;
        return authorise_link(parts, app, link, needed).await;
    }
    let (actor, own) = if let Some(key) = principal::secret_key(&parts.headers) {
        let principal = principal::authenticate_key(app, &parts.headers, key).await?;
        (principal::of_key(&principal), Some(principal))
    } else {
        let SignedIn(member) = SignedIn::from_request_parts(parts, app).await?;
        (principal::of_member(&member), None)
    };
    let trail = AuditContext::of(&parts.extensions);
    trail.set_actor(actor.clone());
    let project_id = project_of_path(parts).await?;
    let role = match own {
        Some(holder) if holder.project_id == project_id => Some(principal::role_of(&holder)?),
        Some(_) => None,
        None => app.auth.role(MemberId(actor.id), project_id).await?,
    };
    let role = role.ok_or(engine::Error::NotFound("project"))?;
    trail.set_project(project_id);
    parts.extensions.insert(actor);
    engine::auth::allow(role, needed)?;
    Ok(ProjectAccess { project_id, role })
}

/// Authorises anyone with a share link: as a viewer, for its page alone.
async fn authorise_link(
    parts: &mut Parts,
    app: &App,
    link: Option<ShareLink>,
    needed: Role,
) -> Result<ProjectAccess, Error> {
    let link = link
        .ok_or_else(|| Error::new(StatusCode::UNAUTHORIZED, "the share link is no longer valid"))?;
    let project_id = project_of_path(parts).await?;
    if project_id != link.project_id {
        return Err(engine::Error::NotFound("project").into());
    }
    engine::auth::allow(Role::Viewer, needed)?;
    if !shared::permits(app, &link, parts).await? {
        let detail = "the share link shows one page with its filters, and this is not part of it";
        return Err(Error::new(StatusCode::FORBIDDEN, detail));
    }
    let actor = principal::of_link(&link);
    AuditContext::of(&parts.extensions).set_actor(actor.clone());
    parts.extensions.insert(actor);
    Ok(ProjectAccess { project_id, role: Role::Viewer })
}

/// The member who asks, of what a program cannot have: notes, questions, segments. It comes after the extractor of a
/// role, which knows the caller, and before the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AskingMember(pub(crate) MemberId);

impl FromRequestParts<App> for AskingMember {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        let member = parts.extensions.get().and_then(Actor::member);
        let detail = "only a member can do this, not a program with a secret key";
        member.map(Self).ok_or_else(|| Error::new(StatusCode::FORBIDDEN, detail))
    }
}

/// The caller of an operation whose path names no project.
#[derive(Debug)]
pub(crate) enum Caller {
    /// A signed-in member.
    Member(Member),
    /// A program, by its secret key.
    Program(engine::secret_keys::SecretKeyPrincipal),
}

impl FromRequestParts<App> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        if let Some(key) = principal::secret_key(&parts.headers) {
            let principal = principal::authenticate_key(app, &parts.headers, key).await?;
            AuditContext::of(&parts.extensions).set_actor(principal::of_key(&principal));
            return Ok(Self::Program(principal));
        }
        let SignedIn(member) = SignedIn::from_request_parts(parts, app).await?;
        Ok(Self::Member(member))
    }
}

impl Caller {
    /// The project that is named, or else the caller's only one, if the caller may do there what needs
    /// this role.
    pub(crate) async fn allowed_in(
        &self,
        app: &App,
        named: Option<ProjectId>,
        needed: Role,
    ) -> Result<ProjectAccess, Error> {
        match self {
            Self::Program(principal) => {
                if named.is_some_and(|named| named != principal.project_id) {
                    return Err(engine::Error::NotFound("project").into());
                }
                let role = principal::role_of(principal)?;
                engine::auth::allow(role, needed)?;
                Ok(ProjectAccess { project_id: principal.project_id, role })
            }
            Self::Member(member) => {
                let project = match (named, &*app.auth.projects(member.id).await?) {
                    (Some(named), _) => named,
                    (None, [only]) => only.project.id,
                    (None, _) => {
                        return Err(Error::invalid(
                            "project_id",
                            "project_id is required: you belong to no project or to several",
                        ));
                    }
                };
                authorise_member(app, member.id, project, needed).await
            }
        }
    }
}

/// Authorises a member for a project that is named elsewhere than in the path.
async fn authorise_member(
    app: &App,
    member: MemberId,
    project_id: ProjectId,
    needed: Role,
) -> Result<ProjectAccess, Error> {
    let role = app.auth.role(member, project_id).await?;
    let role = role.ok_or(engine::Error::NotFound("project"))?;
    engine::auth::allow(role, needed)?;
    Ok(ProjectAccess { project_id, role })
}

async fn project_of_path(parts: &mut Parts) -> Result<ProjectId, Error> {
    let Path(path) =
        Path::<std::collections::HashMap<String, String>>::from_request_parts(parts, &())
            .await
            .map_err(|_| Error::not_found())?;
    path.get("project_id")
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::from(engine::Error::NotFound("project")))
}

/// What is answered to who may not ask in a project, or not now. A viewer's key, too, may be refused for its
/// role: one that reports orders and bookings asks nothing.
fn denials() -> Responses {
    problems(&[
        (401, "Not signed in, and no valid secret key"),
        (403, "The caller's role does not allow it, or the request comes from another site's page"),
        (404, "Not found, or in a project of others"),
        (
            429,
            "The secret key's rate_limit_per_minute is used up, or too many requests are running; see Retry-After",
        ),
    ])
}

macro_rules! role_extractor {
    ($($(#[$doc:meta])* $name:ident => $role:expr),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name(pub(crate) ProjectAccess);

        impl FromRequestParts<App> for $name {
            type Rejection = Error;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
                authorise(parts, app, $role).await.map(Self)
            }
        }

        impl IntoResponses for $name {
            fn responses() -> Responses {
                denials()
            }
        }
    )+};
}

role_extractor! {
    /// The caller may look at the project's dashboards.
    Viewer => Role::Viewer,
    /// The caller may read the project's raw data.
    Analyst => Role::Analyst,
    /// The caller may manage the project.
    Admin => Role::Admin,
}
