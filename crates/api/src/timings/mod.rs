//! How long requests took, by route, method and status: on `/metrics`, and as percentiles of this server.
//!
//! Routes are templates such as `/api/projects/{project_id}`, so there are as many series as operations,
//! and at most [`MAX_SERIES`], which take 9 MiB if all of them are in use at once. A request for a path or
//! with a method that no operation has counts as `other`.

mod histogram;
mod series;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use metrics::Histogram;

pub(crate) use series::ResponseFigures;
use series::{Series, Tally};

/// The route and method of requests that fit no operation.
const OTHER: &str = "other";
/// Series at most; the requests of further operations count as [`OTHER`].
const MAX_SERIES: usize = 256;
/// How old a summary may be.
const FRESH: Duration = Duration::from_secs(2);

/// One request, answered.
pub(crate) struct Answered<'a> {
    pub(crate) route: &'a str,
    pub(crate) method: &'a Method,
    pub(crate) status: StatusCode,
    pub(crate) started: Instant,
    pub(crate) took: Duration,
}

/// Response times of one server, from its start on.
#[derive(Debug)]
pub(crate) struct ResponseTimes {
    began: Instant,
    series: RwLock<BTreeMap<RouteKey, Arc<Mutex<Series>>>>,
    /// The latest summary, and the uptime it was made at.
    summary: Mutex<Option<(Duration, Arc<ResponseSummary>)>>,
}

