//! Connections that say nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use super::target::Target;

/// For which they are held.
const HELD: Duration = Duration::from_secs(5);

/// Opens five connections for each that was asked for: they cost their sender nothing.
pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let _held = target.open_connections(5 * count, Vec::new()).await;
    tokio::time::sleep(HELD).await;
    BTreeMap::new()
}
