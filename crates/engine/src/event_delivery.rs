//! The delivery rate of all projects together, as figures for the operator.
//!
//! It is computed from the lake at intervals, so that reading the figures runs no query.

use std::sync::Arc;

use domain::clock::Clock;
use domain::question::{Delivery, Period};

use crate::Error;
use crate::ports::catalog::ProjectStore;
use crate::questions::AnalyticsService;
use crate::retention::RetentionFloors;

/// A visit without an event for so long has ended, in seconds.
pub const VISIT_IDLE_SECONDS: i64 = 30 * 60;
/// Visits begun within this time are looked at, in seconds.
const PERIOD_SECONDS: i64 = 24 * 3_600;

/// The gauges: events numbered, events received, and their ratio.
const FIGURES: [&str; 3] = [
    "footfall_event_delivery_numbered",
    "footfall_event_delivery_received",
    "footfall_event_delivery_rate",
];

/// Measures whether numbered events arrive.
pub struct EventDeliveryMeter {
    projects: Arc<dyn ProjectStore>,
    analytics: Arc<AnalyticsService>,
    floors: Arc<RetentionFloors>,
    clock: Arc<dyn Clock>,
}

impl EventDeliveryMeter {
    /// Puts the parts together.
    pub fn new(
        projects: Arc<dyn ProjectStore>,
        analytics: Arc<AnalyticsService>,
        floors: Arc<RetentionFloors>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { projects, analytics, floors, clock }
    }

    /// Adds up the visits of the last 24 hours that have ended, and sets the figures. Each project takes its
    /// permit for one question, so that members are not kept waiting for all of them.
    pub async fn measure(&self) -> Result<Delivery, Error> {
        let measured = self.total().await;
        match &measured {
            Ok(total) => set_figures(*total),
            // No figures rather than outdated ones.
            Err(_) => FIGURES.into_iter().for_each(|name| metrics::gauge!(name).set(f64::NAN)),
        }
        measured
    }

    async fn total(&self) -> Result<Delivery, Error> {
        let now = self.clock.now();
        let idle_since = now.plus_seconds(-VISIT_IDLE_SECONDS);
        let period = Period::new(now.plus_seconds(-PERIOD_SECONDS), now);
        let period = period.map_err(Error::internal)?;
        let mut total = Delivery::default();
        for project in self.projects.all().await? {
            let questions = self.analytics.permit().await?;
            let removed_before = self.floors.current().of(project.id);
            total += questions.delivery(project.id, period, idle_since, removed_before).await?;
        }
        Ok(total)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn set_figures(delivery: Delivery) {
    let [numbered, received, rate] = FIGURES;
    metrics::gauge!(numbered).set(delivery.numbered as f64);
    metrics::gauge!(received).set(delivery.received as f64);
    // Without events there is no rate: NaN, as Prometheus expects.
    metrics::gauge!(rate).set(delivery.rate().unwrap_or(f64::NAN));
}
