//! The memory and disk of the machine, as far as this server uses them.

use async_trait::async_trait;

use crate::Error;

/// The disk that the data folder is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskSpace {
    /// Bytes that this server may still write.
    pub free_bytes: u64,
    /// Bytes altogether.
    pub total_bytes: u64,
}

/// Bytes of the files of each store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StoreSizes {
    /// The journal.
    pub journal_bytes: u64,
    /// The lake, with files that wait to be deleted.
    pub lake_bytes: u64,
    /// The catalog; none when it is in PostgreSQL.
    pub catalog_bytes: Option<u64>,
    /// Recordings and screenshots.
    pub blob_bytes: u64,
    /// Other files of the data folder.
    pub other_bytes: u64,
}

/// The machine.
#[async_trait]
pub trait Resources: Send + Sync {
    /// Memory of this process in bytes; none where the system does not say.
    fn memory_bytes(&self) -> Option<u64>;

    /// The disk of the data folder.
    async fn disk_space(&self) -> Result<DiskSpace, Error>;

    /// The sizes of the stores. Looks at every file: takes seconds where there are millions. Files that
    /// are deleted meanwhile are passed over.
    async fn store_sizes(&self) -> Result<StoreSizes, Error>;
}
