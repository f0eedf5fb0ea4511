//! A funnel of what the generator makes; `duckdb.py` has the same one.

use domain::question::funnel::{
    DEFAULT_WINDOW_SECONDS, Funnel, FunnelOrder, FunnelStep, PathPattern, StepMatcher,
};
use engine::ports::lake::Error;

/// The element that is clicked most on the page with most views.
const SELECTOR: &str = "main > section.offers > div.card:nth-child(0) > button.buy-0";

/// Any page of the catalogue, its first page, and the first button there, within a day.
pub(super) fn funnel() -> Result<Funnel, Error> {
    let path = |text| PathPattern::parse(text).map_err(|error| Error::Internal(Box::new(error)));
    let click = StepMatcher::Click { selector: SELECTOR.to_owned(), path: None };
    let matchers = [
        StepMatcher::Page(path("/catalogue/*")?),
        StepMatcher::Page(path("/catalogue/page-0")?),
        click,
    ];
    let steps = matchers.map(|matcher| FunnelStep { matcher, label: None }).into();
    Funnel::new(steps, DEFAULT_WINDOW_SECONDS, FunnelOrder::Ordered)
        .map_err(|error| Error::Internal(Box::new(error)))
}
