//! Events with session ids of nearly four megabytes, with a key.

use std::collections::BTreeMap;

use super::target::Target;

const ID_BYTES: usize = 3_900_000;

pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let key = format!("x-api-key: {}\r\n", target.key);
    let id = "x".repeat(ID_BYTES);
    target
        .send(count, |number| {
            let body = format!(
                r#"{{"sent_at":1,"session_id":"{number}{id}","events":[{{"type":"heatmap","interaction_type":"pageview","page_url":"https://shop.test/"}}]}}"#
            );
            (target.ingest_head(&key, body.len()) + &body).into_bytes()
        })
        .await
}
