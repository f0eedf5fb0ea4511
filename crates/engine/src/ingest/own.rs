//! Events that Footfall concludes itself: journaled like any other, without a sender.

use domain::event::Event;

use super::{Ingest, TYPICAL_RECORD_BYTES, dedup_id};
use crate::Error;
use crate::ports::journal::Batch;
use crate::record;

impl Ingest {
    /// Appends complete events; returns after they are on disk. Their ids tell what they conclude, so
    /// that concluding it again, here or on another server, changes nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the journal cannot take the write: nothing was promised.
    pub async fn append_own(&self, events: Vec<Event>) -> Result<(), Error> {
        let mut batch = Batch::with_capacity(events.len(), events.len() * TYPICAL_RECORD_BYTES);
        for event in &events {
            let owner = event.project_id.0;
            batch
                .push_with(owner, Some(dedup_id(owner, event.id.0)), |buffer| {
                    record::write_event(event, buffer)
                })
                .map_err(Error::internal)?;
        }
        self.journal.append(batch).await?;
        Ok(())
    }
}
