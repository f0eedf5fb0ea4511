//! How engaged are visits, and what do they bring?
//!
//! # Definitions
//!
//! Sessions, engaged sessions, conversions and revenue are defined by [`super::acquisition`], whose totals for the same scope
//! and filters are equal. In a series a session belongs to the bucket in which it begins, as far as it lies in the
//! period; its conversions and their amounts belong to the buckets in which they happened. So all buckets add up to the
//! totals, and a share of sessions is of the same sessions below and above the line.

use std::collections::BTreeMap;

use super::acquisition::is_engaged;
use super::{Conversion, SeriesBuckets};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Figures of some sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngagementFigures {
    /// Sessions.
    pub sessions: u64,
    /// Engaged sessions.
    pub engaged_sessions: u64,
    /// Sessions with an order or booking.
    pub converting_sessions: u64,
    /// Orders and bookings.
    pub conversions: u64,
    /// Their amounts, one for each currency, by its code.
    pub revenue: Vec<Money>,
}

/// Figures of one bucket of a time series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngagementBucket {
    /// Its beginning.
    pub at: Timestamp,
    /// The figures.
    pub figures: EngagementFigures,
}

/// Totals and series of a period and of the one it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Over the period.
    pub totals: EngagementFigures,
    /// Over the period it is compared with.
    pub previous: EngagementFigures,
    /// One entry for every bucket of the period, also for empty ones, in order.
    pub series: Vec<EngagementBucket>,
    /// The same for the period it is compared with.
    pub previous_series: Vec<EngagementBucket>,
    /// Orders and bookings of the period that name no session: they are in no figure.
    pub unattributed_conversions: u64,
}

/// A session, as far as it lies in one of the two periods.
#[derive(Debug, Clone, Copy)]
pub struct EngagedSession<'a> {
    /// When it begins.
    pub begins: Timestamp,
    /// From its first to its last event.
    pub duration_micros: i64,
    /// Page views.
    pub page_views: u64,
    /// Its orders and bookings, of the same period.
    pub conversions: &'a [Conversion],
}

/// Sessions counted so far.
#[derive(Debug)]
pub struct EngagementTally<'a> {
    buckets: &'a SeriesBuckets,
    /// Of the period before, and of the period.
    totals: [Sums; 2],
    previous_series: Vec<Sums>,
    series: Vec<Sums>,
}

#[derive(Debug, Clone, Default)]
struct Sums {
    figures: EngagementFigures,
    revenue: BTreeMap<Currency, i64>,
}

impl<'a> EngagementTally<'a> {
    /// Without any session.
    pub fn new(buckets: &'a SeriesBuckets) -> Self {
        Self {
            buckets,
            totals: [Sums::default(), Sums::default()],
            previous_series: vec![Sums::default(); buckets.previous().len()],
            series: vec![Sums::default(); buckets.current().len()],
        }
    }

    /// Adds a session.
    pub fn add(&mut self, session: &EngagedSession<'_>) {
        let conversions = session.conversions.len() as u64;
        let counted = EngagementFigures {
            sessions: 1,
            engaged_sessions: u64::from(is_engaged(
                session.duration_micros,
                session.page_views,
                conversions,
            )),
            converting_sessions: u64::from(conversions > 0),
            ..EngagementFigures::default()
        };
        self.at(session.begins, |sums| sums.add_session(&counted));
        for conversion in session.conversions {
            self.at(conversion.at, |sums| sums.add_conversion(conversion));
        }
    }

    /// Changes the total and the bucket of an instant.
    fn at(&mut self, at: Timestamp, change: impl Fn(&mut Sums)) {
        let number = self.buckets.number(at);
        let (series, index) = if number >= 0 {
            (&mut self.series, number)
        } else {
            (&mut self.previous_series, -1 - number)
        };
        change(&mut self.totals[usize::from(number >= 0)]);
        let bucket = usize::try_from(index).ok().and_then(|index| series.get_mut(index));
        if let Some(bucket) = bucket {
            change(bucket);
        }
    }