/// A route and a method.
pub(crate) type RouteKey = (String, &'static str);

/// The requests of the last five minutes, and since the start.
pub(crate) type RecentAndAll = (ResponseFigures, ResponseFigures);

/// The figures of every route.
#[derive(Debug)]
pub(crate) struct ResponseSummary {
    /// Seconds that the last five minutes span: fewer after the start.
    pub(crate) recent_seconds: u64,
    /// All routes together.
    pub(crate) all: RecentAndAll,
    /// By route and method.
    pub(crate) routes: Vec<(RouteKey, RecentAndAll)>,
}

/// Routes, methods and statuses are few: each thread keeps what it found, since making the labels and
/// looking them up costs more than the record itself.
type Found = HashMap<String, Vec<Known>>;

struct Known {
    method: &'static str,
    status: StatusCode,
    histogram: Histogram,
    times: Arc<ResponseTimes>,
    series: Arc<Mutex<Series>>,
}

thread_local! {
    static FOUND: RefCell<Found> = RefCell::default();
}

impl Default for ResponseTimes {
    fn default() -> Self {
        Self { began: Instant::now(), series: RwLock::default(), summary: Mutex::default() }
    }
}

impl ResponseTimes {
    /// Adds one answer, here and to the metrics.
    pub(crate) fn record(self: &Arc<Self>, answered: &Answered<'_>) {
        let (route, status) = (answered.route, answered.status);
        let method = label(answered.method);
        FOUND.with_borrow_mut(|found| {
            let of_route = found.get(route).map(Vec::as_slice).unwrap_or_default();
            let known = of_route.iter().find(|known| {
                known.method == method && known.status == status && Arc::ptr_eq(&known.times, self)
            });
            if let Some(known) = known {
                self.add(known, answered);
                return;
            }
            let known = self.look_up(route, method, status);
            self.add(&known, answered);
            found.entry(route.to_owned()).or_default().push(known);
        });
    }

    /// The figures, at most two seconds old, computed once for all callers.
    pub(crate) fn summary(&self) -> Arc<ResponseSummary> {
        self.fresh_summary(self.began.elapsed())
    }

    fn fresh_summary(&self, uptime: Duration) -> Arc<ResponseSummary> {
        let mut latest = self.summary.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, summary)) = &*latest
            && uptime.saturating_sub(*at) < FRESH
        {
            return summary.clone();
        }
        let summary = Arc::new(self.summary_at(uptime));
        *latest = Some((uptime, summary.clone()));
        summary
    }

    fn summary_at(&self, uptime: Duration) -> ResponseSummary {
        let series = self.series.read().unwrap_or_else(PoisonError::into_inner).clone();
        let (mut recent, mut all) = (Tally::default(), Tally::default());
        let mut routes = Vec::with_capacity(series.len());
        for (key, series) in series {
            let of_route = series.lock().unwrap_or_else(PoisonError::into_inner).tallies(uptime);
            recent.add(&of_route.0);
            all.add(&of_route.1);
            routes.push((key, (of_route.0.figures(), of_route.1.figures())));
        }
        ResponseSummary {
            recent_seconds: series::recent_seconds(uptime),
            all: (recent.figures(), all.figures()),
            routes,
        }
    }

    fn add(&self, known: &Known, answered: &Answered<'_>) {
        known.histogram.record(answered.took.as_secs_f64());
        let uptime = answered.started.saturating_duration_since(self.began) + answered.took;
        let mut series = known.series.lock().unwrap_or_else(PoisonError::into_inner);
        series.record(uptime, answered.status, answered.took);
    }

    fn look_up(self: &Arc<Self>, route: &str, method: &'static str, status: StatusCode) -> Known {
        let histogram = metrics::histogram!(
            "footfall_http_request_seconds",
            "route" => route.to_owned(),
            "method" => method,
            "status" => status.as_u16().to_string(),
        );
        let series = self.series_of(route, method, status);
        Known { method, status, histogram, times: self.clone(), series }
    }

    fn series_of(
        &self,
        route: &str,
        method: &'static str,
        status: StatusCode,
    ) -> Arc<Mutex<Series>> {
        let mut series = self.series.write().unwrap_or_else(PoisonError::into_inner);
        let is_operation = route != OTHER && status != StatusCode::METHOD_NOT_ALLOWED;
        // A route that can be read answers HEAD, too.
        let method = if method == "HEAD" { "GET" } else { method };
        let key = (route.to_owned(), method);
        let has_room = series.len() + 1 < MAX_SERIES || series.contains_key(&key);
        let key = if is_operation && has_room { key } else { (OTHER.to_owned(), OTHER) };
        series.entry(key).or_default().clone()
    }
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
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(times: &Arc<ResponseTimes>, route: &str, method: &Method, status: u16, millis: u64) {
        times.record(&Answered {
            route,
            method,
            status: StatusCode::from_u16(status).expect("a status"),
            started: times.began,
            took: Duration::from_millis(millis),
        });
    }

    fn requests(times: &Arc<ResponseTimes>) -> Vec<(String, &'static str, u64)> {
        let routes = times.summary_at(Duration::ZERO).routes;
        let counted = routes.into_iter().map(|((route, method), (recent, all))| {
            assert_eq!(recent.requests, all.requests);
            (route, method, all.requests)
        });
        counted.collect()
    }

    #[test]
    fn requests_count_by_route_and_method_and_together() {
        let times = Arc::new(ResponseTimes::default());
        for millis in 1..=100 {
            record(&times, "/a/{id}", &Method::GET, 200, millis);
        }
        record(&times, "/a/{id}", &Method::HEAD, 304, 1);
        record(&times, "/a/{id}", &Method::POST, 503, 7_000);
        let counted = [("/a/{id}".to_owned(), "GET", 101), ("/a/{id}".to_owned(), "POST", 1)];
        assert_eq!(requests(&times), counted);
        let summary = times.summary_at(Duration::from_secs(20));
        assert_eq!(summary.recent_seconds, 20);
        let (recent, _) = &summary.all;
        assert_eq!((recent.requests, recent.client_errors, recent.server_errors), (102, 0, 1));
        // The percentiles of 1, 1, 2, 3 … 100 and 7,000 ms.
        for (found, exact) in [(recent.p50_ms, 50.0), (recent.p95_ms, 96.0), (recent.p99_ms, 100.0)]
        {
            let found: f64 = found.expect("some");
            assert!((found - exact).abs() <= exact / 32.0, "{found} for {exact}");
        }
    }

    #[test]
    fn requests_that_fit_no_operation_are_one_series() {
        let times = Arc::new(ResponseTimes::default());
        record(&times, "/a", &Method::GET, 200, 1);
        record(&times, "/a", &Method::PUT, 405, 1);
        record(&times, "/a", &Method::from_bytes(b"BREW").expect("a method"), 405, 1);
        record(&times, "other", &Method::GET, 404, 1);
        let counted = [("/a".to_owned(), "GET", 1), ("other".to_owned(), "other", 3)];
        assert_eq!(requests(&times), counted);
    }

    #[test]
    fn series_are_bounded_and_what_has_none_counts_as_other() {
        let times = Arc::new(ResponseTimes::default());
        for number in 0..1_000 {
            record(&times, &format!("/{number}"), &Method::GET, 200, 1);
        }
        let counted = requests(&times);
        assert_eq!(counted.len(), MAX_SERIES);
        let other = counted.iter().find(|(route, ..)| route == OTHER).expect("there");
        assert_eq!(other.2, 1_000 - 255);
    }

    #[test]
    fn a_summary_is_computed_once_for_concurrent_callers() {
        let times = Arc::new(ResponseTimes::default());
        record(&times, "/a", &Method::GET, 200, 1);
        let requests_at =
            |seconds| times.fresh_summary(Duration::from_secs(seconds)).all.1.requests;
        assert_eq!(requests_at(10), 1);
        record(&times, "/a", &Method::GET, 200, 1);
        assert_eq!([10, 11, 12, 13].map(requests_at), [1, 1, 2, 2]);
    }

    #[test]
    fn two_servers_of_a_process_count_apart() {
        let [one, two] = [Arc::new(ResponseTimes::default()), Arc::new(ResponseTimes::default())];
        record(&one, "/a", &Method::GET, 200, 1);
        record(&one, "/a", &Method::GET, 200, 1);
        record(&two, "/a", &Method::GET, 200, 1);
        assert_eq!(requests(&one)[0].2, 2);
        assert_eq!(requests(&two)[0].2, 1);
    }
}
