//! Thirty days of visits, more by day than by night and fewer on Sundays.

use domain::time::Timestamp;
use engine::ingest::Ingest;
use futures::stream::{self, StreamExt, TryStreamExt};

use super::random::Random;
use super::sites::Site;
use super::{Target, send, session};

/// Days of history.
const DAYS: i64 = 30;
/// Visits sent at the same time.
const CONCURRENCY: usize = 32;
/// How busy each hour of the day is, in UTC, of a thousand visits.
const HOURS: [u64; 24] =
    [8, 6, 5, 8, 15, 28, 40, 52, 58, 60, 62, 60, 58, 56, 55, 58, 62, 66, 68, 60, 45, 34, 22, 14];

/// Sends the history of every site; returns the number of events.
pub(super) async fn make(
    ingest: &Ingest,
    targets: &[Target],
    now: Timestamp,
) -> Result<usize, engine::Error> {
    let visits = targets
        .iter()
        .flat_map(|target| visits(target.site, now).map(move |visit| (target, visit)));
    stream::iter(visits)
        .map(|(target, (seed, start))| async move {
            let session = session::make(target.site, seed, start, now);
            let past = session.steps.iter().filter(|step| step.event.at.is_some_and(|at| at < now));
            send(ingest, &target.admitted, &session, past).await
        })
        .buffer_unordered(CONCURRENCY)
        .try_fold(0, |sum, count| async move { Ok(sum + count) })
        .await
}

/// Seed and beginning of every visit to a site in the last days.
fn visits(site: &'static Site, now: Timestamp) -> impl Iterator<Item = (u64, Timestamp)> {
    let today = now.floor_to_seconds(86_400);
    (0..=DAYS).rev().flat_map(move |age| {
        let day = today.plus_seconds(-age * 86_400);
        let mut random = Random::new(day.seconds().unsigned_abs() ^ (site.daily_sessions << 40));
        let is_sunday = (day.day() + 4).rem_euclid(7) == 0;
        let growth = 100 + u64::try_from(DAYS - age).unwrap_or(0);
        let share = if is_sunday { 55 } else { 90 + random.below(25) };
        let count = site.daily_sessions * share * growth / 10_000;
        (0..count)
            .map(move |_| (random.next(), day.plus_seconds(second_of_day(&mut random))))
            .filter(move |(_, start)| *start < now)
            .collect::<Vec<_>>()
    })
}

fn second_of_day(random: &mut Random) -> i64 {
    let total: u64 = HOURS.iter().sum();
    let mut left = random.below(total);
    let hour = HOURS
        .iter()
        .position(|share| {
            let is_here = left < *share;
            left = left.saturating_sub(*share);
            is_here
        })
        .unwrap_or(12);
    let within = i64::try_from(random.below(3_600)).unwrap_or(0);
    i64::try_from(hour).unwrap_or(12) * 3_600 + within
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::event::NewEvent;
    use domain::friction::{self, Kind};

    use super::super::sites::SITES;
    use super::*;

    const FIRST_START: Timestamp = Timestamp::from_seconds(1_763_726_400);
    const SEVERAL_STARTS: i64 = 6;

    /// What a demo started at `now` says of the elements and errors of a site in the last `days`:
    /// names with their scores, the worst first.
    fn scores(site: &'static Site, now: Timestamp, days: i64) -> Vec<(String, f64)> {
        let first = now.plus_seconds(-days * 86_400);
        let mut weights: BTreeMap<String, u64> = BTreeMap::new();
        let mut sessions = 0;
        for (seed, start) in visits(site, now).filter(|(_, start)| *start >= first) {
            sessions += 1;
            for step in session::make(site, seed, start, now).steps {
                if let Some(kind) = Kind::parse(&step.event.name) {
                    *weights.entry(name(step.event)).or_default() += u64::from(kind.weight());
                }
            }
        }
        let mut scores: Vec<_> = weights
            .into_iter()
            .map(|(name, weight)| (name, friction::score(weight, sessions)))
            .collect();
        scores.sort_by(|one, other| other.1.total_cmp(&one.1));
        scores
    }

    fn name(event: NewEvent) -> String {
        let message = event.friction.and_then(|friction| friction.error_message);
        event.element.selector.or(message).expect("friction is of an element or an error")
    }

    fn starts() -> impl Iterator<Item = Timestamp> {
        (0..SEVERAL_STARTS).map(|start| FIRST_START.plus_seconds(start * 1_000_000))
    }

    #[test]
    fn the_payment_button_is_the_worst_of_the_car_rental() {
        for now in starts() {
            let week = scores(SITES[0], now, 7);
            assert_eq!(week[0].0, "#pay-now");
            assert!(week[0].1 > 1.5 * week[1].1, "{week:?}");
            assert_eq!(scores(SITES[0], now, 30)[0].0, "#pay-now");
        }
    }

    #[test]
    fn placing_an_order_is_the_worst_of_the_shops_week() {
        for now in starts() {
            assert_eq!(scores(SITES[1], now, 7)[0].0, "#place-order");
        }
    }
}