    /// The answer.
    pub fn finish(self, unattributed_conversions: u64) -> Engagement {
        let series = |starts: &[Timestamp], sums: Vec<Sums>| {
            let bucket = |(at, sums): (&Timestamp, Sums)| EngagementBucket {
                at: *at,
                figures: sums.finish(),
            };
            starts.iter().zip(sums).map(bucket).collect()
        };
        let [previous, totals] = self.totals.map(Sums::finish);
        Engagement {
            totals,
            previous,
            series: series(self.buckets.current(), self.series),
            previous_series: series(self.buckets.previous(), self.previous_series),
            unattributed_conversions,
        }
    }
}

impl Sums {
    const fn add_session(&mut self, counted: &EngagementFigures) {
        self.figures.sessions += counted.sessions;
        self.figures.engaged_sessions += counted.engaged_sessions;
        self.figures.converting_sessions += counted.converting_sessions;
    }

    fn add_conversion(&mut self, conversion: &Conversion) {
        self.figures.conversions += 1;
        if let Some(amount) = &conversion.amount {
            let sum = self.revenue.entry(amount.currency.clone()).or_default();
            *sum = sum.saturating_add(amount.minor);
        }
    }

    fn finish(self) -> EngagementFigures {
        let revenue = self.revenue.into_iter();
        let revenue = revenue.map(|(currency, minor)| Money { minor, currency }).collect();
        EngagementFigures { revenue, ..self.figures }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::Period;
    use crate::question::funnel::PurchaseKind;

    const HOUR: i64 = 3_600;
    const WEEK: i64 = 7 * 86_400;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(20_000 * 86_400 + seconds)
    }

    fn bought(seconds: i64, minor: i64, code: &str) -> Conversion {
        let currency = Currency::parse(code).expect("a currency");
        let amount = Some(Money { minor, currency });
        Conversion {
            kind: PurchaseKind::Order,
            at: at(seconds),
            session: Some(1),
            visitor: None,
            amount,
        }
    }

    fn session(begins: i64, conversions: &[Conversion]) -> EngagedSession<'_> {
        EngagedSession {
            begins: at(begins),
            duration_micros: 5_000_000,
            page_views: 1,
            conversions,
        }
    }

    fn figures(counts: [u64; 4], revenue: &[(i64, &str)]) -> EngagementFigures {
        let [sessions, engaged_sessions, converting_sessions, conversions] = counts;
        let money = |(minor, code): &(i64, &str)| Money {
            minor: *minor,
            currency: Currency::parse(code).expect("a currency"),
        };
        let revenue = revenue.iter().map(money).collect();
        EngagementFigures { sessions, engaged_sessions, converting_sessions, conversions, revenue }
    }

    /// Three hours: a bounce in the first; in the same a visit that buys in it and in the next; one of two pages in the last.
    #[test]
    fn a_session_counts_where_it_begins_and_its_conversions_where_they_happen() {
        let period = Period::new(at(0), at(3 * HOUR)).expect("a period");
        let buckets = SeriesBuckets::of(period);
        let mut tally = EngagementTally::new(&buckets);
        let both = [bought(HOUR - 1, 500, "TZS"), bought(HOUR, 250, "TZS")];
        let euros = [bought(-WEEK, 99, "EUR")];
        tally.add(&session(10, &[]));
        tally.add(&session(HOUR - 60, &both));
        tally.add(&EngagedSession { page_views: 2, ..session(3 * HOUR - 1, &[]) });
        tally.add(&session(-WEEK, &euros));
        let found = tally.finish(3);
        let in_series: Vec<EngagementFigures> =
            found.series.iter().map(|bucket| bucket.figures.clone()).collect();
        assert_eq!(
            in_series,
            [
                figures([2, 1, 1, 1], &[(500, "TZS")]),
                figures([0, 0, 0, 1], &[(250, "TZS")]),
                figures([1, 1, 0, 0], &[]),
            ]
        );
        assert_eq!(found.totals, figures([3, 2, 1, 2], &[(750, "TZS")]));
        assert_eq!(found.previous, figures([1, 1, 1, 1], &[(99, "EUR")]));
        assert_eq!(found.previous_series[0].figures, found.previous);
        assert_eq!(found.previous_series[1].figures, EngagementFigures::default());
        assert_eq!((found.series[1].at, found.unattributed_conversions), (at(HOUR), 3));
    }
}
