//! The cookies of a browser: one carries a sign-in's token, one makes the browser known at later sign-ins.
//!
//! Where people reach us by HTTPS, as `server.public_url` or a trusted proxy says, their names begin with
//! `__Host-`, which no other host and no plain connection can set, and no other cookies are set or
//! accepted. Plain HTTP has cookies of other names, so that one never passes for the other.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Error;
use crate::state::App;

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CookieKind {
    /// The token of a sign-in.
    Session,
    /// The token of a browser that has signed in before.
    Device,
}

/// How a browser reaches us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    /// By HTTPS.
    Secure,
    /// By plain HTTP.
    Plain,
}

impl Transport {
    /// The channel of a request.
    pub(crate) fn of(parts: &Parts, app: &App) -> Self {
        let settings = app.settings();
        let is_public_https = settings.public_url.as_deref().is_some_and(is_https);
        let is_secure =
            is_public_https || settings.trusted_proxies.is_https(&parts.extensions, &parts.headers);
        if is_secure { Self::Secure } else { Self::Plain }
    }

    fn name(self, cookie: CookieKind) -> &'static str {
        match (self, cookie) {
            (Self::Secure, CookieKind::Session) => "__Host-footfall",
            (Self::Secure, CookieKind::Device) => "__Host-footfall-device",
            (Self::Plain, CookieKind::Session) => "footfall",
            (Self::Plain, CookieKind::Device) => "footfall-device",
        }
    }

    /// The header that keeps a cookie for `max_age_seconds`.
    pub(super) fn set(
        self,
        cookie: CookieKind,
        value: &SecretString,
        max_age_seconds: i64,
    ) -> Result<HeaderValue, Error> {
        let secure = if self == Self::Secure { "; Secure" } else { "" };
        let (name, value) = (self.name(cookie), value.expose_secret());
        let text = format!(
            "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}"
        );
        let mut header = HeaderValue::try_from(text).map_err(engine::Error::internal)?;
        header.set_sensitive(true);
        Ok(header)
    }

    /// The value of a cookie, if the request carries it.
    fn get(self, cookie: CookieKind, headers: &HeaderMap) -> Option<SecretString> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name(cookie))
            .map(|(_, value)| value.into())
    }
}

/// Whether a URL is one of HTTPS.
fn is_https(url: &str) -> bool {
    url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}

/// The cookies of a request.
#[derive(Debug)]
pub(crate) struct RequestCookies {
    /// How the browser reaches us.
    pub(crate) channel: Transport,
    /// The token of its sign-in.
    pub(crate) session: Option<SecretString>,
    /// The token by which it is known.
    pub(crate) device: Option<SecretString>,
}

impl RequestCookies {
    /// The cookies that count on the request's channel.
    pub(crate) fn of(parts: &Parts, app: &App) -> Self {
        let channel = Transport::of(parts, app);
        let get = |cookie| channel.get(cookie, &parts.headers);
        Self { channel, session: get(CookieKind::Session), device: get(CookieKind::Device) }
    }
}

impl FromRequestParts<App> for RequestCookies {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_channel_reads_its_own_cookie_and_no_other() {
        let mut headers = HeaderMap::new();
        let read = |headers: &HeaderMap, channel: Transport| {
            let found = channel.get(CookieKind::Session, headers);
            found.map(|value| value.expose_secret().to_owned())
        };
        headers.append("cookie", "a=b; footfall=plain".parse().expect("header"));
        assert_eq!(read(&headers, Transport::Plain).as_deref(), Some("plain"));
        assert_eq!(read(&headers, Transport::Secure), None);
        headers.append("cookie", "__Host-footfall=secure".parse().expect("header"));
        assert_eq!(read(&headers, Transport::Plain).as_deref(), Some("plain"));
        assert_eq!(read(&headers, Transport::Secure).as_deref(), Some("secure"));
    }

    #[test]
    fn a_cookie_over_https_is_secure_and_bound_to_its_host() {
        let value = Transport::Secure.set(CookieKind::Session, &"t".into(), 60).expect("header");
        assert_eq!(value, "__Host-footfall=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
        assert!(!format!("{value:?}").contains("footfall=t"), "shown nowhere");
        let value = Transport::Plain.set(CookieKind::Device, &"t".into(), 60).expect("header");
        assert_eq!(value, "footfall-device=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    }

    #[test]
    fn only_https_is_https() {
        assert!(is_https("https://footfall.example.com"));
        assert!(is_https("HTTPS://footfall.example.com"));
        for other in ["http://footfall.example.com", "https:/", "", "ähttps://"] {
            assert!(!is_https(other), "{other}");
        }
    }
}
