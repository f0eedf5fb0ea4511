//! Whether sign-ins are safe on their way: by HTTPS, or on this machine alone.

use std::net::IpAddr;

use anyhow::bail;

use super::Config;

/// How people's browsers reach the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInTransport {
    /// By HTTPS, as `server.public_url` says.
    Encrypted,
    /// From this machine.
    Local,
    /// In plain text over a network, as `server.insecure_cookies` asks for.
    InPlainText,
}

impl Config {
    /// How people sign in. Refuses what would send their passwords and cookies in plain text over a
    /// network, unless that is asked for by name.
    pub(crate) fn sign_ins(&self) -> anyhow::Result<SignInTransport> {
        let server = &self.server;
        let public = server.public_url.as_deref().and_then(|url| reqwest::Url::parse(url).ok());
        if public.as_ref().is_some_and(|url| url.scheme() == "https") {
            return Ok(SignInTransport::Encrypted);
        }
        let is_local = server.listen.ip().to_canonical().is_loopback()
            && public.as_ref().is_none_or(is_this_machine);
        match (is_local, server.insecure_cookies) {
            (true, _) => Ok(SignInTransport::Local),
            (false, true) => Ok(SignInTransport::InPlainText),
            (false, false) => {
                let url = server.public_url.as_deref().unwrap_or("not set");
                bail!(
                    "passwords and cookies would cross the network in plain text: server.listen is {} and \
                     server.public_url is {url}. Set server.public_url to the https:// address of the proxy \
                     in front, or listen on 127.0.0.1; server.insecure_cookies = true allows it",
                    server.listen
                )
            }
        }
    }
}

fn is_this_machine(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(listen: &str, public_url: Option<&str>, insecure_cookies: bool) -> Config {
        let mut config = Config::default();
        config.server.listen = listen.parse().expect("an address");
        config.server.public_url = public_url.map(str::to_owned);
        config.server.insecure_cookies = insecure_cookies;
        config
    }

    #[test]
    fn plain_text_stays_on_this_machine_unless_it_is_asked_for() {
        let https = Some("https://footfall.example.com");
        for (listen, public_url, expected) in [
            ("127.0.0.1:8080", None, SignInTransport::Local),
            ("[::1]:8080", None, SignInTransport::Local),
            ("127.0.0.1:8080", Some("http://localhost:8080"), SignInTransport::Local),
            ("127.0.0.1:8080", Some("http://[::1]:8080"), SignInTransport::Local),
            ("127.0.0.1:8080", https, SignInTransport::Encrypted),
            ("0.0.0.0:8080", https, SignInTransport::Encrypted),
            ("[::]:8080", Some("HTTPS://footfall.example.com"), SignInTransport::Encrypted),
        ] {
            let found = at(listen, public_url, false).sign_ins().expect("admitted");
            assert_eq!(found, expected, "{listen} {public_url:?}");
        }
        for (listen, public_url) in [
            ("0.0.0.0:8080", None),
            ("[::]:8080", None),
            ("192.168.1.9:8080", None),
            ("0.0.0.0:8080", Some("http://localhost:8080")),
            ("127.0.0.1:8080", Some("http://footfall.example.com")),
        ] {
            let refused = at(listen, public_url, false).sign_ins().expect_err("refused");
            let refused = refused.to_string();
            for named in ["server.public_url", "server.insecure_cookies", listen] {
                assert!(refused.contains(named), "{refused}");
            }
            let is_allowed = at(listen, public_url, true).sign_ins().expect("admitted");
            assert_eq!(is_allowed, SignInTransport::InPlainText);
        }
    }
}
