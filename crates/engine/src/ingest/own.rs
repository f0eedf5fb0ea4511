//! Events that the server itself makes: what it finds out about what was taken in.

use domain::event::Event;

use super::{Ingest, TYPICAL_RECORD_BYTES, dedup_id};
use crate::Error;
use crate::ports::journal::Batch;
use crate::record;

impl Ingest {
    /// Appends events that the server made, as they are. Their ids follow from what they are about, so
    /// that one made again, by another run or another process, is a duplicate. Returns after they are
    /// on disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the journal cannot take the write; appending the same again is safe.
    pub async fn append_own(&self, events: Vec<Event>) -> Result<(), Error> {
        if events.is_empty() {
            return Ok(());
        }
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
