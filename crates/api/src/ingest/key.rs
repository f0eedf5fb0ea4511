//! Where a key may stand: `sendBeacon` cannot set headers, so there are four places.

use axum::http::{HeaderMap, Uri, header};

/// The key of a request: the `x-api-key` header, else the body's `api_key`, else `?key=`, else the
/// bearer token. An empty one counts as none.
pub(super) fn find(headers: &HeaderMap, body: Option<&str>, uri: &Uri) -> Option<String> {
    header(headers)
        .or_else(|| body.map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned))
        .or_else(|| query(uri))
        .or_else(|| bearer(headers))
}

/// The key in a header, the only place for one that is secret: addresses and bodies end up in logs.
pub(super) fn in_header(headers: &HeaderMap) -> Option<String> {
    header(headers).or_else(|| bearer(headers))
}

/// Whether it stands in the `x-api-key` header, before which no other place counts.
pub(super) fn is_in_header(headers: &HeaderMap) -> bool {
    header(headers).is_some()
}

fn header(headers: &HeaderMap) -> Option<String> {
    let key = headers.get("x-api-key")?.to_str().ok()?.trim();
    (!key.is_empty()).then(|| key.to_owned())
}

fn query(uri: &Uri) -> Option<String> {
    let pairs = url::form_urlencoded::parse(uri.query()?.as_bytes());
    let (_, key) = pairs.into_iter().find(|(name, _)| name == "key")?;
    (!key.is_empty()).then(|| key.into_owned())
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_are_asked_in_their_order() {
        let mut headers = HeaderMap::new();
        let uri: Uri = "/ingest-events?a=1&key=from-query".parse().expect("uri");
        let bare: Uri = "/ingest-events".parse().expect("uri");
        headers.insert("authorization", "Bearer from-bearer".parse().expect("header"));
        assert_eq!(find(&headers, None, &bare).as_deref(), Some("from-bearer"));
        assert_eq!(find(&headers, None, &uri).as_deref(), Some("from-query"));
        assert_eq!(find(&headers, Some("from-body"), &uri).as_deref(), Some("from-body"));
        headers.insert("x-api-key", "from-header".parse().expect("header"));
        assert_eq!(find(&headers, Some("from-body"), &uri).as_deref(), Some("from-header"));
        assert_eq!(find(&HeaderMap::new(), Some(" "), &bare), None);
    }
}
