//! Writing rollups anew from the data files they are made of.

use std::sync::Arc;

use datafusion::physical_plan::execute_stream;
use engine::ports::lake::Error;
use futures::StreamExt;

use super::merge::{ROWS_PER_BATCH, sorted_rows};
use crate::query::QueryEngine;
use crate::table::{Table, on_disk};
use crate::writer::is_merged;
use crate::{error, rollup};

/// Writes the rollup of every merged file of the newest snapshot. Returns how many.
///
/// While a file's rollup is missing, its events are asked instead.
pub(crate) async fn rollups(table: &Arc<Table>, engine: &QueryEngine) -> Result<u64, Error> {
    let mut written = 0;
    for file in table.snapshot().files.iter().filter(|file| is_merged(&file.path)) {
        let context = engine.session_without_limit(ROWS_PER_BATCH);
        let plan = sorted_rows(&context.state(), std::slice::from_ref(file))
            .map_err(error::from_datafusion)?;
        let mut rows = execute_stream(plan, context.task_ctx()).map_err(error::from_datafusion)?;
        let mut builder = rollup::Builder::default();
        while let Some(batch) = rows.next().await {
            builder.observe(&batch.map_err(error::from_datafusion)?).map_err(error::internal)?;
        }
        let bytes = builder.finish().map_err(error::internal)?;
        let (root, path) = (table.root.clone(), file.path.clone());
        let mark = table.ids.next(table.clock.now()).to_string();
        on_disk(move || {
            rollup::remove(&root, &path)?;
            rollup::write(&root, &path, &mark, &bytes)
        })
        .await?;
        written += 1;
    }
    Ok(written)
}
