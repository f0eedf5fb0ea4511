//! Following the journal: what keeps tables up to date.
//!
//! A projection is pure: the same journal gives the same tables, because everything that depends on
//! the moment of arrival is in the records. Each follows the journal from a position of its own,
//! which it stores together with its rows.

mod calls;
mod crm;
mod lake;
mod lead_scores;
mod outcomes;
mod runner;
mod sessions;

use async_trait::async_trait;

use crate::Error;
use crate::ports::journal::{Block, Position};

pub use calls::CallsProjection;
pub use crm::CrmProjection;
pub use lake::LakeProjection;
pub use lead_scores::LeadScoreProjection;
pub use outcomes::OutcomesProjection;
pub use runner::{PollPolicy, run};
pub use sessions::SessionsProjection;

/// A reader of the journal that keeps tables up to date.
#[async_trait]
pub trait Projection: Send + Sync {
    /// Its name in logs and metrics.
    fn name(&self) -> &'static str;

    /// How often it wants to be called.
    fn pace(&self) -> PollPolicy;

    /// The position after the last record whose effect is stored.
    async fn position(&self) -> Result<Position, Error>;

    /// Stores the effect of the records of `blocks` from `from` on, and the position `to`, in one
    /// transaction. Records outside `from..to` are passed over. `blocks` may be empty.
    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error>;
}
