//! Source maps of a site's scripts: how a script is addressed, and which of its maps a stack is read with.
//!
//! Stacks name scripts by the addresses that browsers loaded them from. A map is stored for such an address, or for a
//! path on any host (`~/assets/app.js`): one build is often served by several. Queries and fragments are no part of it.
//!
//! A stack does not say which release it is of, so that time decides: the map uploaded last before the error counts,
//! or else the one uploaded first after it. Where a release of the time line has the name of a map's release, that map
//! counts.

use crate::limits::MAX_URL_BYTES;
use crate::time::Timestamp;

/// Largest source map, in bytes of JSON.
pub const MAX_SOURCE_MAP_BYTES: usize = 32 * 1_024 * 1_024;
/// Before the path of a script on any host.
const ANY_HOST: &str = "~";

/// The address of a script, or its path on any host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptAddress(String);

/// Why a text is no address of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "url must be the address of a script as stacks name it, such as https://shop.example/assets/app.js, or its path for any host, such as ~/assets/app.js, in at most 2,048 bytes"
)]
pub struct InvalidScriptAddress;

impl ScriptAddress {
    /// The address of `https://shop.example/app.js?v=2`, `~/app.js` or `/app.js`.
    pub fn parse(text: &str) -> Result<Self, InvalidScriptAddress> {
        let text = without_query(text.trim());
        if text.len() > MAX_URL_BYTES || text.contains(|c: char| c.is_control() || c == ' ') {
            return Err(InvalidScriptAddress);
        }
        if let Some((host, path)) = host_and_path(text) {
            let is_script = path.len() > 1 && !path.ends_with('/');
            let address = format!("{}{path}", host.to_ascii_lowercase());
            return is_script.then_some(Self(address)).ok_or(InvalidScriptAddress);
        }
        let path = text.strip_prefix(ANY_HOST).unwrap_or(text);
        let is_script = path.len() > 1 && path.starts_with('/') && !path.ends_with('/');
        let address = format!("{ANY_HOST}{path}");
        is_script.then_some(Self(address)).ok_or(InvalidScriptAddress)
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The addresses under which maps of the script at a stack's `location` are stored, the most exact first; none where
/// it is not in a script.
pub fn addresses(location: &str) -> Vec<String> {
    let location = without_query(location);
    match host_and_path(location) {
        Some((host, path)) if path.len() > 1 => {
            vec![format!("{}{path}", host.to_ascii_lowercase()), format!("{ANY_HOST}{path}")]
        }
        None if location.starts_with('/') => vec![format!("{ANY_HOST}{location}")],
        _ => Vec::new(),
    }
}

fn without_query(text: &str) -> &str {
    text.split(['?', '#']).next().unwrap_or_default()
}

/// `https://shop.example` and `/app.js`.
fn host_and_path(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let is_scheme =
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let slash = rest.find('/')?;
    is_scheme.then(|| text.split_at(scheme.len() + 3 + slash))
}

/// A stored map of a script, as far as the choice between several needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapVersion<'a> {
    /// The script's.
    pub address: &'a str,
    /// The name of the release it is of.
    pub release: Option<&'a str>,
    /// When it was uploaded first.
    pub created_at: Timestamp,
    /// When it was uploaded last: a release may bring back what an earlier one had.
    pub uploaded_at: Timestamp,
}

impl MapVersion<'_> {
    /// Its last known upload at or before an instant.
    fn uploaded_before(&self, at: Timestamp) -> Option<Timestamp> {
        [self.uploaded_at, self.created_at].into_iter().find(|uploaded| *uploaded <= at)
    }
}

/// The index of the map for an error that occurred at `at`, when `release` was the site's.
///
/// `addresses` are the script's, the most exact first.
pub fn choose(
    versions: &[MapVersion<'_>],
    addresses: &[String],
    release: Option<&str>,
    at: Timestamp,
) -> Option<usize> {
    let of_address = |address: &String| -> Vec<usize> {
        let all = versions.iter().enumerate();
        all.filter(|(_, version)| version.address == address).map(|(index, _)| index).collect()
    };
    let found = addresses.iter().map(of_address).find(|found| !found.is_empty())?;
    let is_of_release = |index: &usize| {
        versions.get(*index).is_some_and(|it| release.is_some() && it.release == release)
    };
    let of_release: Vec<usize> = found.iter().copied().filter(is_of_release).collect();
    let found = if of_release.is_empty() { found } else { of_release };
    let version = |index: usize| versions.get(index).map(|version| (index, version));
    let candidates = || found.iter().copied().filter_map(version);
    let before = candidates()
        .filter_map(|(index, version)| Some((version.uploaded_before(at)?, index)))
        .max();
    let after = || candidates().map(|(index, version)| (version.created_at, index)).min();
    before.or_else(after).map(|(_, index)| index)
}

/// A call of a stack, read by the map of its script where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedFrame {
    /// The function; empty at the top level of a file.
    pub function: String,
    /// The source file as its map names it; without a map, the script's name without folders and content hash.
    pub file: String,
    /// From 1.
    pub line: Option<u32>,
    /// From 1.
    pub column: Option<u32>,
    /// Whether it is the site's own.
    pub is_in_app: bool,
    /// The script's address, for which a map may be uploaded; none outside scripts of the site.
    pub script: Option<String>,
    /// Whether there is a map of the script.
    pub has_source_map: bool,
    /// Whether file, line and column are of the source.
    pub is_resolved: bool,
    /// The lines around the call, where the map has them.
    pub source_context: Option<SourceContext>,
}

