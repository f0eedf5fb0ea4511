//! Events that Footfall itself records.

use domain::event::Event;

use super::{Ingest, TYPICAL_RECORD_BYTES, dedup_id};
use crate::Error;
use crate::ports::journal::Batch;
use crate::record;

impl Ingest {
    /// Takes in events of our own, complete as they are. Returns after they are on disk; an event whose
    /// id was stored before changes nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the journal cannot take the write: repeating the call is safe.
    pub async fn append_own(&self, events: Vec<Event>) -> Result<(), Error> {
        let mut batch = Batch::with_capacity(events.len(), events.len() * TYPICAL_RECORD_BYTES);
        for event in events {
            let owner = event.project_id.0;
            batch
                .push_with(owner, Some(dedup_id(owner, event.id.0)), |buffer| {
                    record::write_event(&event, buffer)
                })
                .map_err(Error::internal)?;
        }
        self.journal.append(batch).await?;
        Ok(())
    }
}
