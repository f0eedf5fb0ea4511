//! Journals as the conformance suite wants them.

use std::sync::Arc;

use engine::ports::journal::Journal;
use journal::sqlite::{Options, SqliteJournal};
use tempfile::TempDir;
use testkit::clock::ManualClock;
use testkit::conformance::journal::Harness;
use testkit::fakes::journal::MemoryJournal;

/// The fake.
pub(crate) struct InMemory {
    journal: Arc<MemoryJournal>,
    clock: Arc<ManualClock>,
}

impl InMemory {
    pub(crate) fn new() -> Self {
        let clock = Arc::new(ManualClock::default());
        Self { journal: Arc::new(MemoryJournal::new(clock.clone())), clock }
    }
}

impl Harness for InMemory {
    fn journal(&self) -> Arc<dyn Journal> {
        self.journal.clone()
    }

    fn clock(&self) -> &ManualClock {
        &self.clock
    }

    fn reopen(&mut self) -> bool {
        false
    }
}

/// A `SQLite` journal in a folder of its own.
pub(crate) struct InFolder {
    journal: Option<Arc<SqliteJournal>>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) options: Options,
    _folder: TempDir,
}

impl InFolder {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// With options changed.
    pub(crate) fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options::in_folder(folder.path().join("journal"));
        change(&mut options);
        let mut harness = Self {
            journal: None,
            clock: Arc::new(ManualClock::default()),
            options,
            _folder: folder,
        };
        harness.open();
        harness
    }

    pub(crate) fn open(&mut self) {
        let journal = SqliteJournal::open(&self.options, self.clock.clone()).unwrap();
        self.journal = Some(Arc::new(journal));
    }

    /// Closes the journal; nobody else may hold it.
    pub(crate) fn close(&mut self) {
        let journal = self.journal.take().unwrap();
        assert_eq!(Arc::strong_count(&journal), 1, "somebody still holds the journal");
    }

    /// Another connection to the database file.
    pub(crate) fn connect(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.options.folder.join("journal.db")).unwrap()
    }
}

impl Harness for InFolder {
    fn journal(&self) -> Arc<dyn Journal> {
        self.journal.clone().unwrap()
    }

    fn clock(&self) -> &ManualClock {
        &self.clock
    }

    fn reopen(&mut self) -> bool {
        self.close();
        self.open();
        true
    }
}

/// This many bytes that do not compress, others for each seed.
pub(crate) fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let mut state = seed + 1;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_le_bytes()[7]
    };
    std::iter::repeat_with(next).take(bytes).collect()
}
