//! A machine with fixed figures of memory and disk.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_trait::async_trait;
use engine::Error;
use engine::ports::resources::{DiskSpace, Resources, StoreSizes};

/// The machine; its disk can be lost.
#[derive(Debug, Default)]
pub struct FixedResources {
    disk_measurements: AtomicU64,
    is_disk_lost: AtomicBool,
}

impl FixedResources {
    /// Memory of the process.
    pub const MEMORY_BYTES: u64 = 123_000_000;
    /// The disk.
    pub const DISK: DiskSpace =
        DiskSpace { free_bytes: 40_000_000_000, total_bytes: 100_000_000_000 };
    /// The sizes of the stores.
    pub const SIZES: StoreSizes = StoreSizes {
        journal_bytes: 1_000_000,
        lake_bytes: 2_000_000,
        catalog_bytes: Some(300_000),
        blob_bytes: 40_000,
        other_bytes: 5_000,
    };

    /// How often the disk was measured.
    pub fn disk_measurements(&self) -> u64 {
        self.disk_measurements.load(Ordering::SeqCst)
    }

    /// From now on the disk cannot be measured.
    pub fn lose_disk(&self) {
        self.is_disk_lost.store(true, Ordering::SeqCst);
    }
}

#[async_trait]
impl Resources for FixedResources {
    fn memory_bytes(&self) -> Option<u64> {
        Some(Self::MEMORY_BYTES)
    }

    async fn disk_space(&self) -> Result<DiskSpace, Error> {
        self.disk_measurements.fetch_add(1, Ordering::SeqCst);
        if self.is_disk_lost.load(Ordering::SeqCst) {
            return Err(Error::internal("the disk is gone"));
        }
        Ok(Self::DISK)
    }

    async fn store_sizes(&self) -> Result<StoreSizes, Error> {
        Ok(Self::SIZES)
    }
}
