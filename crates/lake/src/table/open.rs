//! Opening the table, creating it when absent, and reading its log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use deltalake::kernel::transaction::TransactionError;
use deltalake::logstore::LogStoreRef;
use deltalake::operations::create::CreateBuilder;
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError, TableProperty};
use domain::clock::Clock;
use domain::id::IdSource;
use engine::ports::lake::Error;
use tokio::sync::Mutex;
use url::Url;

use super::{DataFile, Snapshot, Stats, durable};
use crate::{Options, error, schema};

/// Names the journal's position among the table's application transactions.
pub(super) const APPLICATION: &str = "footfall.lake";

/// The table: where it lies, its newest snapshot, and the right to commit.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its folder.
    pub root: PathBuf,
    /// The library's access to its files, rooted at the table.
    pub log_store: LogStoreRef,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where file names come from.
    pub ids: Arc<dyn IdSource>,
    pub(super) newest: ArcSwap<Snapshot>,
    /// Held while an entry is added to the log. The value: whether `newest` may be behind it.
    pub(super) committing: Mutex<bool>,
}

impl Table {
    /// Opens the table, creating it when there is none.
    pub(crate) async fn open(
        options: &Options,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, Error> {
        let folder = options.folder.join("events");
        let root = on_disk(move || {
            durable::create_folder(&folder)?;
            folder.canonicalize()
        })
        .await?;
        let url = Url::from_directory_path(&root)
            .map_err(|()| error::internal("the lake's folder has no absolute path"))?;
        let log_store = DeltaTableBuilder::from_url(url)
            .and_then(|builder| builder.build_storage())
            .map_err(error::from_delta)?;
        let snapshot = match load(&log_store).await {
            Ok(snapshot) => snapshot,
            Err(DeltaTableError::NotATable(_)) if !has_log(&root) => {
                create(&log_store, options).await?;
                let log = root.join("_delta_log");
                on_disk(move || durable::sync_folder(&log)).await?;
                load(&log_store).await.map_err(error::from_delta)?
            }
            Err(other) => return Err(error::from_delta(other)),
        };
        let newest = ArcSwap::from_pointee(snapshot);
        Ok(Self { root, log_store, clock, ids, newest, committing: Mutex::new(false) })
    }

    /// The newest version this process knows of.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.newest.load_full()
    }

    /// The table as the library holds it, for what the library does itself.
    pub(crate) async fn delta(&self) -> Result<DeltaTable, Error> {
        let mut table = DeltaTable::new(Arc::clone(&self.log_store));
        table.load().await.map_err(error::from_delta)?;
        Ok(table)
    }

    /// Reads the log again; for when another writer has added to it.
    pub(super) async fn refresh(&self) -> Result<(), Error> {
        let snapshot = load(&self.log_store).await.map_err(error::from_delta)?;
        self.newest.store(Arc::new(snapshot));
        Ok(())
    }
}

/// Runs file operations where they may block.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(error::internal)?.map_err(error::from_io)
}

fn has_log(root: &Path) -> bool {
    let log = root.join("_delta_log");
    std::fs::read_dir(log).is_ok_and(|mut entries| entries.next().is_some())
}

async fn create(log_store: &LogStoreRef, options: &Options) -> Result<(), Error> {
    let retention = format!("interval {} seconds", options.log_retention_seconds);
    let created = CreateBuilder::new()
        .with_log_store(Arc::clone(log_store))
        .with_table_name("events")
        .with_columns(schema::delta_columns())
        .with_partition_columns([schema::MONTH])
        .with_configuration_property(
            TableProperty::DataSkippingStatsColumns,
            Some([super::stats::TEXTS.as_slice(), &[super::stats::INSTANT]].concat().join(",")),
        )
        .with_configuration_property(TableProperty::LogRetentionDuration, Some(retention.clone()))
        .with_configuration_property(TableProperty::DeletedFileRetentionDuration, Some(retention))
        .with_configuration_property(
            TableProperty::CheckpointInterval,
            Some(options.checkpoint_interval.to_string()),
        )
        .await;
    match created {
        // Another process was quicker; its table is ours.
        Ok(_) | Err(DeltaTableError::VersionAlreadyExists(_)) => Ok(()),
        Err(DeltaTableError::Transaction { source: TransactionError::VersionAlreadyExists(_) }) => {
            Ok(())
        }
        Err(other) => Err(error::from_delta(other)),
    }
}

