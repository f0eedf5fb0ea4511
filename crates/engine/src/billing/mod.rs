//! Billing use cases: usage, tariffs, closed months and their adjustments.
//!
//! A closed month's usage is what it was when it was closed: every later change of one of its calls
//! is an adjustment, listed beside it and never added in.

mod report;
mod sessions;
mod usage_periods;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::billing::{Calendar, Measure, Month, Tariff};
use domain::clock::Clock;
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;
use domain::zone::Zone;

use crate::Error;
use crate::ports::catalog::{
    Adjustment, AdjustmentCursor, BillingPeriod, BillingStore, CallFilter, CallStore, CallTotals,
};

pub use report::{SessionCursor, UsageBucket, UsageGrouping, UsageReport, UsageRow, UsageTimes};

/// The highest price of a unit, in minor units: beyond it amounts of long calls could not be counted.
const MAX_PRICE_MINOR: i64 = 1_000_000_000;
/// Free seconds of a call at most: a day.
const MAX_FREE_SECONDS: u32 = 86_400;

const DAY_SECONDS: i64 = 86_400;
/// How far back the first call is looked for: as long as a period may be, and longer than any retention.
const LONGEST_DAYS: i64 = 775;

/// The use cases around billing. The caller has authorised the member.
pub struct BillingService {
    calls: Arc<dyn CallStore>,
    store: Arc<dyn BillingStore>,
    clock: Arc<dyn Clock>,
}

/// By which tariff the calls of each month are charged.
struct TariffSchedule {
    current: Option<Tariff>,
    calendar: Calendar,
    closed: BTreeMap<Month, Tariff>,
}

impl TariffSchedule {
    /// The tariff of the calls that begin at an instant.
    fn of(&self, at: Timestamp) -> Option<&Tariff> {
        let closed = self.calendar.closed_at(at).and_then(|closed| self.closed.get(&closed.month));
        closed.or(self.current.as_ref())
    }
}

impl BillingService {
    /// Puts the parts together.
    pub fn new(
        calls: Arc<dyn CallStore>,
        store: Arc<dyn BillingStore>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { calls, store, clock }
    }

    /// The usage of the calls begun within a period. By session it comes in pages of `limit` sessions,
    /// the totals then being the page's.
    pub async fn usage(
        &self,
        project: ProjectId,
        filter: CallFilter,
        group: UsageGrouping,
        (after, limit): (Option<SessionCursor>, u32),
    ) -> Result<UsageReport, Error> {
        let tariffs = self.tariffs(project, filter.period.zone()).await?;
        let adjustments = self.store.adjustments(project, filter.period).await?;
        let periods = match group {
            UsageGrouping::Session => {
                let page = sessions::Page::new(&tariffs, adjustments, limit);
                return page.read(&*self.calls, project, filter, after).await;
            }
            UsageGrouping::Day => usage_periods::days(filter.period, &tariffs.calendar),
            UsageGrouping::Month => usage_periods::months(filter.period, &tariffs.calendar),
        };
        usage_periods::report(&*self.calls, project, filter, &tariffs, &adjustments, periods).await
    }

    /// When the first of a project's calls began; none without calls.
    pub async fn first_call_at(&self, project: ProjectId) -> Result<Option<Timestamp>, Error> {
        // A client's clock may be ahead of ours.
        let to = self.clock.now().plus_seconds(DAY_SECONDS);
        let Ok(period) = Period::new(to.plus_seconds(-LONGEST_DAYS * DAY_SECONDS), to) else {
            return Ok(None);
        };
        let filter = CallFilter { period, widget_id: None, differing_only: false };
        let first = self.calls.calls(project, filter, None, 1).await?;
        Ok(first.first().map(|stored| stored.call.started_at))
    }

    /// How many of the calls begun within a period have an end, and a real one.
    pub async fn completion(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<CallTotals, Error> {
        let filter = CallFilter { period, widget_id: None, differing_only: false };
        let totals = self.calls.totals(project, &[(filter, Measure::SECONDS)]).await?;
        Ok(totals.first().copied().unwrap_or_default())
    }

    async fn tariffs(&self, project: ProjectId, zone: Zone) -> Result<TariffSchedule, Error> {
        let current = self.store.tariff(project).await?;
        let periods = self.store.periods(project).await?;
        let calendar = Calendar::new(zone, periods.iter().map(|period| period.month));
        let closed =
            periods.into_iter().map(|period| (period.month.month, period.tariff)).collect();
        Ok(TariffSchedule { current, calendar, closed })
    }

    /// A project's tariff.
    pub async fn tariff(&self, project: ProjectId) -> Result<Option<Tariff>, Error> {
        Ok(self.store.tariff(project).await?)
    }

    /// Sets a project's tariff: by it every month not closed yet is charged. Its currency stays once
    /// a month has been closed, so that amounts of all months add up.
    pub async fn set_tariff(&self, project: ProjectId, tariff: Tariff) -> Result<Tariff, Error> {
        if !(0..=MAX_PRICE_MINOR).contains(&tariff.price_minor) {
            let detail = format!("price_minor must be between 0 and {MAX_PRICE_MINOR}");
            return Err(Error::invalid("price_minor", detail));
        }
        if tariff.free_seconds > MAX_FREE_SECONDS {
            let detail = format!("free_seconds must be between 0 and {MAX_FREE_SECONDS}");
            return Err(Error::invalid("free_seconds", detail));
        }
        let periods = self.store.periods(project).await?;
        if let Some(closed) = periods.iter().find(|p| p.tariff.currency != tariff.currency) {
            let currency = closed.tariff.currency.as_str();
            return Err(Error::Conflict(format!(
                "currency must stay {currency}: {} was closed with it",
                closed.month.month
            )));
        }
        self.store.set_tariff(project, &tariff).await?;
        Ok(tariff)
    }

    /// Closes a month of the project's zone that has passed.
    pub async fn close(
        &self,
        project: ProjectId,
        month: Month,
        zone: Zone,
    ) -> Result<BillingPeriod, Error> {
        let now = self.clock.now();
        let periods = self.store.periods(project).await?;
        let calendar = Calendar::new(zone, periods.iter().map(|period| period.month));
        let month = calendar.closing(month);
        if now < month.ends_at {
            return Err(Error::invalid(
                "month",
                "month has not ended yet; close it after its last day",
            ));
        }
        let tariff = self.store.tariff(project).await?;
        let tariff = tariff.ok_or_else(|| {
            Error::Conflict("the project has no tariff; set one before closing a month".to_owned())
        })?;
        Ok(self.store.close(project, month, &tariff, now).await?)
    }

    /// A project's closed months, latest first.
    pub async fn periods(&self, project: ProjectId) -> Result<Vec<BillingPeriod>, Error> {
        Ok(self.store.periods(project).await?)
    }

    /// A project's adjustments, latest first.
    pub async fn adjustments(
        &self,
        project: ProjectId,
        after: Option<AdjustmentCursor>,
        limit: u32,
    ) -> Result<Vec<Adjustment>, Error> {
        Ok(self.store.list_adjustments(project, after, limit).await?)
    }
}

impl std::fmt::Debug for BillingService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BillingService").finish_non_exhaustive()
    }
}
