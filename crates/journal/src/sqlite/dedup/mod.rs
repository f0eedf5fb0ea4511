//! Ids seen: which entries are duplicates, exactly, over the window.
//!
//! The ids of the last blocks lie in memory, in the *open run*. When there are many of them or their day is
//! over, they become a stored *run*: sorted, in chunks, for as long as the window lasts. Of a stored run,
//! memory holds a filter and the first id of each chunk: nearly every new id is known not to be in it without
//! reading anything. Appending writes no row for an id; after a crash, the open run is read from the blocks
//! that no stored run covers.
//!
//! Runs are sorted, stored and merged between commits, in steps ([`SeenIds::step`]).

mod closing;
mod filter;
mod key;
mod merge;
mod replay;
mod run;
mod steps;
mod tables;

use std::collections::{HashMap, HashSet};

use domain::time::Timestamp;
use engine::ports::journal::Position;
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use closing::Closing;
use key::Key;
use merge::Merge;
use run::{Run, Sorted};

/// The days on which an id counts as seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    today: i32,
    first: i32,
}

impl Window {
    /// Ids stored up to `days` days before the day of `now` are remembered.
    pub(super) fn ending(now: Timestamp, days: u16) -> Self {
        let today = now.day();
        Self { today, first: today.saturating_sub(i32::from(days)) }
    }
}

/// The ids of the window.
pub(super) struct SeenIds {
    owners: HashMap<Uuid, u32>,
    open: OpenRun,
    closing: Option<Closing>,
    stored: Vec<Run>,
    merging: Option<Merge>,
    /// Runs that are no more, and have chunks left.
    leftovers: Vec<i64>,
    /// The number of the next run that is stored.
    next_run: i64,
    /// The ids of entries before this are in stored runs.
    covered_until: Position,
    max_open: usize,
    /// Of the transaction under way.
    added: Added,
}

/// Ids of one day that only memory holds.
#[derive(Debug, Default)]
struct OpenRun {
    day: i32,
    keys: HashSet<Key>,
}

/// Keys and owners that a transaction has added.
#[derive(Debug, Default)]
struct Added {
    keys: Vec<Key>,
    owners: Vec<Uuid>,
}

impl SeenIds {
    /// Reads the window from the database: what is stored, and the ids of the blocks that no run covers.
    pub(super) fn open(connection: &mut Connection, max_open: usize) -> rusqlite::Result<Self> {
        let stored = tables::load(connection)?;
        let mut seen = Self {
            owners: stored.owners,
            open: OpenRun::default(),
            closing: None,
            stored: stored.runs,
            merging: None,
            leftovers: Vec::new(),
            next_run: stored.next_run,
            covered_until: stored.covered_until,
            max_open: max_open.max(1),
            added: Added::default(),
        };
        replay::replay(&mut seen, connection, stored.covered_until)?;
        Ok(seen)
    }

    /// Before a transaction whose first entry gets the position `next`: closes the open run when it is full or
    /// its day is over.
    pub(super) fn begin(
        &mut self,
        connection: &mut Connection,
        window: Window,
        next: Position,
    ) -> rusqlite::Result<()> {
        self.added = Added::default();
        // A clock that was set back does not divide a day.
        let is_over = window.today > self.open.day;
        if is_over && self.closing.is_some() {
            // Else the ids of this day would count as seen the day before.
            self.finish_closing(connection)?;
        }
        let is_full = self.open.keys.len() >= self.max_open && self.closing.is_none();
        if (is_over || is_full) && !self.open.keys.is_empty() {
            self.close_open(next);
        }
        self.open.day = self.open.day.max(window.today);
        Ok(())
    }

