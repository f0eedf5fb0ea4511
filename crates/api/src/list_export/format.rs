//! In which format a list is asked for: `format` in the query decides, else the `Accept` header.

use axum::http::{HeaderMap, header};
use url::form_urlencoded;

use crate::error::Error;

const CSV: &str = "text/csv";

/// The answer to a request for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListFormat {
    /// A page of it.
    Json,
    /// All of its rows.
    Csv,
    /// How many rows it has.
    Count,
}

impl ListFormat {
    /// The values of `format`.
    pub(super) const NAMES: [&'static str; 3] = ["json", "csv", "count"];

    /// Reads what a request asks for. Fails with 400 when `format` is none of [`Self::NAMES`].
    pub(super) fn of(query: &str, headers: &HeaderMap) -> Result<Self, Error> {
        let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "format");
        match named.as_ref().map(|(_, format)| format.as_ref()) {
            None | Some("") => Ok(if accepts_csv(headers) { Self::Csv } else { Self::Json }),
            Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            Some("count") => Ok(Self::Count),
            Some(_) => Err(Error::not_allowed("format", Self::NAMES.to_vec())),
        }
    }
}

/// Whether `Accept` names CSV and weighs it more than every other type that it names.
fn accepts_csv(headers: &HeaderMap) -> bool {
    let ranges = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut csv = 0.0;
    let mut other = 0.0;
    for range in ranges.flat_map(|value| value.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight =
            parts.find_map(|part| part.strip_prefix("q=")?.parse::<f64>().ok()).unwrap_or(1.0);
        if name.eq_ignore_ascii_case(CSV) {
            csv = weight;
        } else if !name.contains('*') {
            other = f64::max(other, weight);
        }
    }
    csv > 0.0 && csv > other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(query: &str, accept: &str) -> Option<ListFormat> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().expect("a header"));
        ListFormat::of(query, &headers).ok()
    }

    #[test]
    fn the_query_decides_before_the_header() {
        assert_eq!(format("format=json", "text/csv"), Some(ListFormat::Json));
        assert_eq!(format("sort=a&format=csv", "application/json"), Some(ListFormat::Csv));
        assert_eq!(format("format=count", "*/*"), Some(ListFormat::Count));
        assert_eq!(format("format=", "text/csv"), Some(ListFormat::Csv));
        assert_eq!(format("format=xlsx", "text/csv"), None);
    }

    #[test]
    fn csv_is_answered_where_it_is_preferred() {
        for accept in [
            "text/csv",
            "TEXT/CSV; header=present",
            "text/csv, */*",
            "text/csv, application/json;q=0.9",
            "application/json;q=0.1, text/csv;q=0.2",
        ] {
            assert_eq!(format("", accept), Some(ListFormat::Csv), "{accept}");
        }
        for accept in [
            "*/*",
            "application/json",
            "application/json, text/csv",
            "text/csv;q=0",
            "text/csv;q=0.5, application/json",
            "text/html, text/csv;q=0.9",
        ] {
            assert_eq!(format("", accept), Some(ListFormat::Json), "{accept}");
        }
    }
}
