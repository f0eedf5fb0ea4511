//! Uploaded source maps: all but their contents, which are blobs.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId, SourceMapId};
use domain::time::Timestamp;

use super::Error;

/// A source map. Address, release and digest name it in a project, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMap {
    /// Names it.
    pub id: SourceMapId,
    /// The project.
    pub project_id: ProjectId,
    /// The script's address, or its path on any host.
    pub address: String,
    /// The release it is of.
    pub release: Option<String>,
    /// SHA-256 of its JSON, in hexadecimal digits.
    pub digest: String,
    /// Of its JSON.
    pub size_bytes: u64,
    /// When it was uploaded first.
    pub created_at: Timestamp,
    /// When it was uploaded last.
    pub uploaded_at: Timestamp,
    /// The member who did that; none: a program.
    pub uploaded_by: Option<MemberId>,
}

/// A number of maps, and their bytes of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceMapBounds {
    /// How many.
    pub count: u64,
    /// Their sizes, added up.
    pub bytes: u64,
}

impl SourceMapBounds {
    /// Whether one more map of this size stays within `most`.
    pub fn admits(self, size_bytes: u64, most: Self) -> bool {
        self.count < most.count && self.bytes + size_bytes <= most.bytes
    }
}

/// The outcome of adding a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceMapWriteOutcome {
    /// It is stored.
    Added,
    /// One of the same address, release and digest is.
    Known,
    /// There is no room for it.
    Full,
}

impl SourceMapWriteOutcome {
    /// Whether the same map is stored already.
    pub fn is_known(self) -> bool {
        self == Self::Known
    }
}

/// A map that a page of the list ended with: when it was uploaded last, and its id.
pub type SourceMapCursor = (Timestamp, SourceMapId);

/// Source maps. See [`super`] for the contract.
#[async_trait]
pub trait SourceMapStore: Send + Sync {
    /// Sets instant and member of the last upload of the map with the address, release and digest of `new`; the stored
    /// map, or none where there is none.
    async fn renew_source_map(&self, new: &SourceMap) -> Result<Option<SourceMap>, Error>;

    /// Adds a map unless the same is stored or the project would have more than `most`.
    async fn add_source_map(
        &self,
        new: &SourceMap,
        most: SourceMapBounds,
    ) -> Result<SourceMapWriteOutcome, Error>;

    /// Maps of a project, those uploaded last first, at most `limit`.
    async fn source_maps(
        &self,
        project: ProjectId,
        after: Option<SourceMapCursor>,
        limit: u32,
    ) -> Result<Vec<SourceMap>, Error>;

    /// Maps of these addresses, in any order.
    async fn source_maps_of(
        &self,
        project: ProjectId,
        addresses: &[String],
    ) -> Result<Vec<SourceMap>, Error>;

    /// How many maps the project has, and how large they are.
    async fn stored_source_maps(&self, project: ProjectId) -> Result<SourceMapBounds, Error>;

    /// Maps uploaded last before an instant, the oldest first, at most `limit`.
    async fn oldest_source_maps(
        &self,
        project: ProjectId,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<SourceMapId>, Error>;

    /// Deletes a map; `false` when the project has no such map.
    async fn remove_source_map(&self, project: ProjectId, id: SourceMapId) -> Result<bool, Error>;
}
