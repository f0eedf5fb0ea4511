//! The memory and disk that this process uses.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use engine::Error;
use engine::ports::resources::{DiskSpace, Resources, StoreSizes};

use crate::config::Config;

/// Suffixes that SQLite appends to the name of a database for its auxiliary files.
const SQLITE_FILES: [&str; 3] = ["", "-wal", "-shm"];

/// The machine this process runs on.
#[derive(Debug, Clone)]
pub(crate) struct LocalResources {
    data_dir: PathBuf,
    /// None when the catalog is in PostgreSQL.
    catalog_file: Option<PathBuf>,
}

impl LocalResources {
    pub(crate) fn new(config: &Config) -> Self {
        Self { data_dir: config.data.dir.clone(), catalog_file: config.catalog_file() }
    }

    fn disk_space_now(&self) -> std::io::Result<DiskSpace> {
        let disk = rustix::fs::statvfs(&self.data_dir)?;
        Ok(DiskSpace {
            free_bytes: disk.f_bavail.saturating_mul(disk.f_frsize),
            total_bytes: disk.f_blocks.saturating_mul(disk.f_frsize),
        })
    }

    fn store_sizes_now(&self) -> std::io::Result<StoreSizes> {
        let catalog: Vec<PathBuf> =
            self.catalog_file.iter().flat_map(|it| sqlite_files(it)).collect();
        let mut sizes = StoreSizes::default();
        for entry in fs::read_dir(&self.data_dir)? {
            let path = entry?.path();
            let bytes = match path.file_name().and_then(|name| name.to_str()) {
                Some("journal") => &mut sizes.journal_bytes,
                Some("lake") => &mut sizes.lake_bytes,
                Some("blobs") => &mut sizes.blob_bytes,
                _ if catalog.contains(&path) => continue,
                _ => &mut sizes.other_bytes,
            };
            // A store may lie on another disk.
            *bytes += size_of(fs::canonicalize(&path).unwrap_or(path))?;
        }
        if self.catalog_file.is_some() {
            let files = catalog.into_iter().map(size_of);
            sizes.catalog_bytes = Some(files.sum::<std::io::Result<u64>>()?);
        }
        Ok(sizes)
    }

    /// Runs work that waits for the disk where waiting is allowed.
    async fn blocking<T: Send + 'static>(
        &self,
        work: fn(&Self) -> std::io::Result<T>,
    ) -> Result<T, Error> {
        let this = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&this)).await;
        done.map_err(Error::internal)?.map_err(Error::internal)
    }
}

#[async_trait]
impl Resources for LocalResources {
    fn memory_bytes(&self) -> Option<u64> {
        // Pages: of the address space, of them in memory, and more.
        let pages = fs::read_to_string("/proc/self/statm").ok()?;
        let resident: u64 = pages.split_whitespace().nth(1)?.parse().ok()?;
        Some(resident * rustix::param::page_size() as u64)
    }

    async fn disk_space(&self) -> Result<DiskSpace, Error> {
        self.blocking(Self::disk_space_now).await
    }

    async fn store_sizes(&self) -> Result<StoreSizes, Error> {
        self.blocking(Self::store_sizes_now).await
    }
}

fn sqlite_files(database: &Path) -> [PathBuf; 3] {
    SQLITE_FILES.map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

/// Bytes of a file, or of all files below a folder; 0 if it does not exist. Links are not followed.
fn size_of(path: PathBuf) -> std::io::Result<u64> {
    let mut bytes = 0;
    let mut paths = vec![path];
    while let Some(path) = paths.pop() {
        let Some(found) = unless_gone(fs::symlink_metadata(&path))? else { continue };
        if !found.is_dir() {
            bytes += found.len();
        } else if let Some(entries) = unless_gone(fs::read_dir(&path))? {
            for entry in entries {
                paths.push(entry?.path());
            }
        }
    }
    Ok(bytes)
}

fn unless_gone<T>(result: std::io::Result<T>) -> std::io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[(&str, usize)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, vec![0; *bytes]).expect("written");
        }
        folder
    }

    const FILES: [(&str, usize); 8] = [
        ("journal/journal.db", 1_000),
        ("journal/seen/1/2.run", 200),
        ("lake/events/_delta_log/0.json", 30),
        ("lake/events/day=1/part.parquet", 4_000),
        ("blobs/a/b", 50_000),
        ("catalog.db", 600_000),
        ("catalog.db-wal", 7_000_000),
        ("sql-spill/x", 8),
    ];

    #[test]
    fn every_file_counts_for_its_store() {
        let folder = folder_with(&FILES);
        let data_dir = folder.path().to_owned();
        let catalog_file = Some(data_dir.join("catalog.db"));
        let sizes = LocalResources { data_dir, catalog_file }.store_sizes_now().expect("measured");
        assert_eq!(
            sizes,
            StoreSizes {
                journal_bytes: 1_200,
                lake_bytes: 4_030,
                catalog_bytes: Some(7_600_000),
                blob_bytes: 50_000,
                other_bytes: 8,
            }
        );
    }

    #[test]
    fn a_catalog_elsewhere_counts_and_one_in_a_database_server_does_not() {
        let (folder, elsewhere) = (folder_with(&FILES[..2]), folder_with(&[("own.db", 77)]));
        let data_dir = folder.path().to_owned();
        let measured = |catalog_file| {
            let sizes = LocalResources { data_dir: data_dir.clone(), catalog_file };
            sizes.store_sizes_now().expect("measured")
        };
        let own = measured(Some(elsewhere.path().join("own.db")));
        assert_eq!((own.catalog_bytes, own.journal_bytes, own.other_bytes), (Some(77), 1_200, 0));
        assert_eq!(measured(None).catalog_bytes, None);
    }

    #[test]
    fn links_are_not_followed() {
        let (folder, elsewhere) = (folder_with(&[("lake/a", 5)]), folder_with(&[("b", 1_000_000)]));
        let link = folder.path().join("lake/elsewhere");
        std::os::unix::fs::symlink(elsewhere.path(), &link).expect("linked");
        let found = size_of(folder.path().join("lake")).expect("measured");
        assert_eq!(found, 5 + fs::symlink_metadata(&link).expect("there").len());
    }

    #[tokio::test]
    async fn the_disk_and_the_process_have_a_size() {
        let folder = folder_with(&[]);
        let resources = LocalResources { data_dir: folder.path().to_owned(), catalog_file: None };
        let DiskSpace { free_bytes, total_bytes } = resources.disk_space().await.expect("measured");
        assert!(free_bytes <= total_bytes && total_bytes > 0);
        if cfg!(target_os = "linux") {
            assert!(resources.memory_bytes().is_some_and(|bytes| bytes > 1_000_000));
        }
    }
}
