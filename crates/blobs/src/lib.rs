//! Blobs in a folder, by `object_store`, whose other stores speak to clouds by the same trait.
//!
//! A file is written beside its place, brought to disk, moved there, and the folder brought to disk, before
//! [`BlobStore::put`] returns.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use async_trait::async_trait;
use bytes::Bytes;
use engine::ports::blobs::{BlobGroup, BlobName, BlobStore, Error};
use futures::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};

/// Blobs in a folder.
#[derive(Debug)]
pub struct FolderBlobs {
    store: LocalFileSystem,
}

fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error(cause.into())
}

fn key(name: &impl std::fmt::Display) -> Key {
    Key::from(name.to_string())
}

impl FolderBlobs {
    /// Opens the folder, which is made when it is missing, for this user only.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true).mode(0o700).create(folder).map_err(failed)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
        Ok(Self { store: store.with_fsync(true).with_automatic_cleanup(true) })
    }
}

#[async_trait]
impl BlobStore for FolderBlobs {
    async fn put(&self, name: BlobName, bytes: Bytes) -> Result<(), Error> {
        self.store.put(&key(&name), bytes.into()).await.map_err(failed)?;
        Ok(())
    }

    async fn get(&self, name: BlobName) -> Result<Option<Bytes>, Error> {
        match self.store.get(&key(&name)).await {
            Ok(found) => found.bytes().await.map(Some).map_err(failed),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    async fn delete(&self, group: BlobGroup) -> Result<(), Error> {
        let keys = match group {
            BlobGroup::Screenshot(..) | BlobGroup::SourceMap(..) => vec![key(&group)],
            BlobGroup::Recording(..) => {
                let listed = self.store.list(Some(&key(&group)));
                listed.map_ok(|found| found.location).try_collect().await.map_err(failed)?
            }
        };
        let keys = futures::stream::iter(keys).map(Ok).boxed();
        let deleted = self.store.delete_stream(keys).filter(|deleted| {
            let is_gone = matches!(deleted, Ok(_) | Err(object_store::Error::NotFound { .. }));
            std::future::ready(!is_gone)
        });
        match deleted.boxed().next().await {
            Some(Err(error)) => Err(failed(error)),
            _ => Ok(()),
        }
    }
}
