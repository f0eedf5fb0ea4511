//! Which web origins a key or widget admits.
//!
//! An allowlist keeps a key from being used on somebody else's pages by mistake. It is hygiene, not
//! authentication: a program can send any `Origin` it likes.

use url::{Host, Url};

/// Longest host name of the DNS, in bytes.
const MAX_HOST_BYTES: usize = 253;
/// Longest text that is parsed, in bytes: pages' URLs may be long, and no origin needs more.
const MAX_PARSED_BYTES: usize = 8 * 1_024;

/// One entry of an allowlist.
///
/// - `example.com` admits `example.com` and `www.example.com`, any scheme and port;
/// - `*.example.com` admits every host below `example.com`, not `example.com` itself;
/// - a port (`localhost:3000`) or a scheme (`https://example.com`) narrows the entry to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedDomain {
    text: String,
    scheme: Option<String>,
    host: String,
    below_only: bool,
    port: Option<u16>,
}

/// Why a text is no allowlist entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a domain: write it as example.com, *.example.com, localhost:3000 or https://example.com"
)]
pub struct InvalidDomain;

impl AllowedDomain {
    /// Reads one entry; host names are lower-cased and IDN names brought to their ASCII form.
    pub fn parse(text: &str) -> Result<Self, InvalidDomain> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme @ ("http" | "https"), rest)) => (Some(scheme.to_owned()), rest),
            Some(_) => return Err(InvalidDomain),
            None => (None, text),
        };
        let (below_only, rest) = match rest.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        if rest.is_empty() || rest.contains(['/', '@', '*', '?', '#', ' ']) {
            return Err(InvalidDomain);
        }
        // A scheme without a default port, so that an explicit `:80` or `:443` is not dropped.
        let url = Url::parse(&format!("ws://{rest}")).map_err(|_| InvalidDomain)?;
        let port = rest.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        let host = canonical_host(&url).filter(|host| is_host(host)).ok_or(InvalidDomain)?;
        Ok(Self { text: text.to_owned(), scheme, host, below_only, port })
    }

    /// The entry as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it takes in memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        size_of::<Self>() + self.text.len() + self.host.len()
    }

    /// The hosts it admits, as [`PageOrigin::host_patterns`] names them: `example.com`, or `*.example.com`.
    pub fn host_pattern(&self) -> String {
        format!("{}{}", if self.below_only { "*." } else { "" }, self.host)
    }

    /// The only scheme it admits; none: both.
    pub fn scheme(&self) -> Option<&str> {
        self.scheme.as_deref()
    }

    /// The only port it admits; none: all.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether this entry admits pages of `origin`.
    fn admits(&self, origin: &PageOrigin) -> bool {
        let host = &*origin.host;
        let host_admitted = if self.below_only {
            host.strip_suffix(&self.host).is_some_and(|sub| sub.ends_with('.') && sub.len() > 1)
        } else {
            host == self.host || host.strip_prefix("www.") == Some(&self.host)
        };
        host_admitted
            && self.scheme.as_deref().is_none_or(|scheme| scheme == origin.scheme)
            && self.port.is_none_or(|port| port == origin.port)
    }
}

/// Where a page was loaded from, as far as allowlists look at it. At most a few hundred bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageOrigin {
    scheme: &'static str,
    host: String,
    port: u16,
}

impl PageOrigin {
    /// The origin that an `Origin` header or a page's URL names; none where that is no address of the
    /// web, or longer than one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_PARSED_BYTES {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let scheme = ["http", "https"].into_iter().find(|scheme| *scheme == url.scheme())?;
        let host = canonical_host(&url).filter(|host| host.len() <= MAX_HOST_BYTES)?;
        Some(Self { scheme, host, port: url.port_or_known_default()? })
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The port, the scheme's own one where none is named.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every [`AllowedDomain::host_pattern`] that admits its host: few, and no two alike.
    pub fn host_patterns(&self) -> Vec<String> {
        let host = &*self.host;
        let without_www = host.strip_prefix("www.").filter(|host| !host.is_empty());
        let parents = host.match_indices('.').filter(|(at, _)| *at > 0);
        let below = parents.map(|(at, _)| format!("*{}", &host[at..]));
        [Some(host), without_www].into_iter().flatten().map(str::to_owned).chain(below).collect()
    }
}

/// The host in lower-case ASCII, without the root's trailing dot; `None` for a URL without one.
fn canonical_host(url: &Url) -> Option<String> {
    let host = match url.host()? {
        Host::Domain(name) => name.trim_end_matches('.').to_ascii_lowercase(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => format!("[{address}]"),
    };
    (!host.is_empty()).then_some(host)
}

/// Whether every label of a host's name is one a browser could show; addresses are.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    host.starts_with('[') || (host.len() <= MAX_HOST_BYTES && host.split('.').all(is_label))
}

