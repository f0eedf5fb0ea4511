//! `GET /api/projects/{project_id}/visitor-retention`: whether visitors come back.

use axum::extract::State;
use domain::question::acquisition::AcquisitionBy;
use domain::question::visitor_retention::{
    CohortCalendar, GroupValue, RetentionAnswer, RetentionAverage, RetentionGroup, RetentionUnit,
    VisitorAction, VisitorGrouping, VisitorRetention,
};
use domain::question::{
    FilterCondition, FilterDimension, FilterLevel, FilterOperator, Filters, Scope,
};
use domain::zone::Zone;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::filters::{invalid, read_filters};
use super::scope::{PeriodQuery, choice, local_period};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Which visitors, and by which action they return.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct VisitorRetentionQuery {
    /// `day` (default), `week` (from Monday) or `month`, of the project's time zone.
    unit: Option<String>,
    /// A cohort are visitors who did this for the first time: `visit` (default) or `conversion`.
    first: Option<String>,
    /// They return by this: `visit` (default) or `conversion`.
    #[serde(rename = "return")]
    returning: Option<String>,
    /// Also group visitors by this value of the visit in which they did it for the first time, as acquisition defines it:
    /// `channel`, `referrer`, `utm_source`, `utm_medium`, `utm_campaign`, `entry_path`, `exit_path`, `country`, `city`, `device`,
    /// `browser`, `os` or `viewport`.
    by: Option<String>,
    /// With `by`: only visitors with this value count, everywhere in the answer; an empty one stands for visitors without.
    value: Option<String>,
    /// Browser family. Visitors with an event that meets all of these filters.
    browser: Option<String>,
    /// Operating system family.
    os: Option<String>,
    /// `desktop`, `mobile` or `tablet`.
    device: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// More filters, as elsewhere, of events only: visitors with an event that meets them all, and without one that `!=` or
    /// `!~` excludes.
    filters: Option<String>,
    /// Also count bots.
    include_bots: Option<bool>,
}

/// How many visitors come back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VisitorRetention)]
pub(crate) struct ReturnFigures {
    /// As in the request.
    unit: &'static str,
    /// The IANA time zone of the units: the project's.
    time_zone: &'static str,
    first: &'static str,
    returning: &'static str,
    /// As in the request; null where visitors are not grouped.
    by: Option<&'static str>,
    /// One for each unit that the period touches and that has begun, in order.
    cohorts: Vec<CohortAnswer>,
    /// Over all cohorts for which that unit is over; offsets that no visitor could reach are left out.
    average: Vec<RetentionAverageAnswer>,
    /// The visitors of all cohorts by the value of `by`: the ten values with most visitors, first the most, then visitors
    /// without one, then all others. Each visitor is in one group. Empty without `by`.
    groups: Vec<RetentionGroupAnswer>,
    /// Orders and bookings in these units that belong to no visitor; 0 where conversions do not matter.
    unattributed_conversions: u64,
}

/// Visitors whose first visit, or conversion, of all stored events lies in one unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cohort)]
pub(crate) struct CohortAnswer {
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
    visitors: u64,
    /// Of these, the ones who return in this unit, in the next, and so on to the last that has begun.
    returned: Vec<u64>,
    /// Whether the last of these units goes on.
    is_last_partial: bool,
}

/// Visitors who return after some units.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionAverage)]
pub(crate) struct RetentionAverageAnswer {
    /// Units after their first, from 0, the unit of the first itself.
    offset: usize,
    /// 0 to 1.
    share: f64,
    /// Its 95 % interval, by Wilson.
    low: f64,
    high: f64,
    /// Visitors that it is about.
    visitors: u64,
    /// Of these, the ones who return.
    returned: u64,
}

/// Visitors with one value of the visit in which they came, ordered or booked first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionGroup)]
pub(crate) struct RetentionGroupAnswer {
    /// Null of visitors without one, or whose first visit is unknown, and of all others.
    value: Option<String>,
    /// Whether these are the visitors with all values that have no group of their own.
    is_other: bool,
    visitors: u64,
    /// As that of all visitors; offsets that no visitor of the group could reach are left out.
    average: Vec<RetentionAverageAnswer>,
}

const UNITS: [(&str, RetentionUnit); 3] =
    [("day", RetentionUnit::Day), ("week", RetentionUnit::Week), ("month", RetentionUnit::Month)];
const ACTIONS: [(&str, VisitorAction); 2] =
    [("visit", VisitorAction::Visit), ("conversion", VisitorAction::Conversion)];

