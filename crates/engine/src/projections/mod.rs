//! Following the journal: what keeps tables up to date.
//!
//! A projection is pure: the same journal gives the same tables, because everything that depends on
//! the moment of arrival is in the records. Each follows the journal from a position of its own,
//! which it stores together with its rows.

mod accounts;
mod calls;
mod crm;
mod lake;
mod lead_scores;
mod runner;
mod sessions;

use async_trait::async_trait;
use domain::event::Event;

use crate::Error;
use crate::ports::journal::{Block, Body, Position};
use crate::record::{self, EventHead, Record, Unreadable};

pub use accounts::AccountsProjection;
pub use calls::CallsProjection;
pub use crm::CrmProjection;
pub use lake::LakeProjection;
pub use lead_scores::LeadScoresProjection;
pub use runner::{Pace, run};
pub use sessions::SessionsProjection;

/// A reader of the journal that keeps tables up to date.
#[async_trait]
pub trait Projection: Send + Sync {
    /// Its name in logs and metrics.
    fn name(&self) -> &'static str;

    /// How often it wants to be called.
    fn pace(&self) -> Pace;

    /// The position after the last record whose effect is stored.
    async fn position(&self) -> Result<Position, Error>;

    /// Stores the effect of the records of `blocks` from `from` on, and the position `to`, in one
    /// transaction. Records outside `from..to` are passed over. `blocks` may be empty.
    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error>;
}

/// The accepted events of `blocks` from `from` on that `concerns` wants. The others are not decoded:
/// nearly all of a site's events are clicks and page views, which most projections pass over.
fn events(
    blocks: &[Block],
    from: Position,
    concerns: impl Fn(EventHead<'_>) -> bool,
) -> impl Iterator<Item = Event> {
    blocks
        .iter()
        .flat_map(Block::records)
        .filter(move |entry| entry.position >= from)
        .filter_map(|entry| match entry.body {
            Body::Payload(payload) => Some((entry.position, payload)),
            Body::Duplicate => None,
        })
        .filter_map(move |(position, payload)| match read_if(payload, &concerns) {
            Ok(event) => event,
            Err(error) => {
                metrics::counter!("footfall_unreadable_records_total").increment(1);
                tracing::error!(position, %error, "a journal record cannot be read; it is left out of the tables");
                None
            }
        })
}

fn read_if(
    payload: &[u8],
    concerns: impl Fn(EventHead<'_>) -> bool,
) -> Result<Option<Event>, Unreadable> {
    if !record::head(payload)?.is_some_and(concerns) {
        return Ok(None);
    }
    Ok(match record::read(payload)? {
        Record::Event(event) => Some(*event),
        Record::Refused(_) | Record::Erased => None,
    })
}
