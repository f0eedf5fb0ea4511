//! The stores, opened.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use catalog::Catalog;
use domain::clock::Clock;
use domain::id::IdSource;
use journal::sqlite::SqliteJournal;
use lake::Lake;
use uuid::Uuid;

use crate::config::Config;
use crate::journal_id;

/// For commands that manage the catalog and follow no journal.
pub(crate) const NO_JOURNAL: Uuid = Uuid::nil();

/// The stores of one server.
pub(super) struct OpenStores {
    /// The journal's.
    pub(super) id: Uuid,
    pub(super) journal: Arc<SqliteJournal>,
    pub(super) catalog: Arc<Catalog>,
    pub(super) lake: Arc<Lake>,
}

pub(super) async fn open_stores(
    config: &Config,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn IdSource>,
) -> anyhow::Result<OpenStores> {
    let dir = &config.data.dir;
    make_private(dir)?;
    let mut options = journal::sqlite::Options::in_folder(dir.join("journal"));
    options.dedup_days = config.journal.dedup_days;
    let journal =
        SqliteJournal::open(&options, clock.clone()).context("the journal does not open")?;
    let id = journal_id::load_or_make(&dir.join("journal"), &**clock, &**ids)?;
    let catalog = open_catalog(config, id).await?;
    let lake = open_lake(config, clock, ids).await?;
    Ok(OpenStores {
        id,
        journal: Arc::new(journal),
        catalog: Arc::new(catalog),
        lake: Arc::new(lake),
    })
}

/// Makes the data folder, for this user only: it holds password hashes and what visitors did.
pub(crate) fn make_private(dir: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .with_context(|| format!("data.dir: {} cannot be created", dir.display()))
}

/// Opens the catalog. `journal` is this server's; commands that run no projections give [`NO_JOURNAL`].
pub(crate) async fn open_catalog(config: &Config, journal: Uuid) -> anyhow::Result<Catalog> {
    let opened = match config.catalog_file() {
        Some(path) => Catalog::open(&path).await,
        None => Catalog::connect(&config.catalog.url, journal).await,
    };
    opened.with_context(|| format!("the catalog {} does not open", config.catalog_name()))
}

/// Opens the lake alone, for commands that read it.
pub(crate) async fn open_lake(
    config: &Config,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn IdSource>,
) -> anyhow::Result<Lake> {
    let mut options = lake::Options::new(config.data.dir.join("lake"));
    options.query_memory_bytes = config.lake.query_memory_mib * 1024 * 1024;
    options.question_timeout = Duration::from_secs(config.lake.question_timeout_seconds);
    Lake::open(options, clock.clone(), ids.clone()).await.context("the lake does not open")
}
