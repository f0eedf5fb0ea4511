//! The cookie that carries a sign-in's token.
//!
//! Over HTTPS it is `__Host-footfall`, which no other host and no plain connection can set. Plain HTTP
//! gets a cookie of another name, so that one never passes for the other.

use axum::http::{HeaderMap, HeaderValue, header};

const SECURE_NAME: &str = "__Host-footfall";
const PLAIN_NAME: &str = "footfall";

/// The token a request carries; the secure cookie's, if it has both.
pub(crate) fn token(headers: &HeaderMap) -> Option<String> {
    let cookies = || {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
    };
    [SECURE_NAME, PLAIN_NAME]
        .into_iter()
        .find_map(|name| cookies().find(|(key, _)| *key == name))
        .map(|(_, value)| value.to_owned())
}

/// The header that keeps `token` for `max_age_seconds`.
pub(super) fn set(token: &str, max_age_seconds: i64, is_https: bool) -> Option<HeaderValue> {
    let (name, secure) = if is_https { (SECURE_NAME, "; Secure") } else { (PLAIN_NAME, "") };
    HeaderValue::try_from(format!(
        "{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}"
    ))
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secure_cookie_wins() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", "a=b; footfall=plain".parse().expect("header"));
        assert_eq!(token(&headers).as_deref(), Some("plain"));
        headers.append("cookie", "__Host-footfall=secure".parse().expect("header"));
        assert_eq!(token(&headers).as_deref(), Some("secure"));
    }

    #[test]
    fn a_cookie_over_https_is_secure_and_bound_to_its_host() {
        let value = set("t", 60, true).expect("header");
        assert_eq!(value, "__Host-footfall=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }
}
