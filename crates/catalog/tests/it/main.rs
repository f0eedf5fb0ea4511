//! The catalog against its contract and against trouble.
#![expect(clippy::unwrap_used, reason = "a failed expectation must end the test")]

mod conformance;
mod erasure;
mod faults;
mod postgres;
mod sqlite_contents;

use std::path::PathBuf;

use async_trait::async_trait;
use catalog::Catalog;
use tempfile::TempDir;
use testkit::conformance::catalog::{CatalogHarness, Ports};
use uuid::Uuid;

/// A catalog in a folder of its own that goes with it.
struct Sqlite {
    folder: TempDir,
    catalog: Catalog,
}

impl Sqlite {
    fn path(&self) -> PathBuf {
        path_in(&self.folder)
    }
}

fn path_in(folder: &TempDir) -> PathBuf {
    // Characters that mean something in a URL, and a folder that does not exist yet.
    folder.path().join("a b%20#?ü").join("catalog.db")
}

#[async_trait]
impl CatalogHarness for Sqlite {
    async fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(&path_in(&folder)).await.unwrap();
        Self { folder, catalog }
    }

    fn ports(&self) -> Ports {
        Ports::of(self.catalog.clone())
    }

    fn journal(&self) -> Option<Uuid> {
        None
    }

    async fn reopen(&mut self) {
        self.catalog.close().await;
        self.catalog = Catalog::open(&self.path()).await.unwrap();
    }
}
