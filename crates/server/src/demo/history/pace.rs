//! How many visit a site, and when: fewer by night, on quiet days of the week and a month ago, and many more during a
//! campaign. History and live visitors follow the same numbers.

use domain::time::Timestamp;

use crate::demo::random::Random;
use crate::demo::session::VisitContext;
use crate::demo::story::{DAY_SECONDS, start_of_day, zone};

/// Days of history.
pub(super) const DAYS: i64 = 30;
const HOUR_SECONDS: i64 = 3_600;
/// Visits grow by so many percent in the days of history.
const GROWTH_PER_CENT: u64 = 30;
/// A day has up to so many percent more or fewer visits than its weekday usually has.
const DAILY_SPREAD_PER_CENT: u64 = 8;

/// Seed and beginning of every visit of the last days, until the moment at which the history ends.
pub(super) fn visits(context: VisitContext) -> impl Iterator<Item = (u64, Timestamp)> {
    let VisitContext { site, today, now, seed, .. } = context;
    (0..=DAYS).rev().flat_map(move |age| {
        let day = today.plus_seconds(-age * DAY_SECONDS);
        let base = day.seconds().unsigned_abs() ^ (site.daily_sessions << 40);
        let mut random = Random::new(base ^ seed.rotate_right(8));
        let percent = 100 - DAILY_SPREAD_PER_CENT + random.below(2 * DAILY_SPREAD_PER_CENT + 1);
        let count = usual_visits(context, day) * percent / 100;
        let mut visits: Vec<_> = (0..count)
            .map(|_| (random.next(), day.plus_seconds(second_of_day(context, &mut random))))
            .filter(|(_, start)| *start < now)
            .collect();
        visits.sort_by_key(|(_, start)| *start);
        visits
    })
}

/// The visits that are usual on a day which begins at `day`.
fn usual_visits(context: VisitContext, day: Timestamp) -> u64 {
    let VisitContext { site, today, .. } = context;
    let campaign = &site.campaign;
    let is_campaign = day >= campaign.since.instant(today) && day < campaign.until.instant(today);
    let more = if is_campaign { campaign.visits_per_cent } else { 0 };
    let age = today.micros_since(day) / (DAY_SECONDS * 1_000_000);
    let grown = GROWTH_PER_CENT * u64::try_from((DAYS - age).max(0)).unwrap_or(0) / 30;
    site.daily_sessions * weekday_per_cent(context, day) * (100 + grown) * (100 + more) / 1_000_000
}

fn weekday_per_cent(context: VisitContext, day: Timestamp) -> u64 {
    let monday_first = zone().civil(day).date().weekday().to_monday_zero_offset();
    context.site.weekdays[usize::try_from(monday_first).unwrap_or(0)]
}

fn second_of_day(context: VisitContext, random: &mut Random) -> i64 {
    let hour = random.by_share(&context.site.hours);
    let within = i64::try_from(random.below(HOUR_SECONDS.unsigned_abs())).unwrap_or(0);
    i64::try_from(hour).unwrap_or(12) * HOUR_SECONDS + within
}

/// How many visits begin in a thousand hours like the one of this instant.
pub(in crate::demo) fn visits_per_thousand_hours(context: VisitContext, at: Timestamp) -> u64 {
    let day = start_of_day(at);
    let hour = at.micros_since(day) / (HOUR_SECONDS * 1_000_000);
    usual_visits(context, day) * context.site.hours[usize::try_from(hour).unwrap_or(0) % 24]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::demo::history::tests::{SEEDS, stage};
    use crate::demo::sites::SITES;

    /// How many visits begin in each hour of the day, and on each day.
    fn counts(context: VisitContext) -> (BTreeMap<i64, u64>, BTreeMap<i64, u64>) {
        let (mut hours, mut days) = (BTreeMap::new(), BTreeMap::new());
        for (_, start) in visits(context) {
            let since = start.micros_since(start_of_day(start)) / 1_000_000;
            *hours.entry(since / HOUR_SECONDS).or_default() += 1;
            *days.entry(start_of_day(start).seconds()).or_default() += 1;
        }
        (hours, days)
    }

    #[test]
    fn days_and_hours_of_the_sites_differ() {
        for seed in SEEDS {
            let [rental, shop] = SITES.map(|site| counts(stage(site, seed)).0);
            assert!(rental[&3] * 10 < rental[&19] && shop[&3] * 10 < shop[&20], "{rental:?}");
            assert!(rental[&19] > rental[&13] && shop[&12] > shop[&10], "{shop:?}");
        }
    }

    #[test]
    fn live_visits_come_as_often_as_those_of_the_history() {
        for (site, seed) in SITES.into_iter().zip(SEEDS) {
            let context = stage(site, seed);
            let yesterday = context.today.plus_seconds(-DAY_SECONDS);
            let live: u64 = (0..24)
                .map(|hour| yesterday.plus_seconds(hour * HOUR_SECONDS))
                .map(|at| visits_per_thousand_hours(context, at))
                .sum();
            let made = counts(context).1[&yesterday.seconds()];
            let (least, most) = (made * 850, made * 1_150);
            assert!((least..most).contains(&live), "{}: {live} and {made}", site.name);
        }
    }
}
