//! Events the server makes itself: inferred ends and abandoned bookings.

use domain::event::Event;

use super::Ingest;
use super::batch::push_event;
use crate::Error;
use crate::ports::journal::Batch;

impl Ingest {
    /// Appends events that the server made, as they are. Their ids follow from what they are about, so
    /// that one made again, by another run or another process, is a duplicate. Returns after they are
    /// on disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the journal cannot take the write; appending the same again is safe.
    pub async fn append_server_events(&self, events: Vec<Event>) -> Result<(), Error> {
        if events.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::default();
        for event in &events {
            push_event(&mut batch, &event.borrowed())?;
        }
        self.journal.append(batch).await?;
        Ok(())
    }
}
