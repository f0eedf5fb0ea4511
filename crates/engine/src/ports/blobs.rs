//! Blobs: large things that are kept whole, by name.
//!
//! # Contract
//!
//! - What [`BlobStore::put`] has returned for is on disk, whole; whoever reads meanwhile gets the old or the
//!   new one.
//! - Putting a name again replaces it.
//! - What [`BlobStore::delete`] has returned for is gone.

use async_trait::async_trait;
use bytes::Bytes;
use domain::id::{ProjectId, RecordingId, ScreenshotId, SourceMapId};

/// Why blobs could not do what they were asked.
#[derive(Debug, thiserror::Error)]
#[error("the blobs cannot be reached")]
pub struct Error(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// What names a blob. Names are made of ids of ours, never of what a sender chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobName {
    /// A part of a recording.
    Chunk(ProjectId, RecordingId, u32),
    /// A picture.
    Screenshot(ProjectId, ScreenshotId),
    /// A source map, compressed.
    SourceMap(ProjectId, SourceMapId),
}

/// What is deleted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobGroup {
    /// Every part of a recording.
    Recording(ProjectId, RecordingId),
    /// A picture.
    Screenshot(ProjectId, ScreenshotId),
    /// A source map, compressed.
    SourceMap(ProjectId, SourceMapId),
}

impl std::fmt::Display for BlobName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Chunk(project, recording, seq) => {
                write!(formatter, "{}/{seq:06}.json.gz", BlobGroup::Recording(project, recording))
            }
            Self::Screenshot(project, id) => BlobGroup::Screenshot(project, id).fmt(formatter),
            Self::SourceMap(project, id) => BlobGroup::SourceMap(project, id).fmt(formatter),
        }
    }
}

/// A folder for a recording, a file for a picture or a source map; in the bucket of their kind.
impl std::fmt::Display for BlobGroup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Recording(project, id) => write!(formatter, "session-recordings/{project}/{id}"),
            Self::Screenshot(project, id) => {
                write!(formatter, "friction-screenshots/{project}/{id}.png")
            }
            Self::SourceMap(project, id) => {
                write!(formatter, "source-maps/{project}/{id}.map.gz")
            }
        }
    }
}

/// A store of blobs. See [the contract](self).
#[async_trait]
pub trait BlobStore: Send + Sync {
    /// Keeps a blob.
    async fn put(&self, name: BlobName, bytes: Bytes) -> Result<(), Error>;

    /// A blob, whole; none where there is none.
    async fn get(&self, name: BlobName) -> Result<Option<Bytes>, Error>;

    /// Removes a group's blobs; none of them need be there.
    async fn delete(&self, group: BlobGroup) -> Result<(), Error>;
}
