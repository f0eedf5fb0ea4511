//! Visitors who are there now: as many as at this hour of the history's days, and as fast as people are.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::crm::Identity;
use domain::event::Category;
use domain::time::Timestamp;
use engine::ingest::{AdmittedSender, Ingest};
use engine::ports::catalog::ContactStore;
use engine::sdk_reports::SdkReportService;
use engine::widgets::WidgetService;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::history::{OngoingVisit, VISITS_PER_CRAWL, visits_per_thousand_hours};
use super::people::Person;
use super::random::Random;
use super::session::{self, Session, Step};
use super::{Target, send};

/// Between two looks whether somebody comes.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// So many looks are a thousand hours.
const LOOKS_PER_THOUSAND_HOURS: u64 = 1_000 * 3_600 / LOOK_EVERY.as_secs();
/// How long the answer to a request takes, typically.
const LATENCY_MS: u64 = 110;

/// What visitors come in by.
#[derive(Clone)]
pub(super) struct DemoIngest {
    pub(super) ingest: Arc<Ingest>,
    pub(super) widgets: Arc<WidgetService>,
    pub(super) contacts: Arc<dyn ContactStore>,
    pub(super) reports: Arc<SdkReportService>,
    pub(super) clock: Arc<dyn Clock>,
}

/// The next visitors of a site.
struct VisitSchedule {
    target: Target,
    random: Random,
    /// Somebody comes as soon as the demo runs, whatever the hour.
    is_first: bool,
}

/// Lets visitors come and go until `stop`, and continues the `ongoing` visits.
pub(super) async fn run(
    ingest: DemoIngest,
    targets: Vec<Target>,
    ongoing: Vec<OngoingVisit>,
    stop: CancellationToken,
) {
    let mut visitors = JoinSet::new();
    for visit in ongoing {
        let ingest = ingest.clone();
        visitors.spawn(async move { ingest.run_visit(visit, false).await });
    }
    let now = ingest.clock.now();
    let mut sites: Vec<_> =
        targets.into_iter().map(|target| VisitSchedule::new(target, now)).collect();
    loop {
        let now = ingest.clock.now();
        for site in &mut sites {
            for (seed, is_crawl) in site.next(now) {
                let (ingest, target) = (ingest.clone(), site.target.clone());
                visitors.spawn(async move { ingest.begin_visit(target, seed, is_crawl).await });
            }
        }
        while visitors.try_join_next().is_some() {}
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => break,
        }
    }
    visitors.shutdown().await;
}

impl VisitSchedule {
    fn new(target: Target, now: Timestamp) -> Self {
        let random = Random::new(now.micros().unsigned_abs() ^ target.site.daily_sessions);
        Self { target, random, is_first: true }
    }

    /// The visits that begin at this look: seeds, and whether a crawler comes.
    fn next(&mut self, now: Timestamp) -> Vec<(u64, bool)> {
        let rate = visits_per_thousand_hours(self.target.stage(now), now);
        let crawls = rate / VISITS_PER_CRAWL as u64;
        let comes = self.random.below(LOOKS_PER_THOUSAND_HOURS) < rate || self.is_first;
        self.is_first = false;
        let crawl_comes = self.random.below(LOOKS_PER_THOUSAND_HOURS) < crawls;
        let both = [(comes, false), (crawl_comes, true)];
        let coming = both.into_iter().filter(|(comes, _)| *comes);
        coming.map(|(_, is_crawl)| (self.random.next(), is_crawl)).collect()
    }
}

impl DemoIngest {
    /// A visit that begins now.
    async fn begin_visit(&self, target: Target, seed: u64, is_crawl: bool) {
        let start = self.clock.now();
        let context = target.stage(start);
        let session = if is_crawl {
            session::crawl(context, seed, start)
        } else {
            let is_registered = self.is_registered(&target, session::visitor_of(seed)).await;
            session::make(context, seed, start, is_registered)
        };
        self.run_visit(OngoingVisit { target, session, since: start }, true).await;
    }

    /// Sends each step that has not been sent when it is due. What browsers report of a visit of the history is known.
    async fn run_visit(&self, visit: OngoingVisit, is_reported: bool) {
        let OngoingVisit { target, mut session, since } = visit;
        let mut random = Random::new(session.visitor);
        for index in 0..session.steps.len() {
            let Step { event, .. } = &session.steps[index];
            let Some(at) = event.at.filter(|at| *at >= since) else { continue };
            let wait = at.micros_since(self.clock.now());
            tokio::time::sleep(Duration::from_micros(u64::try_from(wait).unwrap_or(0))).await;
            let is_signal = is_reported && event.seq.is_some();
            session.steps[index].event.at = Some(self.clock.now());
            self.arrive(&target, &session, index).await;
            if is_signal {
                let report = session::of_one_event(random.around(LATENCY_MS));
                self.reports.note(target.admitted.project_id, &report);
            }
        }
    }

    /// Whether a visitor is a customer of the site already.
    async fn is_registered(&self, target: &Target, visitor: u64) -> bool {
        let Some(customer) = Person::of(visitor).customer else { return false };
        let project = target.admitted.project_id;
        let identities = Identity::all(project, Some(&customer.id), None);
        let Some(identity) = identities.first() else { return false };
        let found = self.contacts.contact(project, identity.contact_id).await;
        found.is_ok_and(|contact| contact.is_some())
    }

    /// Sends one step as its page would: a key or widget that is switched off keeps visitors out.
    async fn arrive(&self, target: &Target, session: &Session, index: usize) {
        let step = &session.steps[index];
        let sender = if step.event.category == Category::Widget {
            self.admit_call(target).await
        } else {
            self.admit(target).await
        };
        let Some(admitted) = sender else { return };
        if let Err(error) = send(&self.ingest, &admitted, session, std::iter::once(step)).await {
            tracing::debug!(%error, "a demo visitor's event could not be sent");
        }
    }

    async fn admit(&self, target: &Target) -> Option<AdmittedSender> {
        let (key, origin) = (Some(target.key.key.as_str()), Some(target.site.origin));
        let sender = self.ingest.admit(key, origin).await;
        let note = |rejection| tracing::debug!(?rejection, "a demo visitor is not admitted");
        sender.map_err(note).ok()
    }

    async fn admit_call(&self, target: &Target) -> Option<AdmittedSender> {
        let entry = self.widgets.directory().find(target.widget).await.ok()??;
        let sender = entry.check(Some(target.site.origin));
        let note = |rejection| tracing::debug!(?rejection, "a demo visitor's call is not admitted");
        sender.map_err(note).ok()?;
        Some(entry.admitted())
    }
}
