//! How long requests took, by route, method and status.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use metrics::Histogram;

/// Routes, methods and statuses are few: each thread keeps what it found, since making the labels and
/// looking them up costs more than the record itself.
type Found = HashMap<String, Vec<(&'static str, StatusCode, Histogram)>>;

thread_local! {
    static FOUND: RefCell<Found> = RefCell::default();
}

/// Adds one answer.
pub(crate) fn record(route: &str, method: &Method, status: StatusCode, took: Duration) {
    let seconds = took.as_secs_f64();
    let method = label(method);
    FOUND.with_borrow_mut(|found| {
        let of_route = found.get(route).map(Vec::as_slice).unwrap_or_default();
        let known = of_route.iter().find(|(its, at, _)| *its == method && *at == status);
        if let Some((_, _, histogram)) = known {
            histogram.record(seconds);
            return;
        }
        let histogram = look_up(route, method, status);
        histogram.record(seconds);
        found.entry(route.to_owned()).or_default().push((method, status, histogram));
    });
}

fn look_up(route: &str, method: &'static str, status: StatusCode) -> Histogram {
    metrics::histogram!(
        "footfall_http_request_seconds",
        "route" => route.to_owned(),
        "method" => method,
        "status" => status.as_u16().to_string(),
    )
}

/// A client may send any word as a method, and each would be a series of its own.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
