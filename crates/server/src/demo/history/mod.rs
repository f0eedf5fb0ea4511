//! Thirty days of visits, more by day than by night and fewer on Sundays.

use std::collections::BTreeSet;

use domain::time::Timestamp;
use engine::ingest::Ingest;
use engine::sdk_reports::SdkReportService;
use futures::stream::{self, StreamExt, TryStreamExt};

use super::random::Random;
use super::session::{self, Session, Step, VisitContext};
use super::sites::{BusinessModel, Site};
use super::{Target, send};

/// Days of history.
const DAYS: i64 = 30;
/// More than it lasts, in seconds.
pub(super) const SECONDS: i64 = (DAYS + 2) * 86_400;
/// Visits sent at the same time.
const CONCURRENCY: usize = 32;
/// How busy each hour of the day is, in UTC, of a thousand visits.
const HOURS: [u64; 24] =
    [8, 6, 5, 8, 15, 28, 40, 52, 58, 60, 62, 60, 58, 56, 55, 58, 62, 66, 68, 60, 45, 34, 22, 14];

/// Visits by visitors for each one by a crawler.
const VISITS_PER_CRAWL: usize = 9;

/// Bookings on their way to being found abandoned when the demo starts.
const IDLE_BOOKINGS: i64 = 4;
/// The server takes a booking for abandoned after this long.
const ABANDONED_AFTER_SECONDS: i64 = 30 * 60;
/// Between the moments when it does.
const IDLE_APART_SECONDS: i64 = 150;
/// Visits looked through for one that leaves a booking; one in ten or so does.
const MAX_ATTEMPTS: usize = 1_000;

/// Sends the history of every site, and what its browsers report; returns the number of events.
pub(super) async fn make(
    ingest: &Ingest,
    reports: &SdkReportService,
    targets: &[Target],
    now: Timestamp,
) -> Result<usize, engine::Error> {
    let sessions = targets.iter().flat_map(|target| {
        let context = target.stage(now);
        sessions(context).chain(crawls(context)).map(move |session| (target, session))
    });
    let events = stream::iter(sessions)
        .map(|(target, session)| async move {
            let is_past = |step: &&Step| step.event.at.is_some_and(|at| at < now);
            if let Some(at) = session.steps.first().and_then(|step| step.event.at) {
                reports.note_at(target.admitted.project_id, &session.report, at);
            }
            send(ingest, &target.admitted, &session, session.steps.iter().filter(is_past)).await
        })
        .buffer_unordered(CONCURRENCY)
        .try_fold(0, |sum, count| async move { Ok(sum + count) })
        .await?;
    reports.store().await?;
    Ok(events)
}

/// The visits by crawlers in the last days.
fn crawls(context: VisitContext) -> impl Iterator<Item = Session> {
    let visits = visits(context.site, context.now).step_by(VISITS_PER_CRAWL);
    visits.map(move |(seed, start)| session::crawl(context, !seed, start))
}

/// The visits to a site in the last days in their order, and at last those that leave a booking now.
fn sessions(context: VisitContext) -> impl Iterator<Item = Session> {
    let mut registered = BTreeSet::new();
    let mut numbers = 0..IDLE_BOOKINGS;
    let mut visits = visits(context.site, context.now);
    std::iter::from_fn(move || {
        let session = match visits.next() {
            Some((seed, start)) => {
                session::make(context, seed, start, registered.contains(&session::visitor_of(seed)))
            }
            None => idle_booking(context, numbers.next()?, &registered)?,
        };
        if session.registers {
            registered.insert(session.visitor);
        }
        Some(session)
    })
}

/// A visit that leaves its booking so that the server finds it abandoned in a few minutes, later for
/// each number. None at a site without bookings.
fn idle_booking(context: VisitContext, number: i64, registered: &BTreeSet<u64>) -> Option<Session> {
    if context.site.trade != BusinessModel::Rental {
        return None;
    }
    let half_hour = context.now.floor_to_seconds(ABANDONED_AFTER_SECONDS).seconds();
    let mut random = Random::new(half_hour.unsigned_abs() ^ (number.unsigned_abs() << 48));
    let due = context.now.plus_seconds((number + 1) * IDLE_APART_SECONDS - ABANDONED_AFTER_SECONDS);
    (0..MAX_ATTEMPTS).find_map(|_| {
        let seed = random.next();
        let is_registered = registered.contains(&session::visitor_of(seed));
        let left_ms = session::make(context, seed, due, is_registered).left_booking_ms()?;
        let start = due.plus_micros(-i64::try_from(left_ms * 1_000).ok()?);
        Some(session::make(context, seed, start, is_registered))
    })
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
        let mut visits: Vec<_> = (0..count)
            .map(|_| (random.next(), day.plus_seconds(second_of_day(&mut random))))
            .filter(|(_, start)| *start < now)
            .collect();
        visits.sort_by_key(|(_, start)| *start);
        visits
    })
}

fn second_of_day(random: &mut Random) -> i64 {
    let hour = random.by_share(&HOURS);
    let within = i64::try_from(random.below(3_600)).unwrap_or(0);
    i64::try_from(hour).unwrap_or(12) * 3_600 + within
}

#[cfg(test)]
mod tests;
