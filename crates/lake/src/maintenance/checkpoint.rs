//! Keeping the log short: a checkpoint now and then, and no entries older than it and the retention.

use std::sync::Arc;

use deltalake::checkpoints::{cleanup_expired_logs_for, create_checkpoint};
use domain::time::Timestamp;
use engine::ports::lake::Error;
use serde::Deserialize;

use crate::table::{Table, on_disk};
use crate::{Options, error};

/// The part of `_last_checkpoint` we read.
#[derive(Deserialize)]
struct LastCheckpoint {
    version: u64,
}

/// Writes a checkpoint when enough commits came after the last one, and then removes what the log
/// no longer needs.
pub(super) async fn when_due(
    table: &Arc<Table>,
    options: &Options,
    now: Timestamp,
) -> Result<(), Error> {
    let version = table.snapshot().version;
    if version < last_checkpoint(table).await? + options.checkpoint_interval {
        return Ok(());
    }
    let delta = table.delta().await?;
    create_checkpoint(&delta, None).await.map_err(error::from_delta)?;
    let expired = now.plus_seconds(-options.log_retention_seconds).millis();
    cleanup_expired_logs_for(version, table.log_store.as_ref(), expired, None)
        .await
        .map_err(error::from_delta)?;
    Ok(())
}

/// The version of the last checkpoint; 0 when there is none.
async fn last_checkpoint(table: &Table) -> Result<u64, Error> {
    let path = table.root.join("_delta_log/_last_checkpoint");
    let text = on_disk(move || match std::fs::read(path) {
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    });
    let text = text.await?;
    Ok(serde_json::from_slice::<LastCheckpoint>(&text).map_or(0, |last| last.version))
}
