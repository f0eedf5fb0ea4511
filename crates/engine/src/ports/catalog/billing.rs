//! Tariffs, closed months and their adjustments.

use async_trait::async_trait;
use domain::billing::{AdjustmentReason, ClosedMonth, Month, Tariff, Usage};
use domain::id::{EventId, ProjectId, WidgetId};
use domain::question::Period;
use domain::time::Timestamp;
use uuid::Uuid;

use super::{AdjustmentCursor, Error, RecordId};

/// A closed month; its usage no longer changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingPeriod {
    /// The month, and the instants it was closed with.
    pub month: ClosedMonth,
    /// When it was closed.
    pub closed_at: Timestamp,
    /// The tariff it was closed with.
    pub tariff: Tariff,
    /// The usage of the calls begun in it, as known when it was closed.
    pub usage: Usage,
}

/// What came too late for its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The record of the journal it was applied up to: with the call it names the adjustment.
    pub record: RecordId,
    /// When the latest of the facts behind it was received.
    pub noted_at: Timestamp,
    /// The closed month.
    pub month: Month,
    /// The widget.
    pub widget_id: WidgetId,
    /// The visit.
    pub session_id: String,
    /// Names the (widget, session).
    pub session_key: Uuid,
    /// When the call began.
    pub started_at: Timestamp,
    /// Why.
    pub reason: AdjustmentReason,
    /// The event that now says when the call ended; its start while it has no end.
    pub event_id: EventId,
    /// The difference, by the tariff the month was closed with.
    pub difference: Usage,
}

impl Adjustment {
    /// Its place in the list of adjustments.
    pub fn cursor(&self) -> AdjustmentCursor {
        AdjustmentCursor {
            noted_at: self.noted_at,
            record: self.record,
            session_key: self.session_key,
            started_at: self.started_at,
        }
    }
}

/// Tariffs, closed months and adjustments. See [`super`] for the contract.
#[async_trait]
pub trait BillingStore: Send + Sync {
    /// A project's tariff; none when it has none, or the project does not exist.
    async fn tariff(&self, project: ProjectId) -> Result<Option<Tariff>, Error>;

    /// Sets a project's tariff.
    async fn set_tariff(&self, project: ProjectId, tariff: &Tariff) -> Result<(), Error>;

    /// Closes a month: its usage by this tariff is final, and every later change becomes
    /// an adjustment. [`Error::AlreadyExists`] of `billing period` when it is closed already.
    async fn close(
        &self,
        project: ProjectId,
        month: ClosedMonth,
        tariff: &Tariff,
        at: Timestamp,
    ) -> Result<BillingPeriod, Error>;

    /// A project's closed months, latest first.
    async fn periods(&self, project: ProjectId) -> Result<Vec<BillingPeriod>, Error>;

    /// The adjustments of a project's calls begun within the period, in no promised order.
    async fn adjustments(
        &self,
        project: ProjectId,
        begun: Period,
    ) -> Result<Vec<Adjustment>, Error>;

    /// A project's adjustments of all journals, latest noted first, those after `after` only.
    async fn list_adjustments(
        &self,
        project: ProjectId,
        after: Option<AdjustmentCursor>,
        limit: u32,
    ) -> Result<Vec<Adjustment>, Error>;
}
