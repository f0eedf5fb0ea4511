//! The client's address after trusted proxies, and whether the connection was secure.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use ipnet::IpNet;

use crate::state::{App, Peer, Settings};

/// What proxies add to requests they pass on.
const FORWARDED: [&str; 8] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "cf-connecting-ip",
    "true-client-ip",
];

/// The proxies whose word is believed. A header anyone can send counts for nothing.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// These networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Whether a connection from this address is a trusted proxy's.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client's address: the connection's, or, coming from a trusted proxy, the last address of
    /// `X-Forwarded-For` that is not itself a trusted proxy's.
    pub(crate) fn client_address(&self, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
        let peer = peer(extensions);
        if !self.contains(peer) {
            return peer;
        }
        headers
            .get_all("x-forwarded-for")
            .iter()
            .rev()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.rsplit(','))
            .map_while(|hop| hop.trim().parse::<IpAddr>().ok())
            .find(|hop| !self.contains(*hop))
            .unwrap_or(peer)
            .to_canonical()
    }

    /// Whether a request comes from this machine or its private network. One that an unknown proxy
    /// passed on may come from anywhere.
    fn is_local(&self, extensions: &Extensions, headers: &HeaderMap) -> bool {
        (!is_forwarded(headers) || self.contains(peer(extensions)))
            && is_private(self.client_address(extensions, headers))
    }

    /// Whether the browser's connection was encrypted, by a trusted proxy's word.
    pub(crate) fn is_https(&self, extensions: &Extensions, headers: &HeaderMap) -> bool {
        self.contains(peer(extensions))
            && headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https")
    }
}

/// The client's address, after trusted proxies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let proxies = &app.settings().trusted_proxies;
        Ok(Self(proxies.client_address(&parts.extensions, &parts.headers)))
    }
}

/// Whether a program on this machine or its private network asks, and no page: see [`is_our_host`].
pub(crate) fn is_private_peer(parts: &Parts, settings: &Settings) -> bool {
    let is_ours = |host: &str| is_our_host(host, settings.public_url.as_deref());
    settings.trusted_proxies.is_local(&parts.extensions, &parts.headers)
        && !is_page(&parts.headers)
        && host(parts).is_some_and(is_ours)
}

/// Whether a program on this machine asks for itself: not for somebody else, as a proxy does, nor for a
/// page of another site, as a browser does whose name server answers with this machine's address.
pub(crate) fn is_loopback(parts: &Parts) -> bool {
    peer(&parts.extensions).is_loopback()
        && !is_forwarded(&parts.headers)
        && !is_page(&parts.headers)
        && host(parts).and_then(address_named).is_some_and(|address| address.is_loopback())
}

fn is_forwarded(headers: &HeaderMap) -> bool {
    FORWARDED.into_iter().any(|name| headers.contains_key(name))
}

/// Whether a page had the browser ask.
fn is_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN)
        || headers.get("sec-fetch-site").is_some_and(|site| site != "none")
}

/// The name by which the client reaches us: the target's, as HTTP/2 writes it, or the `Host` header.
fn host(parts: &Parts) -> Option<&str> {
    let target = parts.uri.authority().map(axum::http::uri::Authority::as_str);
    target.or_else(|| parts.headers.get(header::HOST)?.to_str().ok())
}

/// Whether a `Host` header is one by which nobody else's page reaches us: an address of this machine or
/// its network, `localhost`, or the host of `public_url`. Any other name may be an attacker's, whose
/// DNS answers first with their address and then with ours.
fn is_our_host(host: &str, public_url: Option<&str>) -> bool {
    let public = public_url.and_then(|url| url::Url::parse(url).ok());
    let public = public.as_ref().and_then(|url| Some((url.host()?, url.port())));
    let is_public = public.is_some_and(|(name, port)| {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        host.eq_ignore_ascii_case(&format!("{name}{port}"))
    });
    is_public || address_named(host).is_some_and(is_private)
}

