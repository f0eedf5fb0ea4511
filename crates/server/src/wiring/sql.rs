//! SQL, whose statements run in processes of this program.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use catalog::Catalog;
use lake::Lake;

use super::screenshots::CatalogScreenshotUrls;
use crate::config::Config;

/// SQL over the lake and the catalog. Statements run in processes of this program, which spill into
/// `spill_folder`.
pub(crate) fn sql_surface(
    config: &Config,
    lake: Arc<Lake>,
    catalog: Arc<Catalog>,
    spill_folder: &Path,
) -> anyhow::Result<lake::LakeSqlSurface> {
    let public_url = config.server.public_url.clone();
    let pictures = CatalogScreenshotUrls { catalog: catalog.clone(), public_url };
    let options = sql_options(config, spill_folder);
    lake::LakeSqlSurface::new(lake, catalog, Arc::new(pictures), options)
        .with_context(|| format!("SQL cannot use {}", spill_folder.display()))
}

/// What statements may use.
pub(crate) fn sql_options(config: &Config, spill_folder: &Path) -> lake::SqlOptions {
    lake::SqlOptions {
        timeout: Duration::from_secs(config.lake.statement_timeout_seconds),
        memory_bytes: config.lake.statement_memory_mib << 20,
        spill_bytes: config.lake.statement_spill_mib << 20,
        ..lake::SqlOptions::new(lake::WorkerProgram::this(["sql-worker".into()]), spill_folder)
    }
}

/// Where the server's statements spill, cleared of what a killed server left.
pub(super) fn spill_folder(config: &Config) -> anyhow::Result<PathBuf> {
    let folder = config.data.dir.join("sql-spill");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be cleared", folder.display()))
        }
        _ => Ok(folder),
    }
}
