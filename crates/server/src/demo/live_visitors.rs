//! Visitors who are there now.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::crm::Identity;
use domain::event::Category;
use domain::widget::{CALL_END, CALL_HEARTBEAT};
use engine::ingest::{AdmittedSender, Ingest};
use engine::ports::catalog::ContactStore;
use engine::sdk_reports::SdkReportService;
use engine::widgets::WidgetService;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::people::Person;
use super::random::Random;
use super::session::{self, Session};
use super::{Target, send};

/// Visitors of each site at a time.
const VISITORS_AT_A_TIME: u64 = 3;
/// A visit runs this many times as fast as a real one, so that there is something to see; calls are
/// as long as real ones.
const SPEED_FACTOR: u64 = 3;

/// Visits by crawlers among a thousand.
const CRAWLS_PER_MILLE: u64 = 60;
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

/// Lets visitors come and go until `stop`.
pub(super) async fn run(ingest: DemoIngest, targets: Vec<Target>, stop: CancellationToken) {
    let mut visitors = JoinSet::new();
    for target in targets {
        for number in 0..VISITORS_AT_A_TIME {
            let seed = ingest.clock.now().micros().unsigned_abs() ^ (number << 56);
            let (ingest, target) = (ingest.clone(), target.clone());
            let visitor = async move { ingest.simulate_visits(&target, seed).await };
            let stop = stop.clone();
            visitors.spawn(async move {
                tokio::select! { () = visitor => {}, () = stop.cancelled() => {} }
            });
        }
    }
    while visitors.join_next().await.is_some() {}
}

impl DemoIngest {
    /// One visit after another.
    async fn simulate_visits(&self, target: &Target, seed: u64) {
        let mut random = Random::new(seed ^ target.site.daily_sessions);
        loop {
            tokio::time::sleep(Duration::from_millis(random.around(2_000))).await;
            let (start, seed) = (self.clock.now(), random.next());
            let mut session = if random.with_probability(CRAWLS_PER_MILLE) {
                session::crawl(target.stage(start), seed, start)
            } else {
                let is_registered = self.is_registered(target, session::visitor_of(seed)).await;
                session::make(target.stage(start), seed, start, is_registered)
            };
            let mut passed_ms = 0;
            for index in 0..session.steps.len() {
                let step = &session.steps[index];
                let is_call = matches!(step.event.name.as_str(), CALL_HEARTBEAT | CALL_END);
                let pause_ms = step.after_ms.saturating_sub(passed_ms)
                    / if is_call { 1 } else { SPEED_FACTOR };
                passed_ms = step.after_ms;
                tokio::time::sleep(Duration::from_millis(pause_ms)).await;
                session.steps[index].event.at = Some(self.clock.now());
                self.arrive(target, &session, index).await;
                if session.steps[index].event.seq.is_some() {
                    let report = session::of_one_event(random.around(LATENCY_MS));
                    self.reports.note(target.admitted.project_id, &report);
                }
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
