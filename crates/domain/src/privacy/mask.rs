//! Masks texts, addresses, and the texts within JSON.

use std::borrow::Cow;

use super::features::TextFeatures;
use super::parameters::QueryParameters;
use super::plain::{decoded, plain};
use super::rules::RULES;

pub use super::json::json;

/// Stands for a whole text, where the rules cannot be had.
const UNKNOWN: &str = "[text]";

/// How often a text is gone through at most.
const MAX_ROUNDS: usize = 4;

/// A text without personal data: of an element, a title, a message, a stack, a selector.
///
/// What is masked can leave something beside it that is only recognised without it, so this goes on until
/// nothing changes. Borrowed, it is `text` itself.
pub fn text<'t>(text: &'t str, parameters: &QueryParameters) -> Cow<'t, str> {
    let Cow::Owned(mut masked) = once(text, parameters) else { return Cow::Borrowed(text) };
    for _ in 0..MAX_ROUNDS {
        let next = once(&masked, parameters).into_owned();
        if next == masked {
            break;
        }
        masked = next;
    }
    Cow::Owned(masked)
}

fn once<'t>(text: &'t str, parameters: &QueryParameters) -> Cow<'t, str> {
    let plain = plain(text);
    let found = TextFeatures::of(&plain);
    if found.is_harmless() {
        return Cow::Borrowed(text);
    }
    let Ok(rules) = &*RULES else { return Cow::Owned(UNKNOWN.to_owned()) };
    let query_of = |part: &str| query(part, parameters);
    let words = if found.has_percent {
        let mask_word = |word: &str| {
            let meant = decoded(word)?;
            let meant = self::plain(&meant);
            let masked = rules.apply(&meant, TextFeatures::of(&meant), &query_of);
            (masked != *meant).then_some(masked)
        };
        Cow::Owned(map_words(&plain, mask_word))
    } else {
        Cow::Borrowed(&*plain)
    };
    // What was decoded may hold more than what was not.
    let found = if found.has_percent { TextFeatures::of(&words) } else { found };
    let masked = rules.apply(&words, found, &query_of);
    if masked == *plain { Cow::Borrowed(text) } else { Cow::Owned(masked) }
}

/// What an address keeps: its path masked, the parameters that are kept with their values masked, and its
/// fragment where that is a route (`#/cart`). Never user and password.
pub fn url(url: &str, parameters: &QueryParameters) -> String {
    let UrlParts { base, path, query: query_text, route } = UrlParts::of(url);
    let base = match (base.find("//"), base.rfind('@')) {
        (Some(start), Some(end)) => format!("{}{}", &base[..start + 2], &base[end + 1..]),
        _ => base.to_owned(),
    };
    let route = route.map(|route| format!("#{}", self::url(route, parameters)));
    let query = query(query_text, parameters);
    format!("{base}{}{query}{}", text(path, parameters), route.unwrap_or_default())
}

/// What stays of a query, with its `?`; nothing when nothing does.
fn query(query: &str, parameters: &QueryParameters) -> String {
    let mut kept = String::new();
    for pair in query.split(['?', '#', '&', ';']) {
        let is_kept = |pair: &str| {
            let name = pair.split('=').next().unwrap_or_default();
            !name.is_empty() && parameters.keep(name)
        };
        if !is_kept(pair) {
            continue;
        }
        // A name that is masked itself is a parameter's no more.
        let masked = text(pair, parameters);
        if is_kept(&masked) {
            kept.push(if kept.is_empty() { '?' } else { '&' });
            kept.push_str(&masked);
        }
    }
    kept
}

/// An address, taken apart without being changed.
pub(crate) struct UrlParts<'u> {
    /// Scheme and host; empty for a path.
    pub(crate) base: &'u str,
    pub(crate) path: &'u str,
    /// With its `?`.
    query: &'u str,
    /// The fragment, where that is a route.
    route: Option<&'u str>,
}

impl<'u> UrlParts<'u> {
    pub(crate) fn of(url: &'u str) -> Self {
        let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
        let (rest, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let host = rest.find("://").filter(|end| is_scheme(&rest[..*end])).map(|end| end + 3);
        let path = host.map_or(0, |host| rest[host..].find('/').map_or(rest.len(), |at| host + at));
        let (base, path) = rest.split_at(path);
        let is_route = fragment.starts_with('/') || fragment.starts_with("!/");
        Self { base, path, query, route: is_route.then_some(fragment) }
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.+-".contains(&b))
}

/// Replaces the words for which `map` has something else; what stands between words stays.
fn map_words(text: &str, map: impl Fn(&str) -> Option<String>) -> String {
    let is_between = |c: char| c.is_whitespace() || "/?#&=\"<>".contains(c);
    text.split_inclusive(is_between)
        .map(|word| {
            let end = word.trim_end_matches(is_between).len();
            match map(&word[..end]) {
                Some(masked) => format!("{masked}{}", &word[end..]),
                None => word.to_owned(),
            }
        })
        .collect()
}
