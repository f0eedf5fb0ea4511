//! Query parameters shared by all questions.

use domain::id::ProjectId;
use domain::question::{
    FilterCondition, FilterDimension, Filters, PageRange, Period, Scope, SessionBehavior,
};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

use super::filters::{read_filters, recorded_sessions};
use crate::cursor;
use crate::error::Error;
use crate::state::App;

/// The period when none is given: the last 7 days, in seconds.
const DEFAULT_PERIOD_SECONDS: i64 = 7 * 86_400;

/// A period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeriodQuery {
    /// The first instant, RFC 3339 or milliseconds; 7 days before `to` by default.
    from: Option<String>,
    /// The first instant after the period; now by default.
    to: Option<String>,
}

/// A period and filters. Only events that match every given filter count.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[schema(as = PeriodAndFilters)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScopeQuery {
    /// The first instant, RFC 3339 or milliseconds; 7 days before `to` by default.
    from: Option<String>,
    /// The first instant after the period; now by default.
    to: Option<String>,
    /// Page path, exactly.
    path: Option<String>,
    /// Element selector, exactly. Narrows friction only, to what an element's row counts: errors have groups.
    selector: Option<String>,
    /// Group of errors with one cause. Narrows friction only, to what the group's row counts: the clicks before
    /// its errors (`error_click`) belong to their elements.
    error_group: Option<String>,
    /// Kind of friction, such as `rage_click`. Narrows friction only.
    friction_kind: Option<String>,
    /// Browser family.
    browser: Option<String>,
    /// Operating system family.
    os: Option<String>,
    /// `desktop`, `mobile` or `tablet`; `program` for curl, a server and their like.
    device: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// City, exactly.
    city: Option<String>,
    /// Path of the visit's first page, exactly.
    entry_path: Option<String>,
    /// Path of the visit's last page, exactly.
    exit_path: Option<String>,
    /// Host that led to the visit's first page, such as `www.google.com`.
    referrer: Option<String>,
    /// `utm_source`, exactly; the first of the visit.
    utm_source: Option<String>,
    /// `utm_medium`, exactly; the first of the visit.
    utm_medium: Option<String>,
    /// `utm_campaign`, exactly; the first of the visit.
    utm_campaign: Option<String>,
    /// More filters, all of which hold, each a dimension, an operator and values: `browser!=Chrome,Safari;path~checkout`.
    /// Operators: `=` one of the values, `!=` none of them, `~` contains one of them, whatever the letters' case, `!~` contains
    /// none. `\` stands before a `,`, `;` or `\` of a value.
    ///
    /// Events: `path`, `browser`, `os`, `device`, `country`, `region`, `city`. Questions about visits take those with an event
    /// that meets these filters, and without one that `!=` or `!~` excludes.
    ///
    /// Visits, of which all events count: `entry_path`, `exit_path`, `referrer`, `utm_source`, `utm_medium`, `utm_campaign`,
    /// `utm_term`, `utm_content`, where an empty value stands for visits without one; `channel` and `viewport`, as in
    /// acquisition; `session`: what a visit did, `friction` or a kind of it, `converted`, `ordered`, `booked`, `engaged`,
    /// `bounced`, `recorded` (of the 10,000 recorded last), `new_visitor` (the visitor's first stored visit) or
    /// `returning_visitor`.
    ///
    /// Friction only: `friction_kind`, `selector`, `error_group`.
    ///
    /// At most 20 filters with 100 values each, 2,048 bytes a value, 16,384 bytes in all.
    filters: Option<String>,
    /// Also count bots.
    include_bots: Option<bool>,
    /// Also count rage clicks that the page answered (severity `low`).
    include_answered: Option<bool>,
}

/// Which rows of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SliceQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The period an answer covers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodAnswer {
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
    /// Width of a bucket of its time series: an hour or a day. Days on which the clocks are changed are
    /// shorter or longer.
    bucket_seconds: i64,
    /// The IANA time zone of its buckets: the project's.
    time_zone: &'static str,
    /// The first instant of the period that it is compared with: the same weekdays and hours, one or
    /// more whole weeks earlier.
    #[schema(format = DateTime)]
    previous_from: String,
    /// The first instant after that period.
    #[schema(format = DateTime)]
    previous_to: String,
}

impl From<Period> for PeriodAnswer {
    fn from(period: Period) -> Self {
        Self {
            from: period.from().to_rfc3339(),
            to: period.to().to_rfc3339(),
            bucket_seconds: period.bucket_seconds(),
            time_zone: period.zone().name(),
            previous_from: period.previous().from().to_rfc3339(),
            previous_to: period.previous().to().to_rfc3339(),
        }
    }
}

impl PeriodQuery {
    /// A period of a query with other parameters beside.
    pub(crate) fn new(from: Option<String>, to: Option<String>) -> Self {
        Self { from, to }
    }
}

/// The period a query names, in UTC.
pub(crate) fn period(query: &PeriodQuery, now: Timestamp) -> Result<Period, Error> {
    read_period(query.from.as_deref(), query.to.as_deref(), now)
}

/// The period a query names, with the days of the project's time zone.
pub(crate) async fn local_period(
    query: &PeriodQuery,
    app: &App,
    project: ProjectId,
) -> Result<Period, Error> {
    let period = period(query, app.clock.now())?;
    Ok(period.in_zone(app.project_settings.time_zone(project).await?))
}

