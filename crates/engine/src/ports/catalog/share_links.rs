//! Links that show one page of the dashboard to anyone who has them.

use async_trait::async_trait;
use domain::id::{ProjectId, ShareLinkId};
use domain::share_link::SharedPage;
use domain::time::Timestamp;

use super::{Error, PasswordHash};

/// A link that shares a page.
#[derive(Clone, PartialEq, Eq)]
pub struct ShareLink {
    /// Its row.
    pub id: ShareLinkId,
    /// The only project it shows something of.
    pub project_id: ProjectId,
    /// Its name, for people.
    pub name: String,
    /// SHA-256 of its token; the token itself is never stored.
    pub digest: [u8; 32],
    /// The page it shows.
    pub page: SharedPage,
    /// The page's search parameters as its address has them, without `?`: period and filters.
    pub search: String,
    /// Of its password; none where it needs none.
    pub password_hash: Option<PasswordHash>,
    /// Whether other sites may show it in a frame.
    pub can_embed: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it shows nothing; none: until it is revoked.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

impl std::fmt::Debug for ShareLink {
    /// Without digest and hash.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ShareLink")
            .field("id", &self.id)
            .field("project_id", &self.project_id)
            .field("name", &self.name)
            .field("page", &self.page)
            .field("search", &self.search)
            .field("can_embed", &self.can_embed)
            .field("created_at", &self.created_at)
            .field("expires_at", &self.expires_at)
            .field("last_used_at", &self.last_used_at)
            .finish_non_exhaustive()
    }
}

/// Share links. See [`super`] for the contract.
#[async_trait]
pub trait ShareLinkStore: Send + Sync {
    /// Stores a new link unless the project has `most` already; `false` when it has.
    async fn add_share_link(&self, new: &ShareLink, most: u32) -> Result<bool, Error>;

    /// A project's links, expired ones too, latest first.
    async fn share_links(&self, project: ProjectId) -> Result<Vec<ShareLink>, Error>;

    /// The link whose token has this digest, expired or not, whoever asks.
    async fn share_link(&self, digest: &[u8; 32]) -> Result<Option<ShareLink>, Error>;

    /// Deletes a link; `false` when the project has no such one.
    async fn remove_share_link(&self, project: ProjectId, id: ShareLinkId) -> Result<bool, Error>;

    /// Notes that a link was used, to the minute; an earlier time never replaces a later one, an unknown link
    /// is passed over.
    async fn touch_share_link(&self, id: ShareLinkId, at: Timestamp) -> Result<(), Error>;
}