    /// Remembers the id of an owner's entry; whether it was not seen within the window before.
    pub(super) fn is_new(
        &mut self,
        transaction: &Connection,
        window: Window,
        owner: Uuid,
        id: Uuid,
    ) -> rusqlite::Result<bool> {
        let key = Key::new(id, self.owner(transaction, owner)?);
        if self.open.day >= window.first && self.open.keys.contains(&key) {
            return Ok(false);
        }
        let closing = self.closing.as_ref().filter(|closing| closing.day >= window.first);
        if closing.is_some_and(|closing| closing.keys.contains(&key)) {
            return Ok(false);
        }
        let hash = key.hash();
        for run in self.stored.iter().rev().filter(|run| run.day >= window.first) {
            if run.holds(transaction, &key, hash)? {
                return Ok(false);
            }
        }
        self.open.keys.insert(key);
        self.added.keys.push(key);
        Ok(true)
    }

    /// Takes back what was added since [`SeenIds::begin`]: the transaction failed.
    pub(super) fn undo(&mut self) {
        let Added { keys, owners } = std::mem::take(&mut self.added);
        for key in keys {
            self.open.keys.remove(&key);
        }
        for owner in owners {
            self.owners.remove(&owner);
        }
    }

    /// The ids of entries before this are in stored runs, so that their blocks may be removed.
    pub(super) fn covered_until(&self) -> Position {
        self.covered_until
    }

    /// Stores the ids of all entries before `next`, in one transaction: their blocks are about to be removed.
    pub(super) fn cover(
        &mut self,
        connection: &mut Connection,
        next: Position,
    ) -> rusqlite::Result<()> {
        self.finish_closing(connection)?;
        self.abandon_merge();
        self.store_open(connection, next)
    }

    /// Removes a run that is older than the window; whether there was none.
    pub(super) fn forget(
        &mut self,
        connection: &mut Connection,
        window: Window,
    ) -> rusqlite::Result<bool> {
        self.finish_closing(connection)?;
        let Some(index) = self.stored.iter().position(|run| run.day < window.first) else {
            return Ok(true);
        };
        self.abandon_merge();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tables::remove(&transaction, self.stored[index].number)?;
        transaction.commit()?;
        self.stored.remove(index);
        Ok(false)
    }

    /// Begins another open run; a thread sorts this one.
    fn close_open(&mut self, next: Position) {
        let keys = std::mem::take(&mut self.open.keys);
        self.closing = Some(Closing::begin(self.open.day, keys, next));
    }

    /// Stores the open run, which holds the ids up to `until`. The run before it is taken in where that is
    /// small and of the same day: trims follow each other closely.
    fn store_open(&mut self, connection: &mut Connection, until: Position) -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut keys = self.open.keys.clone();
        let mut replaced = None;
        if let Some(run) = self.stored.last()
            && !keys.is_empty()
            && run.day == self.open.day
            && run.index.keys + keys.len() <= self.max_open
        {
            for chunk in 0..run.chunks() {
                keys.extend(Key::all_of(&tables::chunk(&transaction, run.number, chunk)?));
            }
            tables::remove(&transaction, run.number)?;
            replaced = Some(run.number);
        }
        let sorted = Sorted::of(&keys);
        if let Some(sorted) = &sorted {
            tables::store_chunks(&transaction, self.next_run, sorted, 0, sorted.chunks())?;
            tables::store_run(&transaction, self.next_run, self.open.day, &sorted.index)?;
        }
        tables::cover(&transaction, until)?;
        transaction.commit()?;
        self.covered_until = until;
        self.open.keys.clear();
        self.stored.retain(|run| Some(run.number) != replaced);
        if let Some(sorted) = sorted {
            self.push(self.open.day, sorted);
        }
        Ok(())
    }

    fn push(&mut self, day: i32, sorted: Sorted) {
        self.stored.push(sorted.into_run(self.next_run, day));
        self.next_run += 1;
    }

    /// The number of an owner.
    fn owner(&mut self, transaction: &Connection, owner: Uuid) -> rusqlite::Result<u32> {
        if let Some(number) = self.owners.get(&owner) {
            return Ok(*number);
        }
        let number = tables::add_owner(transaction, owner)?;
        self.owners.insert(owner, number);
        self.added.owners.push(owner);
        Ok(number)
    }
}
