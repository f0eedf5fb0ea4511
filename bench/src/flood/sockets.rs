//! Live feeds of one member, held open.

use std::collections::BTreeMap;
use std::time::Duration;

use super::target::Target;

/// For which they are held: a few rounds of what each is sent.
const HELD: Duration = Duration::from_secs(15);

pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let request = format!(
        "GET /api/projects/{}/live HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        target.project,
        target.cookie,
        address = target.address,
    );
    let _held = target.open_connections(count, request.into_bytes()).await;
    tokio::time::sleep(HELD).await;
    BTreeMap::new()
}
