//! From a page's URL to what is kept of it: the URL without personal data, its path, its campaign.

use std::borrow::Cow;

use url::Url;

use crate::event::{Page, Utm};
use crate::limits::{MAX_TEXT_BYTES, MAX_URL_BYTES, cut};
use crate::privacy::{QueryParameters, mask};

/// What is looked at of a URL: masking makes it shorter, and what is cut first cannot be recognised.
const MAX_READ_BYTES: usize = 2 * MAX_URL_BYTES;

/// What is kept of a page whose URL is `raw`, with the query parameters that are kept.
pub fn from_url(raw: &str, parameters: &QueryParameters) -> Page {
    let url = Url::parse(&read(raw)).ok();
    let utm = url.as_ref().filter(|url| url.query().is_some());
    let utm = utm.map_or_else(Utm::default, |url| campaign(url, parameters));
    let kept = kept(raw, url, parameters);
    let path = mask::UrlParts::of(&kept).path;
    // `https://a.test` is the page `/`; what is no absolute URL is a path.
    let path = if path.is_empty() && !kept.is_empty() { "/" } else { path };
    Page { path: Some(path.to_owned()), url: Some(kept), title: None, referrer: None, utm }
}

/// A URL as it may be kept. Of a text that is no absolute URL its path is.
pub fn scrub(raw: &str, parameters: &QueryParameters) -> String {
    kept(raw, Url::parse(&read(raw)).ok(), parameters)
}

/// Where a visitor came from, as it may be kept, of a scrubbed URL: of another site than `page`, the query is its
/// own business.
pub fn referrer<'u>(scrubbed: &'u str, page: Option<&str>) -> &'u str {
    let base = mask::UrlParts::of(scrubbed).base;
    let is_foreign = page.is_some_and(|page| mask::UrlParts::of(page).base != base);
    if is_foreign { scrubbed.split(['?', '#']).next().unwrap_or_default() } else { scrubbed }
}

fn read(raw: &str) -> String {
    cut(raw.to_owned(), MAX_READ_BYTES)
}

fn kept(raw: &str, url: Option<Url>, parameters: &QueryParameters) -> String {
    let kept =
        url.map_or_else(|| kept_of_text(raw, parameters), |url| kept_of_url(&url, parameters));
    cut(kept, MAX_URL_BYTES)
}

fn kept_of_url(url: &Url, parameters: &QueryParameters) -> String {
    let masked = mask::url(url.as_str(), parameters);
    if masked == url.as_str() {
        return masked;
    }
    // What is left out can leave an address that is written in another way: `//..` is `/`.
    match Url::parse(&masked) {
        Ok(again) if again.as_str() != masked => mask::url(again.as_str(), parameters),
        _ => masked,
    }
}

fn kept_of_text(raw: &str, parameters: &QueryParameters) -> String {
    let read = read(raw);
    let text = read.split(['?', '#']).next().unwrap_or_default();
    let text = mask::text(&without_user(text), parameters).into_owned();
    let text = cut(text, MAX_URL_BYTES);
    // Cut and masked, it can be a URL after all.
    Url::parse(&text).map_or(text, |url| kept_of_url(&url, parameters))
}

/// A text that is no URL without the user and the password that it would name as one.
fn without_user(text: &str) -> Cow<'_, str> {
    let is_scheme = |c: u8| c.is_ascii_alphanumeric() || b"+-.".contains(&c);
    let scheme = text.find(':').filter(|end| text[..*end].bytes().all(is_scheme));
    let host = scheme.map(|scheme| {
        let rest = &text[scheme + 1..];
        text.len() - rest.trim_start_matches(['/', '\\']).len()
    });
    let Some(host) = host else { return Cow::Borrowed(text) };
    let end = text[host..].find(['/', '\\']).map_or(text.len(), |end| host + end);
    match text[host..end].rfind('@') {
        Some(at) => Cow::Owned(format!("{}{}", &text[..host], &text[host + at + 1..])),
        None => Cow::Borrowed(text),
    }
}

