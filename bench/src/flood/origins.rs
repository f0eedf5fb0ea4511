//! Requests each with a long origin of its own, and no key.

use std::collections::BTreeMap;

use super::target::Target;

const ORIGIN_BYTES: usize = 16_000;
const BODY: &str = r#"{"user_id":"u","events":[]}"#;

/// Sends ten requests for each that was asked for: they are small.
pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let long = "x".repeat(ORIGIN_BYTES);
    target
        .send(10 * count, |number| {
            format!(
                "POST /api/tracking/flush HTTP/1.1\r\nHost: {}\r\nOrigin: https://{number}{long}.test\r\n\
                 Content-Length: {}\r\n\r\n{BODY}",
                target.address,
                BODY.len()
            )
            .into_bytes()
        })
        .await
}