/// Lines of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceContext {
    /// Those before.
    pub before: Vec<String>,
    /// The line of the call.
    pub line: String,
    /// Those after.
    pub after: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::EPOCH.plus_seconds(seconds)
    }

    fn version(
        address: &'static str,
        release: Option<&'static str>,
        uploads: [i64; 2],
    ) -> MapVersion<'static> {
        MapVersion { address, release, created_at: at(uploads[0]), uploaded_at: at(uploads[1]) }
    }

    #[test]
    fn an_address_is_a_scripts_or_its_path_on_any_host() {
        for (text, expected) in [
            ("https://Shop.Test/assets/App.js?v=2#a", "https://shop.test/assets/App.js"),
            ("http://localhost:3000/app.js", "http://localhost:3000/app.js"),
            ("~/assets/app.js?v=2", "~/assets/app.js"),
            (" /assets/app.js ", "~/assets/app.js"),
        ] {
            assert_eq!(ScriptAddress::parse(text).map(|it| it.0), Ok(expected.to_owned()));
        }
        let long = format!("/{}", "a".repeat(MAX_URL_BYTES));
        for text in [
            "",
            "~",
            "/",
            "~/",
            "app.js",
            "https://shop.test",
            "https://shop.test/",
            "javascript:alert(1)",
            "/a\nb.js",
            "/a b.js",
            "../app.js",
            "://x/a.js",
            &long,
        ] {
            assert_eq!(ScriptAddress::parse(text), Err(InvalidScriptAddress), "{text}");
        }
    }

    #[test]
    fn a_stack_finds_its_script_by_address_and_by_path() {
        assert_eq!(
            addresses("https://shop.test/assets/app.js?v=2"),
            ["https://shop.test/assets/app.js", "~/assets/app.js"]
        );
        assert_eq!(addresses("/app.js"), ["~/app.js"]);
        for location in
            ["<anonymous>", "native code", "app.js", "https://shop.test/", "", "é://x/a"]
        {
            assert_eq!(addresses(location), [""; 0], "{location}");
        }
        for text in ["https://shop.test/a.js", "~/a.js", "/a.js"] {
            let address = ScriptAddress::parse(text).expect("an address");
            assert!(addresses("https://shop.test/a.js").contains(&address.0), "{text}");
        }
    }

    #[test]
    fn the_map_uploaded_last_before_the_error_counts_or_else_the_first_after_it() {
        let own = addresses("https://shop.test/a.js");
        let versions = [
            version("~/a.js", None, [100, 100]),
            version("~/a.js", None, [200, 200]),
            version("~/b.js", None, [50, 50]),
        ];
        let chosen = |instant| choose(&versions, &own, None, at(instant));
        assert_eq!(
            [99, 100, 199, 200, 900].map(chosen),
            [Some(0), Some(0), Some(0), Some(1), Some(1)]
        );
        assert_eq!(choose(&versions, &addresses("https://shop.test/c.js"), None, at(900)), None);
        assert_eq!(choose(&[], &own, None, at(900)), None);
    }

    #[test]
    fn a_map_that_is_uploaded_again_counts_from_both_uploads_on() {
        let own = addresses("https://shop.test/a.js");
        // The second release was rolled back.
        let versions = [version("~/a.js", None, [100, 300]), version("~/a.js", None, [200, 200])];
        let chosen = |instant| choose(&versions, &own, None, at(instant));
        assert_eq!([150, 250, 350].map(chosen), [Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn the_exact_address_and_the_release_go_before_the_time() {
        let own = addresses("https://shop.test/a.js");
        let versions = [
            version("https://shop.test/a.js", Some("1"), [100, 100]),
            version("https://shop.test/a.js", Some("2"), [200, 200]),
            version("~/a.js", Some("3"), [300, 300]),
        ];
        let chosen = |release, instant| choose(&versions, &own, release, at(instant));
        assert_eq!(chosen(None, 400), Some(1));
        assert_eq!(chosen(Some("1"), 400), Some(0));
        assert_eq!(chosen(Some("2"), 150), Some(1), "uploaded after the release");
        assert_eq!(chosen(Some("3"), 400), Some(1), "of another host");
    }
}
