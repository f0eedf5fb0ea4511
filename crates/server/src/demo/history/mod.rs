//! Thirty days of visits, the same for each seed and day of the start.

mod pace;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use domain::time::Timestamp;
use engine::ingest::Ingest;
use engine::sdk_reports::SdkReportService;
use futures::stream::{self, StreamExt, TryStreamExt};

use super::random::Random;
use super::session::{self, Session, Step, VisitContext};
use super::sites::BusinessModel;
use super::{Target, send};
pub(super) use pace::visits_per_thousand_hours;

/// More than it lasts, in seconds.
pub(super) const SECONDS: i64 = (pace::DAYS + 2) * 86_400;
/// Visits sent at the same time.
const CONCURRENCY: usize = 32;

/// Visits by visitors for each one by a crawler.
pub(super) const VISITS_PER_CRAWL: usize = 13;

/// Bookings on their way to being found abandoned when the demo starts.
const IDLE_BOOKINGS: i64 = 4;
/// The server takes a booking for abandoned after this long.
const ABANDONED_AFTER_SECONDS: i64 = 30 * 60;
/// Between the moments when it does.
const IDLE_APART_SECONDS: i64 = 150;
/// Visits looked through for one that leaves a booking; one in ten or so does.
const MAX_ATTEMPTS: usize = 1_000;

/// A visit of the history that goes on when the demo starts.
#[derive(Debug, Clone)]
pub(super) struct OngoingVisit {
    pub(super) target: Target,
    pub(super) session: Session,
    /// Steps before this instant have been sent.
    pub(super) since: Timestamp,
}

/// The generated visits.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) events: usize,
    pub(super) ongoing: Vec<OngoingVisit>,
}

/// Sends the history of every site up to `now`, and what its browsers report.
pub(super) async fn make(
    ingest: &Ingest,
    reports: &SdkReportService,
    targets: &[Target],
    now: Timestamp,
) -> Result<History, engine::Error> {
    let sessions = targets.iter().flat_map(|target| {
        let context = target.stage(now);
        sessions(context).chain(crawls(context)).map(move |session| (target, session))
    });
    let history = stream::iter(sessions)
        .map(|(target, session)| async move {
            let is_past = |step: &&Step| step.event.at.is_some_and(|at| at < now);
            if let Some(at) = session.steps.first().and_then(|step| step.event.at) {
                reports.note_at(target.admitted.project_id, &session.report, at);
            }
            let past = session.steps.iter().filter(is_past);
            let count = send(ingest, &target.admitted, &session, past).await?;
            let is_over = session.steps.last().as_ref().is_none_or(is_past);
            let ongoing =
                (!is_over).then(|| OngoingVisit { target: target.clone(), session, since: now });
            Ok::<_, engine::Error>((count, ongoing))
        })
        .buffer_unordered(CONCURRENCY)
        .try_fold(History::default(), |mut history, (count, ongoing)| async move {
            history.events += count;
            history.ongoing.extend(ongoing);
            Ok(history)
        })
        .await?;
    reports.store().await?;
    Ok(history)
}

/// The visits by crawlers in the last days.
fn crawls(context: VisitContext) -> impl Iterator<Item = Session> {
    let visits = pace::visits(context).step_by(VISITS_PER_CRAWL);
    visits.map(move |(seed, start)| session::crawl(context, !seed, start))
}

/// The visits to a site in the last days in their order, and at last those that leave a booking now.
fn sessions(context: VisitContext) -> impl Iterator<Item = Session> {
    let mut registered = BTreeSet::new();
    let mut numbers = 0..IDLE_BOOKINGS;
    let mut visits = pace::visits(context);
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
    let base = half_hour.unsigned_abs() ^ (number.unsigned_abs() << 48);
    let mut random = Random::new(base ^ context.seed.rotate_right(8));
    let due = context.now.plus_seconds((number + 1) * IDLE_APART_SECONDS - ABANDONED_AFTER_SECONDS);
    (0..MAX_ATTEMPTS).find_map(|_| {
        let seed = random.next();
        let is_registered = registered.contains(&session::visitor_of(seed));
        let left_ms = session::make(context, seed, due, is_registered).left_booking_ms()?;
        let start = due.plus_micros(-i64::try_from(left_ms * 1_000).ok()?);
        Some(session::make(context, seed, start, is_registered))
    })
}
