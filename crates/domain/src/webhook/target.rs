//! Where messages are sent: an address as members write it, checked for what no address decides.
//!
//! Whether the host may be called is decided when it is resolved, by whoever connects.

use std::net::IpAddr;

use url::{Host, Url};

/// Longest address, in bytes.
const MAX_BYTES: usize = 2_000;

/// A URL to send to: `https` or `http`, without credentials, to a port that is the web's or nobody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target(Url);

/// What cannot be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTarget {
    /// No URL, or none with a host.
    #[error("not a URL such as https://example.com/hook")]
    NotAUrl,
    /// Longer than 2,000 bytes.
    #[error("longer than 2000 bytes")]
    TooLong,
    /// Another scheme.
    #[error("not https")]
    Scheme,
    /// A user name or a password: they would lie in the log of every proxy.
    #[error("must not contain a user name or password; the signature identifies the sender")]
    Credentials,
    /// A port below 1024 other than the web's.
    #[error("the port must be 443, 80, or 1024 or above")]
    Port,
}

impl Target {
    /// Reads a URL. Hosts that are numbers in any spelling come out as the address they are.
    pub fn parse(text: &str) -> Result<Self, InvalidTarget> {
        let text = text.trim();
        if text.len() > MAX_BYTES {
            return Err(InvalidTarget::TooLong);
        }
        let mut url = Url::parse(text).map_err(|_| InvalidTarget::NotAUrl)?;
        // Signs that are escaped make it longer than it was written.
        if url.as_str().len() > MAX_BYTES {
            return Err(InvalidTarget::TooLong);
        }
        if !matches!(url.scheme(), "https" | "http") {
            return Err(InvalidTarget::Scheme);
        }
        if !url.has_host() {
            return Err(InvalidTarget::NotAUrl);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidTarget::Credentials);
        }
        if !url.port_or_known_default().is_some_and(|port| matches!(port, 80 | 443 | 1_024..)) {
            return Err(InvalidTarget::Port);
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// The URL as it is requested.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether what is sent can be read on its way.
    pub fn is_plain_text(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The address, where the host is one and no name.
    pub fn address(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }

    /// The name, where the host is one.
    pub fn name(&self) -> Option<&str> {
        self.0.domain()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_can_be_sent_to() {
        for text in [
            "https://example.com",
            "https://example.com:8443/a?b=c",
            "http://10.0.0.8:8080/hook",
            " https://bücher.example/ ",
            "https://[2606:4700::1111]/",
        ] {
            assert!(Target::parse(text).is_ok(), "{text}");
        }
        let target = Target::parse("https://Example.com/a#b").unwrap();
        assert_eq!(target.as_str(), "https://example.com/a");
        assert_eq!(target.name(), Some("example.com"));
    }

    #[test]
    fn an_invalid_web_address_is_named() {
        for (text, why) in [
            ("", InvalidTarget::NotAUrl),
            ("example.com/hook", InvalidTarget::NotAUrl),
            ("https://", InvalidTarget::NotAUrl),
            ("https://[fe80::1%25eth0]/", InvalidTarget::NotAUrl),
            ("https://[fe80::1%eth0]/", InvalidTarget::NotAUrl),
            ("https://exa mple.com/", InvalidTarget::NotAUrl),
            ("https://1.2.3.4.5/", InvalidTarget::NotAUrl),
            ("https://256.1.1.1/", InvalidTarget::NotAUrl),
            ("ftp://example.com/", InvalidTarget::Scheme),
            ("file:///etc/passwd", InvalidTarget::Scheme),
            ("gopher://127.0.0.1:6379/_", InvalidTarget::Scheme),
            ("unix:/run/docker.sock", InvalidTarget::Scheme),
            ("javascript:alert(1)", InvalidTarget::Scheme),
            ("https://user@example.com/", InvalidTarget::Credentials),
            ("https://user:pass@example.com/", InvalidTarget::Credentials),
            ("https://example.com@127.0.0.1/", InvalidTarget::Credentials),
            ("https://:pass@example.com/", InvalidTarget::Credentials),
            ("https://example.com:22/", InvalidTarget::Port),
            ("https://example.com:25/", InvalidTarget::Port),
            ("https://example.com:0/", InvalidTarget::Port),
        ] {
            assert_eq!(Target::parse(text), Err(why), "{text}");
        }
        let long = format!("https://example.com/{}", "a".repeat(MAX_BYTES));
        assert_eq!(Target::parse(&long), Err(InvalidTarget::TooLong));
        let escaped = format!("https://example.com/{}", "\"".repeat(MAX_BYTES / 2));
        assert_eq!(Target::parse(&escaped), Err(InvalidTarget::TooLong));
    }

    #[test]
    fn a_number_in_any_spelling_is_the_address_it_is() {
        let loopback: IpAddr = [127, 0, 0, 1].into();
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.0.0.1",
            "017700000001",
            "0177.0.0.01",
            "127.0.0.1.",
            "127.1.",
            "0x7F.1",
            "１２７.０.０.１",
            "127。0。0。1",
            "①②⑦.0.0.1",
            "%31%32%37.0.0.1",
        ] {
            let target = Target::parse(&format!("https://{host}/")).unwrap();
            assert_eq!(target.address(), Some(loopback), "{host}");
        }
        for (host, address) in [
            ("0", "0.0.0.0"),
            ("0.0.0.0", "0.0.0.0"),
            ("2852039166", "169.254.169.254"),
            ("0xa9fea9fe", "169.254.169.254"),
            ("[::]", "::"),
            ("[::1]", "::1"),
            ("[0:0:0:0:0:ffff:7f00:1]", "::ffff:127.0.0.1"),
            ("[::ffff:169.254.169.254]", "::ffff:169.254.169.254"),
            ("[64:ff9b::7f00:1]", "64:ff9b::127.0.0.1"),
        ] {
            let target = Target::parse(&format!("https://{host}/")).unwrap();
            assert_eq!(target.address(), Some(address.parse().unwrap()), "{host}");
        }
        let backslash = Target::parse("https://127.0.0.1\\@example.com/").unwrap();
        assert_eq!(backslash.address(), Some(loopback), "the host ends at the backslash");
    }
}