/// The address that the host of a `Host` header is, where no DNS has to be asked for it.
fn address_named(host: &str) -> Option<IpAddr> {
    let url = url::Url::parse(&format!("http://{host}/")).ok()?;
    let is_bare = url.query().is_none() && url.fragment().is_none();
    if !is_bare || url.path() != "/" || !url.username().is_empty() {
        return None;
    }
    match url.host()? {
        url::Host::Domain("localhost") => Some(Ipv4Addr::LOCALHOST.into()),
        url::Host::Domain(_) => None,
        url::Host::Ipv4(address) => Some(address.into()),
        url::Host::Ipv6(address) => Some(IpAddr::V6(address).to_canonical()),
    }
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

fn peer(extensions: &Extensions) -> IpAddr {
    extensions
        .get::<Peer>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Peer(address)| address.ip().to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&'static str]) -> String {
        let trusted = TrustedProxies::new(vec!["10.0.0.0/8".parse().expect("network")]);
        let mut extensions = Extensions::new();
        extensions.insert(Peer(format!("{peer}:1").parse().expect("peer")));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("header"));
        }
        trusted.client_address(&extensions, &headers).to_string()
    }

    #[test]
    fn a_stranger_cannot_claim_an_address() {
        assert_eq!(seen("203.0.113.9", &["1.2.3.4"]), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_names_the_last_stranger() {
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6", "198.51.100.7"]), "198.51.100.7");
    }

    fn is_local(peer: &str, forwarded: Option<&'static str>) -> bool {
        let trusted = TrustedProxies::new(vec!["10.0.0.0/8".parse().expect("network")]);
        let mut extensions = Extensions::new();
        extensions.insert(Peer(format!("{peer}:1").parse().expect("peer")));
        let forwarded = forwarded.map(|text| text.parse().expect("header"));
        let headers = forwarded.map(|value| ("x-forwarded-for".parse().expect("name"), value));
        trusted.is_local(&extensions, &headers.into_iter().collect())
    }

    fn is_on_this_machine(peer: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let mut request = axum::http::Request::get("/metrics");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        parts.extensions.insert(Peer(format!("{peer}:1").parse().expect("peer")));
        super::is_loopback(&parts)
    }

    #[test]
    fn a_program_on_this_machine_asks_for_itself() {
        for host in ["127.0.0.1:8080", "localhost", "LOCALHOST:8080", "[::1]:8080", "[::1]"] {
            assert!(is_on_this_machine("127.0.0.1", &[("host", host)]), "{host}");
        }
        let own = ("host", "127.0.0.1:8080");
        assert!(is_on_this_machine("[::1]", &[own]));
        assert!(!is_on_this_machine("192.168.1.9", &[own]), "another machine");
        assert!(!is_on_this_machine("127.0.0.1", &[("host", "evil.test:8080")]), "a rebound name");
        assert!(!is_on_this_machine("127.0.0.1", &[]), "no host");
        for name in FORWARDED.into_iter().chain(["origin"]) {
            assert!(!is_on_this_machine("127.0.0.1", &[own, (name, "127.0.0.1")]), "{name}");
        }
        assert!(!is_on_this_machine("127.0.0.1", &[own, ("sec-fetch-site", "cross-site")]));
        assert!(is_on_this_machine("127.0.0.1", &[own, ("sec-fetch-site", "none")]), "typed in");
    }

    #[test]
    fn local_is_who_connects_itself_from_a_private_address() {
        assert!(is_local("127.0.0.1", None));
        assert!(is_local("192.168.1.9", None));
        assert!(is_local("[::1]", None));
        assert!(is_local("[fd00::1]", None));
        assert!(!is_local("196.249.12.34", None));
        assert!(!is_local("127.0.0.1", Some("196.249.12.34")), "an unknown proxy on this machine");
        assert!(!is_local("10.0.0.1", Some("196.249.12.34")), "a trusted proxy names a stranger");
        assert!(is_local("10.0.0.1", Some("192.168.1.9")));
    }

    #[test]
    fn only_names_that_nobody_else_can_point_here_are_ours() {
        let public = Some("https://footfall.example.com:8443/");
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:8080",
            "[::1]:8080",
            "192.168.1.9",
            "[fd00::1]",
            "[::ffff:127.0.0.1]",
            "footfall.example.com:8443",
            "Footfall.Example.com:8443",
        ] {
            assert!(is_our_host(host, public), "{host}");
        }
        for host in [
            "rebound.example",
            "localhost.rebound.example",
            "127.0.0.1.rebound.example:8080",
            "8.8.8.8",
            "footfall.example.com",
            "me@localhost",
            "localhost/x",
            "localhost#x",
            "",
        ] {
            assert!(!is_our_host(host, public), "{host}");
        }
        assert!(!is_our_host("footfall.example.com:8443", None));
    }

    #[test]
    fn a_proxy_without_a_word_stands_for_itself() {
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["nonsense"]), "10.0.0.1");
    }
}
