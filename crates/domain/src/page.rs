//! From a page's URL to what is kept of it: the URL without secrets, its path, its campaign.

use url::Url;

use crate::event::{Page, Utm};
use crate::limits::{MAX_TEXT_BYTES, MAX_URL_BYTES, cut};

/// Query parameters whose values are never kept: they open doors or name people.
const SECRET_PARAMETERS: [&str; 16] = [
    "access_token",
    "api_key",
    "apikey",
    "auth",
    "authorization",
    "code",
    "email",
    "id_token",
    "jwt",
    "key",
    "password",
    "pwd",
    "secret",
    "session",
    "sig",
    "token",
];
/// What stands in a removed value's place.
const REMOVED: &str = "removed";

/// What is kept of a page whose URL is `raw`. A text that is no absolute `http(s)` URL is kept as
/// it is, cut, with everything before `?` and `#` as its path.
pub fn from_url(raw: &str, title: Option<String>, referrer: Option<&str>) -> Page {
    let title = title.map(|title| cut(title, MAX_TEXT_BYTES));
    let referrer = referrer.filter(|text| !text.is_empty()).map(scrub);
    // Almost every URL is plain: no user info, no query, nothing to rewrite.
    let Ok(url) = Url::parse(raw) else {
        let path = raw.split(['?', '#']).next().unwrap_or_default();
        return Page {
            url: Some(cut(path.to_owned(), MAX_URL_BYTES)),
            path: Some(cut(path.to_owned(), MAX_URL_BYTES)),
            title,
            referrer,
            utm: Utm::default(),
        };
    };
    let utm = if url.query().is_some() { campaign(&url) } else { Utm::default() };
    Page {
        path: Some(cut(url.path().to_owned(), MAX_URL_BYTES)),
        url: Some(cut(without_secrets(url), MAX_URL_BYTES)),
        title,
        referrer,
        utm,
    }
}

/// A URL as it may be kept: cut, and without the values of secret parameters.
pub fn scrub(raw: &str) -> String {
    let kept = Url::parse(raw).map_or_else(|_| raw.to_owned(), without_secrets);
    cut(kept, MAX_URL_BYTES)
}

fn without_secrets(mut url: Url) -> String {
    if !url.username().is_empty() || url.password().is_some() {
        // These fail only for URLs that cannot carry user info, and so carry none.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    let has_secret = url.query().is_some() && url.query_pairs().any(|(name, _)| is_secret(&name));
    if has_secret {
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let kept = if is_secret(&name) { REMOVED.to_owned() } else { value.into_owned() };
                (name.into_owned(), kept)
            })
            .collect();
        url.query_pairs_mut().clear().extend_pairs(pairs);
    }
    // Single-page applications keep tokens in the fragment; routes there have no value without them.
    if url.fragment().is_some_and(|fragment| fragment.contains('=')) {
        url.set_fragment(None);
    }
    url.into()
}

fn is_secret(name: &str) -> bool {
    SECRET_PARAMETERS.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

fn campaign(url: &Url) -> Utm {
    let mut utm = Utm::default();
    for (name, value) in url.query_pairs() {
        let slot = match &*name {
            "utm_source" => &mut utm.source,
            "utm_medium" => &mut utm.medium,
            "utm_campaign" => &mut utm.campaign,
            "utm_term" => &mut utm.term,
            "utm_content" => &mut utm.content,
            _ => continue,
        };
        if slot.is_none() && !value.is_empty() {
            *slot = Some(cut(value.into_owned(), MAX_TEXT_BYTES));
        }
    }
    utm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_campaign_come_from_the_url() {
        let page = from_url(
            "https://shop.test/cart?utm_source=mail&utm_campaign=May%20sale&item=7",
            None,
            Some("https://search.test/?q=x"),
        );
        assert_eq!(page.path.as_deref(), Some("/cart"));
        assert_eq!(page.utm.source.as_deref(), Some("mail"));
        assert_eq!(page.utm.campaign.as_deref(), Some("May sale"));
        assert_eq!(page.referrer.as_deref(), Some("https://search.test/?q=x"));
    }

    #[test]
    fn secrets_do_not_stay_in_the_url() {
        let page = from_url("https://u:p@shop.test/reset?token=abc&a=1#access_token=x", None, None);
        assert_eq!(page.url.as_deref(), Some("https://shop.test/reset?token=removed&a=1"));
        assert_eq!(scrub("https://a.test/?Email=me%40a.test"), "https://a.test/?Email=removed");
    }

    #[test]
    fn what_is_no_url_keeps_its_path_only() {
        let page = from_url("/checkout?code=1#x", None, None);
        assert_eq!(page.path.as_deref(), Some("/checkout"));
        assert_eq!(page.url.as_deref(), Some("/checkout"));
    }
}
