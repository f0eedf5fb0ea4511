//! Over a data folder. The server may run at the same time: nothing is written.

use std::sync::Arc;
use std::time::Instant;

use anyhow::bail;
use domain::clock::Clock;
use domain::id::IdSource;
use engine::ports::sql::Statement;
use engine::sql::SqlService;

use super::super::keys::{check_data, find_project};
use super::{SqlCliRequest, has_lake};
use crate::config::Config;
use crate::system::{RandomIds, SystemClock};
use crate::wiring;

/// The rows, in the shape asked for.
pub(super) async fn ask(config: &Config, request: SqlCliRequest) -> anyhow::Result<String> {
    check_data(config)?;
    if !has_lake(&config.data.dir) {
        bail!("{} has no lake yet; run `footfall serve` first", config.data.dir.display());
    }
    let catalog = Arc::new(wiring::open_catalog(config, wiring::NO_JOURNAL).await?);
    let project = find_project(&catalog, request.project.as_deref()).await?;
    let (clock, ids): (Arc<dyn Clock>, Arc<dyn IdSource>) =
        (Arc::new(SystemClock), Arc::new(RandomIds));
    let lake = Arc::new(wiring::open_lake(config, &clock, &ids).await?);
    // A folder of its own: the server's is cleared when it starts.
    let spill = tempfile::Builder::new().prefix("footfall-sql-").tempdir()?;
    let surface = wiring::sql_surface(config, lake, catalog.clone(), spill.path())?;
    let sql = SqlService::new(Arc::new(surface), 1);
    let statement = Statement { text: request.query, limit: request.limit, ..Statement::default() };
    let started = Instant::now();
    let answer = sql.run(project.id, statement).await;
    catalog.close().await;
    Ok(api::sql::render(answer?, request.format.request(), started.elapsed())?)
}