fn campaign(url: &Url, parameters: &QueryParameters) -> Utm {
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
            *slot = Some(cut(mask::text(&value, parameters).into_owned(), MAX_TEXT_BYTES));
        }
    }
    utm
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(raw: &str) -> Page {
        from_url(raw, &QueryParameters::default())
    }

    #[test]
    fn path_and_campaign_come_from_the_url() {
        let page = page("https://shop.test/cart?utm_source=mail&utm_campaign=May%20sale&item=7");
        assert_eq!(page.path.as_deref(), Some("/cart"));
        assert_eq!(page.utm.source.as_deref(), Some("mail"));
        assert_eq!(page.utm.campaign.as_deref(), Some("May sale"));
        let kept = "https://shop.test/cart?utm_source=mail&utm_campaign=May%20sale";
        assert_eq!(page.url.as_deref(), Some(kept));
    }

    #[test]
    fn a_parameter_whose_name_is_masked_goes_with_it() {
        let parameters = QueryParameters::default();
        for url in ["s:?utm_%40b.st", "https://shop.test/?utm_a%40b.st=1&utm_source=x"] {
            let scrubbed = scrub(url, &parameters);
            assert!(!scrubbed.contains("[email]"), "{scrubbed}");
            assert_eq!(scrub(&scrubbed, &parameters), scrubbed);
        }
    }

    #[test]
    fn credentials_go_although_the_url_is_too_long_to_be_read() {
        let parameters = QueryParameters::default();
        for (start, more) in [("https://", 0), ("https:/", 1), ("https:", 2), (r"https:\\", 3)] {
            let pairs = "user:secret@".repeat(MAX_READ_BYTES / 12 + 1);
            let scrubbed =
                scrub(&format!("{start}{}{pairs}shop.test", "x".repeat(more)), &parameters);
            assert!(!scrubbed.contains('@'), "{start}: {scrubbed}");
        }
    }

    #[test]
    fn only_named_parameters_stay_in_the_url() {
        let url = "https://u:p@shop.test/reset?token=abc&a=1#access_token=x";
        assert_eq!(page(url).url.as_deref(), Some("https://shop.test/reset"));
        let parameters = QueryParameters::parse("a").expect("a name");
        assert_eq!(scrub(url, &parameters), "https://shop.test/reset?a=1");
    }

    #[test]
    fn path_and_campaign_are_masked() {
        let page = page("https://shop.test/users/a%40b.com/?utm_source=asha%40example.com");
        assert_eq!(page.path.as_deref(), Some("/users/[email]/"));
        assert_eq!(page.utm.source.as_deref(), Some("[email]"));
        let kept = page.url.expect("a URL");
        assert_eq!(kept, "https://shop.test/users/[email]/?utm_source=[email]");
        assert_eq!(scrub(&kept, &QueryParameters::default()), kept);
    }

    #[test]
    fn a_referrer_of_another_site_keeps_no_query() {
        let kept = |raw: &str| {
            let scrubbed = scrub(raw, &QueryParameters::default());
            referrer(&scrubbed, Some("https://shop.test/cars")).to_owned()
        };
        assert_eq!(kept("https://search.test/?q=x&utm_source=a#/b"), "https://search.test/");
        let mail = "https://shop.test/?q=x&utm_source=mail";
        assert_eq!(kept(mail), "https://shop.test/?utm_source=mail");
    }

    #[test]
    fn an_invalid_url_keeps_its_path_only() {
        let page = page("/checkout/a@b.com?code=1#x");
        assert_eq!(page.path.as_deref(), Some("/checkout/[email]"));
        assert_eq!(page.url.as_deref(), Some("/checkout/[email]"));
    }

    #[test]
    fn an_address_without_a_path_is_the_first_page() {
        assert_eq!(page("https://shop.test").path.as_deref(), Some("/"));
        assert_eq!(page("https://shop.test?a=1").url.as_deref(), Some("https://shop.test/"));
    }
}