fn read_period(from: Option<&str>, to: Option<&str>, now: Timestamp) -> Result<Period, Error> {
    let read = |field: &'static str, text: &str| {
        Timestamp::parse(text).map_err(|error| Error::invalid(field, format!("{field} is {error}")))
    };
    let to = to.map(|text| read("to", text)).transpose()?.unwrap_or(now);
    let from = from
        .map(|text| read("from", text))
        .transpose()?
        .unwrap_or_else(|| to.plus_seconds(-DEFAULT_PERIOD_SECONDS));
    Period::new(from, to).map_err(|error| Error::invalid("from", error.to_string()))
}

/// The filters among the search parameters of a page, read as its questions read them, and so its period where it names
/// instants. Other parameters are the page's own.
pub(crate) fn read_page_filters(
    search: &str,
    now: Timestamp,
) -> Result<Vec<FilterCondition>, Error> {
    if search.starts_with('?') {
        return Err(Error::invalid("search", "leave out the ? before the first parameter"));
    }
    let query: ScopeQuery = serde_urlencoded::from_str(search)
        .map_err(|error| Error::invalid("search", error.to_string()))?;
    if query.from.is_some() || query.to.is_some() {
        read_period(query.from.as_deref(), query.to.as_deref(), now)?;
    }
    let own = ScopeQuery::default().own_filters().map(|(dimension, _)| dimension);
    for (name, value) in form_urlencoded::parse(search.as_bytes()) {
        let dimension = FilterDimension::parse(&name).filter(|_| !value.is_empty());
        // Questions would leave it out, and show what the page is to hide.
        if dimension.is_some_and(|dimension| !own.contains(&dimension)) {
            let detail = format!("{name} is no parameter of its own: write it in filters");
            return Err(Error::invalid("search", detail));
        }
    }
    query.filters()
}

impl ScopeQuery {
    /// The scope within a project, in its time zone.
    pub(super) async fn scope(self, app: &App, project_id: ProjectId) -> Result<Scope, Error> {
        let period = read_period(self.from.as_deref(), self.to.as_deref(), app.clock.now())?;
        let period = period.in_zone(app.project_settings.time_zone(project_id).await?);
        let mut filters = Filters {
            include_bots: self.include_bots.unwrap_or(false),
            include_answered: self.include_answered.unwrap_or(false),
            ..Filters::default()
        };
        filters.list = self.filters()?;
        let mut scope = Scope { project_id, period, filters };
        if scope.filters.has_behavior(|it| it == SessionBehavior::Recorded) {
            scope.filters.recorded_sessions = Some(recorded_sessions(app, &scope).await?);
        }
        Ok(scope)
    }

    fn filters(mut self) -> Result<Vec<FilterCondition>, Error> {
        let text = self.filters.take();
        read_filters(self.own_filters(), text.as_deref())
    }

    /// The filters with a parameter of their own.
    fn own_filters(self) -> [(FilterDimension, Option<String>); 15] {
        [
            (FilterDimension::Path, self.path),
            (FilterDimension::Selector, self.selector),
            (FilterDimension::ErrorGroup, self.error_group),
            (FilterDimension::FrictionKind, self.friction_kind),
            (FilterDimension::Browser, self.browser),
            (FilterDimension::Os, self.os),
            (FilterDimension::Device, self.device),
            (FilterDimension::Country, self.country),
            (FilterDimension::City, self.city),
            (FilterDimension::EntryPath, self.entry_path),
            (FilterDimension::ExitPath, self.exit_path),
            (FilterDimension::Referrer, self.referrer),
            (FilterDimension::UtmSource, self.utm_source),
            (FilterDimension::UtmMedium, self.utm_medium),
            (FilterDimension::UtmCampaign, self.utm_campaign),
        ]
    }
}

/// A parameter without a value is none.
pub(super) fn non_empty(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// The value that a parameter names; none without a name.
pub(super) fn choice<T: Copy>(
    field: &'static str,
    name: Option<String>,
    values: &[(&'static str, T)],
) -> Result<Option<T>, Error> {
    let Some(name) = non_empty(name) else { return Ok(None) };
    let found = values.iter().find(|(value, _)| *value == name).map(|(_, value)| *value);
    let names = || values.iter().map(|(name, _)| *name).collect();
    found.map(Some).ok_or_else(|| Error::not_allowed(field, names()))
}

impl SliceQuery {
    /// Rows of a list that are asked for unless said otherwise.
    const DEFAULT_LIMIT: u32 = 50;

    /// The cursor that was sent.
    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// The number of rows that are asked for.
    pub(super) fn limit(&self) -> u32 {
        self.limit.unwrap_or(Self::DEFAULT_LIMIT)
    }

    /// The slice of the list of this name. A cursor is the offset of its page.
    pub(super) fn slice(&self, list: &str) -> Result<PageRange, Error> {
        let offset = cursor::read(list, self.cursor.as_deref())?.unwrap_or(0);
        Ok(PageRange::new(offset, self.limit()))
    }
}

/// The cursor of the page after `slice`, of which `rows` were found; none on the last.
pub(super) fn next_cursor<T>(
    list: &str,
    slice: PageRange,
    rows: &[T],
) -> Result<Option<String>, Error> {
    let next = slice.offset.saturating_add(slice.limit());
    cursor::next(list, rows, slice.limit(), |_| next)
}
