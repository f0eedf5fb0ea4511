//! Bodies of four megabytes without a key, all but their end.

use std::collections::BTreeMap;
use std::time::Duration;

use super::target::Target;

const BODY_BYTES: usize = 4_000_000;
const HELD: Duration = Duration::from_secs(3);

pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let mut bytes = target.ingest_head("", BODY_BYTES).into_bytes();
    bytes.resize(bytes.len() + BODY_BYTES - 1_000, b' ');
    let _held = target.open_connections(count, bytes).await;
    tokio::time::sleep(HELD).await;
    BTreeMap::new()
}