/// The newest version, from the last checkpoint and the entries after it.
async fn load(log_store: &LogStoreRef) -> Result<Snapshot, DeltaTableError> {
    let mut table = DeltaTable::new(Arc::clone(log_store));
    table.load().await?;
    let state = table.snapshot()?;
    if !state.schema().fields().eq(&schema::delta_columns()) {
        return Err(DeltaTableError::Generic("the table's columns are not ours".to_owned()));
    }
    let position = state.transaction_version(log_store.as_ref(), APPLICATION).await?;
    let files = state
        .log_data()
        .iter()
        .map(|file| {
            let month = file.partition_values_map().remove(schema::MONTH).flatten();
            let month = month
                .and_then(|text| parse_day(&text))
                .ok_or_else(|| DeltaTableError::Generic(format!("{} has no month", file.path())))?;
            Ok(Arc::new(DataFile {
                path: file.path().into_owned(),
                month,
                size_bytes: u64::try_from(file.size()).unwrap_or_default(),
                stats: file.stats().map(|text| Stats::from_json(&text)).unwrap_or_default(),
            }))
        })
        .collect::<Result<Vec<_>, DeltaTableError>>()?;
    Ok(Snapshot {
        version: state.version(),
        position: position.and_then(|position| u64::try_from(position).ok()).unwrap_or_default(),
        files,
    })
}

/// A day as the partition's value spells it, such as `2026-11-21`.
pub(crate) fn format_day(day: i32) -> String {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    let date = epoch.checked_add(jiff::Span::new().days(day));
    date.map_or_else(|_| "9999-12-31".to_owned(), |date| date.to_string())
}

/// The first day of a day's month.
pub(crate) fn month_of(day: i32) -> i32 {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    let date = epoch.checked_add(jiff::Span::new().days(day));
    date.map_or(day, |date| day - i32::from(date.day()) + 1)
}

fn parse_day(text: &str) -> Option<i32> {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    Some(epoch.until(text.parse::<jiff::civil::Date>().ok()?).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use testkit::clock::ManualClock;
    use testkit::ids::CountingIds;

    use super::*;

    #[tokio::test]
    async fn a_table_with_other_columns_is_refused() {
        let folder = tempfile::tempdir().expect("folder");
        let events = folder.path().join("events");
        std::fs::create_dir(&events).expect("created");
        let mut columns = schema::delta_columns();
        columns.remove(0);
        CreateBuilder::new()
            .with_location(events.to_str().expect("a path"))
            .with_columns(columns)
            .await
            .expect("a table");
        let clock = Arc::new(ManualClock::default());
        let ids = Arc::new(CountingIds::default());
        let opened = Table::open(&Options::new(folder.path()), clock, ids).await;
        assert!(matches!(opened, Err(Error::Internal(_))), "{opened:?}");
    }

    #[test]
    fn days_are_spelled_as_dates() {
        for (day, text) in [(0, "1970-01-01"), (20_778, "2026-11-21"), (-1, "1969-12-31")] {
            assert_eq!(format_day(day), text);
            assert_eq!(parse_day(text), Some(day));
        }
    }

    #[test]
    fn a_month_begins_with_its_first_day() {
        for (day, first) in [
            ("2026-11-21", "2026-11-01"),
            ("2026-11-01", "2026-11-01"),
            ("2024-02-29", "2024-02-01"),
            ("1969-12-31", "1969-12-01"),
        ] {
            assert_eq!(parse_day(day).map(month_of), parse_day(first), "{day}");
        }
    }
}
