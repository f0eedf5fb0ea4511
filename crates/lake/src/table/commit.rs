//! Adding one version to the log.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use deltalake::kernel::{Action, Add, Remove, Transaction};
use deltalake::protocol::{DeltaOperation, SaveMode};
use engine::ports::journal::Position;
use engine::ports::lake::Error;

use super::open::APPLICATION;
use super::{DataFile, Snapshot, Table, durable, format_day};
use crate::{error, schema};

/// Why a version is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommitKind {
    /// Events came in, and this is the position after them.
    Write(Position),
    /// The same rows in fewer files.
    Compact,
    /// The rows that are not a person's.
    Erase,
    /// The rows that are as young as their projects keep them.
    Expire,
}

/// What a version changes.
#[derive(Debug)]
pub(crate) struct TableChange {
    /// Why.
    pub purpose: CommitKind,
    /// Files to add; they are on disk.
    pub added: Vec<DataFile>,
    /// Files whose rows are in the added ones, as far as they are kept.
    pub removed: Vec<Arc<DataFile>>,
}

impl Table {
    /// Adds a version with this change above the newest.
    ///
    /// Fails with [`Error::Conflict`] and changes nothing when another writer has added one, when
    /// the table is already at or past the position of a write, or when a file to remove is gone.
    pub(crate) async fn commit(&self, change: TableChange) -> Result<(), Error> {
        let mut is_behind = self.committing.lock().await;
        if *is_behind {
            self.refresh().await?;
            *is_behind = false;
        }
        let base = self.snapshot();
        if !extends(&base, &change) {
            return Err(Error::Conflict);
        }
        // Until the entry is known to be there, or not, the log may be ahead of us.
        *is_behind = true;
        if let Err(failed) = self.append_entry(base.version, self.entry(&change)?).await {
            if matches!(failed, Error::Conflict) {
                self.refresh().await?;
                *is_behind = false;
            }
            return Err(failed);
        }
        let position = match change.purpose {
            CommitKind::Write(position) => Some(position),
            CommitKind::Compact | CommitKind::Erase | CommitKind::Expire => None,
        };
        self.newest.store(Arc::new(base.with(change.added, &change.removed, position)));
        *is_behind = false;
        Ok(())
    }

    /// Refreshes the snapshot if the result of an earlier commit is unknown.
    pub(crate) async fn refresh_if_behind(&self) -> Result<(), Error> {
        let mut is_behind = self.committing.lock().await;
        if *is_behind {
            self.refresh().await?;
            *is_behind = false;
        }
        Ok(())
    }

    async fn append_entry(&self, base: u64, entry: Vec<u8>) -> Result<(), Error> {
        let log = self.root.join("_delta_log");
        let before = log.join(format!("{base:020}.json"));
        let path = log.join(format!("{:020}.json", base + 1));
        let temp_suffix = self.ids.next(self.clock.now()).to_string();
        let created = tokio::task::spawn_blocking(move || {
            // A writer that slept so long that its version is no longer in the log would find the
            // next name free: the log is tidied from its beginning.
            if !before.exists() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            durable::create(&path, &temp_suffix, &entry)
        });
        created.await.map_err(error::internal)?.map_err(|failed| match failed.kind() {
            io::ErrorKind::AlreadyExists => Error::Conflict,
            _ => error::from_io(failed),
        })
    }

    /// The entry's text: one action a line.
    fn entry(&self, change: &TableChange) -> Result<Vec<u8>, Error> {
        let now = self.clock.now().millis();
        let operation = match change.purpose {
            CommitKind::Write(_) => DeltaOperation::Write {
                mode: SaveMode::Append,
                partition_by: Some(vec![schema::MONTH.to_owned()]),
                predicate: None,
            },
            CommitKind::Compact => DeltaOperation::Optimize { predicate: None, target_size: 0 },
            CommitKind::Erase | CommitKind::Expire => DeltaOperation::Delete { predicate: None },
        };
        let mut info = operation.get_commit_info();
        info.timestamp = Some(now);
        let mut actions = vec![Action::CommitInfo(info)];
        let changes_data = !matches!(change.purpose, CommitKind::Compact);
        if let CommitKind::Write(position) = change.purpose {
            let version = i64::try_from(position).map_err(error::internal)?;
            actions.push(Action::Txn(Transaction::new_with_last_update(
                APPLICATION,
                version,
                Some(now),
            )));
        }
        actions.extend(
            change.removed.iter().map(|file| Action::Remove(remove(file, now, changes_data))),
        );
        actions.extend(change.added.iter().map(|file| Action::Add(add(file, now, changes_data))));
        let mut text = Vec::new();
        for action in &actions {
            serde_json::to_writer(&mut text, action).map_err(error::internal)?;
            text.push(b'\n');
        }
        Ok(text)
    }
}

/// Whether the change fits on top of this version.
fn extends(base: &Snapshot, change: &TableChange) -> bool {
    match change.purpose {
        CommitKind::Write(position) if change.added.is_empty() => position >= base.position,
        CommitKind::Write(position) => position > base.position,
        CommitKind::Compact | CommitKind::Erase | CommitKind::Expire => change
            .removed
            .iter()
            .all(|removed| base.files.iter().any(|file| file.path == removed.path)),
    }
}

fn partition(file: &DataFile) -> HashMap<String, Option<String>> {
    HashMap::from([(schema::MONTH.to_owned(), Some(format_day(file.month)))])
}

fn add(file: &DataFile, now_millis: i64, data_change: bool) -> Add {
    Add {
        path: file.path.clone(),
        partition_values: partition(file),
        size: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
        modification_time: now_millis,
        data_change,
        stats: Some(file.stats.to_json()),
        ..Add::default()
    }
}

fn remove(file: &DataFile, now_millis: i64, data_change: bool) -> Remove {
    Remove {
        path: file.path.clone(),
        data_change,
        deletion_timestamp: Some(now_millis),
        extended_file_metadata: Some(true),
        partition_values: Some(partition(file)),
        size: i64::try_from(file.size_bytes).ok(),
        ..Remove::default()
    }
}
