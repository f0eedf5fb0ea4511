//! Work between commits: stores the closed run, merges stored ones, removes the chunks of merged ones.

use rusqlite::Connection;

use super::closing::{Closing, Progress};
use super::merge::Merge;
use super::run::Run;
use super::{SeenIds, tables};

/// Chunks of merged runs that are removed in one step.
const REMOVED_CHUNKS: u32 = 64;

impl SeenIds {
    /// Whether [`SeenIds::step`] has something to do.
    pub(in crate::sqlite) fn has_work(&self) -> bool {
        self.closing.as_ref().is_some_and(Closing::has_work)
            || self.merging.is_some()
            || !self.leftovers.is_empty()
    }

    /// Takes the storing of a run, a merge, or the removal of merged chunks one transaction further.
    pub(in crate::sqlite) fn step(&mut self, connection: &mut Connection) -> rusqlite::Result<()> {
        if self.closing.as_ref().is_some_and(Closing::has_work) {
            return self.step_closing(connection);
        }
        if let Some(mut merge) = self.merging.take() {
            let stepped = merge.step(connection);
            return self.after_merge_step(merge, stepped);
        }
        let Some(run) = self.leftovers.pop() else { return Ok(()) };
        // What cannot be removed now is removed when the journal is opened.
        if tables::remove_chunks(connection, run, Some(REMOVED_CHUNKS))? > 0 {
            self.leftovers.push(run);
        }
        Ok(())
    }

    fn step_closing(&mut self, connection: &mut Connection) -> rusqlite::Result<()> {
        let Some(mut closing) = self.closing.take() else { return Ok(()) };
        match closing.step(connection, self.next_run) {
            Ok(true) => {
                self.covered_until = closing.until;
                if let Progress::Storing(sorted, _) = closing.progress {
                    self.push(closing.day, sorted);
                }
                self.begin_merge();
                Ok(())
            }
            more_or_error => {
                self.closing = Some(closing);
                more_or_error.map(drop)
            }
        }
    }

    /// Begins a merge when one is due and none is under way.
    fn begin_merge(&mut self) {
        if self.merging.is_none() && self.closing.is_none() {
            self.merging = Merge::due(&self.stored, self.max_open, self.next_run);
            self.next_run += i64::from(self.merging.is_some());
        }
    }

    fn after_merge_step(
        &mut self,
        merge: Merge,
        stepped: rusqlite::Result<Option<Run>>,
    ) -> rusqlite::Result<()> {
        match stepped {
            Ok(None) => self.merging = Some(merge),
            Ok(Some(run)) => {
                self.leftovers.extend(merge.sources());
                self.stored.retain(|run| merge.sources().all(|source| source != run.number));
                self.stored.push(run);
                self.begin_merge();
            }
            Err(error) => {
                self.leftovers.push(merge.number);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Gives the merge under way up: its runs are about to change. It is begun again after the next run.
    pub(super) fn abandon_merge(&mut self) {
        self.leftovers.extend(self.merging.take().map(|merge| merge.number));
    }

    pub(super) fn finish_closing(&mut self, connection: &mut Connection) -> rusqlite::Result<()> {
        while self.closing.is_some() {
            self.step_closing(connection)?;
        }
        Ok(())
    }
}
