//! Wrong passwords for the one member there is.

use std::collections::BTreeMap;

use super::target::Target;

pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let wrong = |number| format!(r#"{{"email":"bench@example.com","password":"wrong {number}"}}"#);
    target.send(count, |number| target.post("/api/auth/sign-in", &wrong(number)).into_bytes()).await
}
