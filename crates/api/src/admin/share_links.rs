//! `/api/projects/{project_id}/share-links`: links that show a page to people who are no members.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::ShareLinkId;
use domain::share_link::SharedPage;
use domain::time::Timestamp;
use engine::ports::catalog::ShareLink;
use engine::share_links::NewShareLink;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::read_expiry;
use crate::audit::AuditContext;
use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json};
use crate::questions::read_page_filters;
use crate::state::App;

/// A share link, without its token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShareLink)]
pub(crate) struct ShareLinkAnswer {
    id: Uuid,
    name: String,
    page: SharedPageName,
    /// The page's search parameters: period and filters.
    search: String,
    has_password: bool,
    /// Whether other sites may show it in a frame.
    can_embed: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// From when on it shows nothing; null: until it is revoked.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// To the minute.
    #[schema(format = DateTime)]
    last_used_at: Option<String>,
}

/// A page that can be shared: figures only, no people.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SharedPage)]
pub(crate) enum SharedPageName {
    Overview,
    Acquisition,
    Friction,
    Journeys,
    Performance,
    /// A board that the project's members share; `search` is `board=` and its id.
    Board,
}

/// A project's share links, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShareLinkList {
    share_links: Vec<ShareLinkAnswer>,
}

/// A share link to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewShareLink)]
pub(crate) struct NewShareLinkRequest {
    /// 1 to 100 characters, such as `Weekly figures for the client`.
    name: String,
    page: SharedPageName,
    /// The page's search parameters, without `?`: its period, and filters, which nobody can take away and which its
    /// questions must be able to read. Of a board, no filters: its cards have their own. At most 8,192 characters.
    #[serde(default)]
    search: String,
    /// At least 8 characters; left out: the link is enough.
    #[schema(value_type = Option<String>)]
    password: Option<SecretString>,
    /// RFC 3339, in the future; left out: until it is revoked.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// Whether other sites may show it in a frame; false by default.
    #[serde(default)]
    can_embed: bool,
}

/// A share link and its token, shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = ShareLinkMade)]
pub(crate) struct CreatedShareLink {
    share_link: ShareLinkAnswer,
    /// `fl_` and 32 characters.
    token: String,
    /// The path of the link: `/shared/` and the token.
    path: String,
}

impl From<SharedPage> for SharedPageName {
    fn from(page: SharedPage) -> Self {
        match page {
            SharedPage::Overview => Self::Overview,
            SharedPage::Acquisition => Self::Acquisition,
            SharedPage::Friction => Self::Friction,
            SharedPage::Journeys => Self::Journeys,
            SharedPage::Performance => Self::Performance,
            SharedPage::Board => Self::Board,
        }
    }
}

impl From<SharedPageName> for SharedPage {
    fn from(page: SharedPageName) -> Self {
        match page {
            SharedPageName::Overview => Self::Overview,
            SharedPageName::Acquisition => Self::Acquisition,
            SharedPageName::Friction => Self::Friction,
            SharedPageName::Journeys => Self::Journeys,
            SharedPageName::Performance => Self::Performance,
            SharedPageName::Board => Self::Board,
        }
    }
}

impl From<ShareLink> for ShareLinkAnswer {
    fn from(link: ShareLink) -> Self {
        Self {
            id: link.id.0,
            name: link.name,
            page: link.page.into(),
            search: link.search,
            has_password: link.password_hash.is_some(),
            can_embed: link.can_embed,
            created_at: link.created_at.to_rfc3339(),
            expires_at: link.expires_at.map(Timestamp::to_rfc3339),
            last_used_at: link.last_used_at.map(Timestamp::to_rfc3339),
        }
    }
}

impl NewShareLinkRequest {
    fn read(self, now: Timestamp) -> Result<NewShareLink, Error> {
        let page = self.page.into();
        let filters =
            read_page_filters(&self.search, now).map_err(|error| error.within("search"))?;
        // Anyone who has the link could take them away.
        if page == SharedPage::Board && !filters.is_empty() {
            let detail = "search: only the cards of a board have filters: leave them out";
            return Err(engine::Error::invalid("search", detail).into());
        }
        Ok(NewShareLink {
            name: self.name,
            page,
            search: self.search,
            password: self.password,
            expires_at: read_expiry(self.expires_at.as_deref())?,
            can_embed: self.can_embed,
        })
    }
}

/// The ids of a share link's path.
#[derive(Debug, Deserialize)]
pub(super) struct ShareLinkPath {
    share_link_id: String,
}

/// A project's share links, expired ones too.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/share-links", tag = "Share links", operation_id = "share_links",
    params(("project_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = ShareLinkList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
) -> Result<Json<ShareLinkList>, Error> {
    let links = app.share_links.list(allowed.project_id).await?;
    Ok(Json(ShareLinkList { share_links: links.into_iter().map(Into::into).collect() }))
}

/// Creates a link that shows a page, with its filters, to anyone who has it. Its token is in this answer only.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/share-links", tag = "Share links", operation_id = "create_share_link",
    params(("project_id" = Uuid, Path)), request_body = NewShareLinkRequest,
    extensions(("x-role" = json!("admin"))),
    responses((status = 201, body = CreatedShareLink), Admin, Unprocessable),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    trail: AuditContext,
    Json(new): Json<NewShareLinkRequest>,
) -> Result<(StatusCode, Json<CreatedShareLink>), Error> {
    let (made, token) =
        app.share_links.create(allowed.project_id, new.read(app.clock.now())?).await?;
    let token = token.expose_secret().to_owned();
    trail.set_target(&made.id);
    let path = format!("/shared/{token}");
    Ok((StatusCode::CREATED, Json(CreatedShareLink { share_link: made.into(), token, path })))
}

/// Revokes a share link: it shows nothing from now on.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/share-links/{share_link_id}", tag = "Share links",
    operation_id = "revoke_share_link",
    params(("project_id" = Uuid, Path), ("share_link_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 204), Admin),
)]
pub(super) async fn revoke(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<ShareLinkPath>,
) -> Result<StatusCode, Error> {
    let id: ShareLinkId =
        path.share_link_id.parse().map_err(|_| engine::Error::NotFound("share link"))?;
    app.share_links.revoke(allowed.project_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
