//! Revenue: the amounts that the rules count as such, by day.

use std::collections::BTreeMap;

use domain::crm::Counter;
use domain::id::ProjectId;
use domain::money::{Currency, Money};
use domain::question::Period;

use super::CrmService;
use crate::Error;

/// What came in on one day in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRevenue {
    /// The date, in days since 1970-01-01.
    pub day: i32,
    /// Events that count as revenue.
    pub bookings: u64,
    /// Their sum.
    pub revenue: Money,
}

impl CrmService {
    /// Revenue by day of the period's zone and currency, ordered by both. Each amount counts by the rules in force when it occurred, as it does for its
    /// contact.
    pub async fn revenue(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<Vec<DayRevenue>, Error> {
        let rules = self.parts.facts.rules(project).await?;
        let mut days: BTreeMap<(i32, Currency), (u64, i64)> = BTreeMap::new();
        for row in self.parts.contacts.amounts(project, period.from(), period.to()).await? {
            let rule = rules.at(row.occurred_at).rule(&row.name);
            if rule.is_some_and(|rule| rule.counts.contains(&Counter::TotalRevenue)) {
                let key = (period.zone().day(row.occurred_at), row.amount.currency);
                let (count, sum) = days.entry(key).or_default();
                *count += 1;
                *sum = sum.saturating_add(row.amount.minor);
            }
        }
        let days = days.into_iter().map(|((day, currency), (bookings, minor))| DayRevenue {
            day,
            bookings,
            revenue: Money { minor, currency },
        });
        Ok(days.collect())
    }
}
