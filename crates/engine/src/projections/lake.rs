//! Accepted events into the lake.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{PollPolicy, Projection};
use crate::Error;
use crate::ports::journal::{Block, Position};
use crate::ports::lake::LakeWriter;
use crate::record::EventBatch;
use crate::retention::RetentionFloors;

/// Payload bytes of one flush, about 50,000 events. They lie in the journal's memory anyway, and are decoded a
/// few hundred at a time.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Records that are not waited with. Each flush is a file and a version of the table: fewer cost less. More
/// would have left the journal's memory by the time they are flushed, and be read from disk.
const FULL_BATCH: u64 = 50_000;

/// Writes every accepted event into the lake, except events that retention has removed since.
pub struct LakeProjection {
    lake: Arc<dyn LakeWriter>,
    floors: Arc<RetentionFloors>,
}

impl LakeProjection {
    /// A projection into `lake`.
    pub fn new(lake: Arc<dyn LakeWriter>, floors: Arc<RetentionFloors>) -> Self {
        Self { lake, floors }
    }
}

#[async_trait]
impl Projection for LakeProjection {
    fn name(&self) -> &'static str {
        "lake"
    }

    fn pace(&self) -> PollPolicy {
        PollPolicy {
            interval: Duration::from_secs(1),
            gather: Duration::from_millis(50),
            max_bytes: MAX_BYTES,
            full_batch: FULL_BATCH,
        }
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.lake.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let events = EventBatch::new(blocks.to_vec(), from).above(self.floors.clone());
        Ok(self.lake.write(events, to).await?)
    }
}