impl From<AllowedDomain> for String {
    fn from(domain: AllowedDomain) -> Self {
        domain.text
    }
}

/// Whether `origin` (an `Origin` header, or a page's URL) is admitted by `allowed`. An empty list
/// admits everything, a missing origin is admitted only by an empty list.
pub fn is_admitted(allowed: &[AllowedDomain], origin: Option<&str>) -> bool {
    if allowed.is_empty() {
        return true;
    }
    origin
        .and_then(PageOrigin::parse)
        .is_some_and(|origin| allowed.iter().any(|domain| domain.admits(&origin)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn admits(entry: &str, origin: &str) -> bool {
        is_admitted(&[AllowedDomain::parse(entry).expect("entry")], Some(origin))
    }

    #[test]
    fn a_domain_admits_itself_and_www_in_any_case_scheme_and_port() {
        for origin in [
            "https://example.com",
            "http://example.com:8080",
            "https://WWW.Example.com",
            "https://example.com.",
        ] {
            assert!(admits("example.com", origin), "{origin}");
        }
    }

    #[test]
    fn look_alikes_are_not_admitted() {
        for origin in [
            "https://evilexample.com",
            "https://example.com.evil.test",
            "https://sub.example.com",
            "https://example.co",
            "null",
            "",
            "file:///etc/passwd",
            "https://example.com@evil.test",
        ] {
            assert!(!admits("example.com", origin), "{origin}");
        }
    }

    #[test]
    fn a_wildcard_admits_what_is_below_and_not_the_domain_itself() {
        assert!(admits("*.example.com", "https://a.b.example.com"));
        assert!(!admits("*.example.com", "https://example.com"));
        assert!(!admits("*.example.com", "https://evilexample.com"));
    }

    #[test]
    fn scheme_and_port_narrow_an_entry() {
        assert!(admits("localhost:3000", "http://localhost:3000"));
        assert!(!admits("localhost:3000", "http://localhost:3001"));
        assert!(admits("example.com:443", "https://example.com"));
        assert!(!admits("https://example.com", "http://example.com"));
    }

    #[test]
    fn idn_names_meet_in_their_ascii_form() {
        assert!(admits("bücher.example", "https://xn--bcher-kva.example"));
    }

    #[test]
    fn an_empty_list_admits_all_and_a_list_refuses_a_missing_origin() {
        assert!(is_admitted(&[], None));
        assert!(!is_admitted(&[AllowedDomain::parse("a.test").expect("entry")], None));
    }

    #[test]
    fn an_invalid_domain_is_refused() {
        for text in [
            "",
            "*",
            "not_a_domain!!",
            "a..b",
            "https://",
            "a b",
            "user@host",
            "ftp://a.test",
            "a.test/path",
        ] {
            assert_eq!(AllowedDomain::parse(text), Err(InvalidDomain), "{text}");
        }
    }

    #[test]
    fn what_is_longer_than_an_address_is_nobodys_origin() {
        let host = format!("{}shop.test", "a.".repeat(110));
        let below = AllowedDomain::parse("*.shop.test").expect("entry");
        assert!(is_admitted(std::slice::from_ref(&below), Some(&format!("https://a{host}"))));
        for long in [
            format!("https://{}{host}", "a.".repeat(40)),
            format!("https://{}.shop.test", "a".repeat(4_000_000)),
        ] {
            assert_eq!(PageOrigin::parse(&long), None);
            assert!(!is_admitted(std::slice::from_ref(&below), Some(&long)));
        }
    }

    proptest! {
        #[test]
        fn the_patterns_of_an_origin_find_exactly_the_entries_that_admit_it(
            entry in r"(https?://)?(\*\.)?(www\.)?(a|b|ab)(\.(a|b|www)){0,3}(:(80|443|3000))?",
            origin in r"https?://(www\.)?(a|b|ab)(\.(a|b|www)){0,4}(:(80|443|3000))?",
        ) {
            let entry = AllowedDomain::parse(&entry).expect("an entry");
            let origin = PageOrigin::parse(&origin).expect("an origin");
            let found = origin.host_patterns().contains(&entry.host_pattern())
                && entry.scheme().is_none_or(|scheme| scheme == origin.scheme())
                && entry.port().is_none_or(|port| port == origin.port());
            prop_assert_eq!(found, entry.admits(&origin));
        }
    }
}