/// The name of one of these values.
fn name_of<T: PartialEq>(value: &T, values: &[(&'static str, T)]) -> &'static str {
    values.iter().find(|(_, it)| it == value).map_or("", |(name, _)| name)
}

impl ReturnFigures {
    fn new(
        zone: Zone,
        unit: RetentionUnit,
        retention: &VisitorRetention,
        answer: RetentionAnswer,
    ) -> Self {
        let is_last_partial = answer.is_last_partial;
        let cohorts = answer.cohorts.into_iter().map(|cohort| CohortAnswer {
            from: cohort.from.to_rfc3339(),
            to: cohort.to.to_rfc3339(),
            visitors: cohort.visitors,
            returned: cohort.returned,
            is_last_partial,
        });
        Self {
            unit: name_of(&unit, &UNITS),
            time_zone: zone.name(),
            first: name_of(&retention.first, &ACTIONS),
            returning: name_of(&retention.returning, &ACTIONS),
            by: retention.grouping.as_ref().map(|grouping| grouping.by.as_str()),
            cohorts: cohorts.collect(),
            average: answer.average.into_iter().map(Into::into).collect(),
            groups: answer.groups.into_iter().map(Into::into).collect(),
            unattributed_conversions: answer.unattributed_conversions,
        }
    }
}

impl From<RetentionAverage> for RetentionAverageAnswer {
    fn from(average: RetentionAverage) -> Self {
        Self {
            offset: average.offset,
            share: average.share,
            low: average.low,
            high: average.high,
            visitors: average.visitors,
            returned: average.returned,
        }
    }
}

impl From<RetentionGroup> for RetentionGroupAnswer {
    fn from(group: RetentionGroup) -> Self {
        let is_other = group.value == GroupValue::Others;
        let value = match group.value {
            GroupValue::Value(value) => Some(value),
            GroupValue::Without | GroupValue::Others => None,
        };
        let average = group.average.into_iter().map(Into::into).collect();
        Self { value, is_other, visitors: group.visitors, average }
    }
}

/// How visitors are grouped.
fn grouping(by: Option<String>, value: Option<String>) -> Result<Option<VisitorGrouping>, Error> {
    let names = AcquisitionBy::ALL.map(|by| (by.as_str(), by));
    let Some(by) = choice("by", by, &names)? else {
        if value.is_some() {
            let detail = "value is one of the values that by groups visitors by: name by, too";
            return Err(engine::Error::invalid("value", detail).into());
        }
        return Ok(None);
    };
    if let Some(text) = value.as_ref().filter(|text| !text.is_empty()) {
        FilterCondition::new(by.dimension(), FilterOperator::Is, vec![text.clone()])
            .map_err(|error| invalid("value", &error))?;
    }
    Ok(Some(VisitorGrouping { by, only: value }))
}

/// Whether visitors come back, by the unit of their first visit.
///
/// Units are the whole days, weeks or months that the period touches, 200 at most. A visitor whose first visit (or
/// conversion) lies before them belongs to no cohort. An order or booking that names no visitor belongs to the one that its
/// session names last. With `by`, visitors are also grouped by a value of the visit in which they came, ordered or booked first,
/// in the unit of their cohort: so groups add up to cohorts.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/visitor-retention", tag = "Questions", operation_id = "visitor_retention",
    params(("project_id" = uuid::Uuid, Path), PeriodQuery, VisitorRetentionQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = ReturnFigures), Viewer, Unprocessable),
)]
pub(super) async fn visitor_retention(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(period): Query<PeriodQuery>,
    Query(query): Query<VisitorRetentionQuery>,
) -> Result<Json<ReturnFigures>, Error> {
    let period = local_period(&period, &app, allowed.project_id).await?;
    let unit = choice("unit", query.unit, &UNITS)?.unwrap_or_default();
    let calendar = CohortCalendar::of(period, unit)
        .map_err(|error| engine::Error::invalid("unit", error.to_string()))?;
    let retention = VisitorRetention {
        calendar,
        first: choice("first", query.first, &ACTIONS)?.unwrap_or_default(),
        returning: choice("return", query.returning, &ACTIONS)?.unwrap_or_default(),
        grouping: grouping(query.by, query.value)?,
    };
    let own = [
        (FilterDimension::Browser, query.browser),
        (FilterDimension::Os, query.os),
        (FilterDimension::Device, query.device),
        (FilterDimension::Country, query.country),
    ];
    let list = read_filters(own, query.filters.as_deref())?;
    let is_of_events = |filter: &&FilterCondition| filter.dimension().level() == FilterLevel::Event;
    if let Some(other) = list.iter().find(|filter| !is_of_events(filter)) {
        let dimension = other.dimension();
        let detail =
            format!("filters: {dimension} cannot filter visitors, only dimensions of events");
        return Err(engine::Error::invalid("filters", detail).into());
    }
    let include_bots = query.include_bots.unwrap_or(false);
    let filters = Filters { list, include_bots, ..Filters::default() };
    let scope = Scope { project_id: allowed.project_id, period, filters };
    let now = app.clock.now();
    let answer = app.analytics.permit().await?.visitor_retention(&scope, &retention, now).await?;
    Ok(Json(ReturnFigures::new(period.zone(), unit, &retention, answer)))
}
