//! Wrong passwords for the one member there is.

use super::target::Target;

pub(super) async fn flood(target: &Target, count: usize) {
    target
        .send(count, |number| {
            let body = format!(r#"{{"email":"bench@example.com","password":"wrong {number}"}}"#);
            format!(
                "POST /api/auth/sign-in HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len(),
                address = target.address,
            )
            .into_bytes()
        })
        .await;
}
