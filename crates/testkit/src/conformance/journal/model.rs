//! Random operations on a journal and on a model of it must come to the same.

use std::collections::HashMap;
use std::sync::Arc;

use domain::clock::Clock as _;
use engine::ports::journal::{Batch, Block, Journal, Position};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use uuid::Uuid;

use super::{END_OF_TIME, Expected, Harness, read_all, records, uuid};

/// An entry to append: owner, id, and the length of its payload.
type NewEntry = (u8, Option<u8>, u16);

/// Something to do with a journal.
#[derive(Debug, Clone)]
pub enum Operation {
    /// Append these entries.
    Append(Vec<NewEntry>),
    /// Read from a position (modulo what there is) with this bound.
    Read(u16, u16),
    /// Trim before a position (modulo what there is); `true`: only what was not written today.
    Trim(u16, bool),
    /// Put this payload in the place of all of this owner's.
    Rewrite(u8, Vec<u8>),
    /// Let days pass.
    Pass(u8),
    /// Close and open.
    Reopen,
}

/// Up to 40 operations; ids and owners are few, so that they repeat.
pub fn operations() -> impl Strategy<Value = Vec<Operation>> {
    let entry = (0..4_u8, option::weighted(0.8, 0..24_u8), 0..2_000_u16);
    let operation = prop_oneof![
        8 => vec(entry, 0..12).prop_map(Operation::Append),
        4 => (any::<u16>(), any::<u16>()).prop_map(|(from, bytes)| Operation::Read(from, bytes)),
        2 => (any::<u16>(), any::<bool>()).prop_map(|(before, old)| Operation::Trim(before, old)),
        2 => (0..4_u8, vec(any::<u8>(), 0..40))
            .prop_map(|(owner, payload)| Operation::Rewrite(owner, payload)),
        1 => (1..5_u8).prop_map(Operation::Pass),
        1 => Just(Operation::Reopen),
    ];
    vec(operation, 1..40)
}

#[derive(Default)]
struct Model {
    kept: Vec<Expected>,
    next: Position,
    /// The day each owner's id was stored, counted from the beginning.
    ids: HashMap<(u8, u8), u32>,
    day: u32,
}

impl Model {
    fn append(&mut self, entries: &[NewEntry]) -> (Batch, Vec<usize>) {
        let mut batch = Batch::default();
        let mut duplicates = Vec::new();
        for (index, &(owner, id, length)) in entries.iter().enumerate() {
            let payload = vec![self.next.to_le_bytes()[0]; usize::from(length)];
            let named = id.map(|id| (owner, id));
            let (owner, uuid_of_id) = (uuid(owner.into()), id.map(|id| uuid(id.into())));
            batch.push(owner, uuid_of_id, &payload);
            let known = named.and_then(|named| self.ids.get(&named));
            let duplicate = known.is_some_and(|day| day + 7 >= self.day);
            if duplicate {
                duplicates.push(index);
            } else if let Some(named) = named {
                self.ids.insert(named, self.day);
            }
            let payload = (!duplicate).then_some(payload);
            self.kept.push(Expected { position: self.next, owner, id: uuid_of_id, payload });
            self.next += 1;
        }
        (batch, duplicates)
    }

    fn first(&self) -> Position {
        self.kept.first().map_or(self.next, |record| record.position)
    }

    /// The records from `from` on.
    fn from(&self, from: Position) -> &[Expected] {
        &self.kept[self.kept.partition_point(|record| record.position < from)..]
    }
}

/// Panics where the journal and the model differ.
pub async fn agrees(harness: &mut impl Harness, operations: Vec<Operation>) {
    let mut model = Model::default();
    for operation in operations {
        match operation {
            Operation::Append(entries) => append(&*harness.journal(), &mut model, &entries).await,
            Operation::Read(from, bytes) => {
                let from = u64::from(from) % (model.next + 2);
                read(&*harness.journal(), &model, from, bytes.into()).await;
            }
            Operation::Trim(before, only_old) => {
                let older_than = if only_old { harness.clock().now() } else { END_OF_TIME };
                let before = u64::from(before) % (model.next + 2);
                let due = |block: &Block| block.end() <= before && block.written_at < older_than;
                trim(&*harness.journal(), &mut model, due, before, older_than).await;
            }
            Operation::Rewrite(owner, payload) => {
                rewrite(&*harness.journal(), &mut model, uuid(owner.into()), payload).await;
            }
            Operation::Pass(days) => {
                model.day += u32::from(days);
                harness.clock().advance_seconds(i64::from(days) * 86_400);
            }
            Operation::Reopen => {
                harness.reopen();
            }
        }
        let bounds = harness.journal().bounds().await.unwrap();
        assert_eq!((bounds.first, bounds.next), (model.first(), model.next));
        assert_eq!(bounds.quarantined, 0);
    }
    assert_eq!(records(&read_all(&*harness.journal(), 0, 1_000).await), model.kept);
}

async fn append(journal: &dyn Journal, model: &mut Model, entries: &[NewEntry]) {
    let first = model.next;
    let (batch, duplicates) = model.append(entries);
    let appended = journal.append(batch).await.unwrap();
    assert_eq!((appended.first, appended.duplicates), (first, duplicates));
    assert_eq!(*journal.tail().borrow(), model.next);
}

async fn read(journal: &dyn Journal, model: &Model, from: Position, max_bytes: usize) {
    let blocks = journal.read(from, max_bytes).await.unwrap();
    let read = records(&blocks);
    let wanted = model.from(from);
    assert_eq!(read.is_empty(), wanted.is_empty(), "a read gives something if there is something");
    let passed = read.iter().filter(|record| record.position < from).count();
    assert!(wanted.starts_with(&read[passed..]), "a read gives what follows, without gaps");
    if let Some((_, others)) = blocks.split_last() {
        let bytes = others.iter().map(Block::payload_bytes).sum::<usize>();
        assert!(others.is_empty() || bytes < max_bytes, "a read stops at its bound");
    }
}

async fn trim(
    journal: &dyn Journal,
    model: &mut Model,
    due: impl Fn(&Block) -> bool,
    before: Position,
    older_than: domain::time::Timestamp,
) {
    let mut blocks = read_all(journal, 0, 1_000).await;
    let all = blocks.len();
    blocks.retain(|block| !due(block));
    let removed = journal.trim(before, older_than).await.unwrap();
    let was = model.kept.len();
    model.kept = records(&blocks);
    assert_eq!(removed, (was - model.kept.len()) as u64, "of {all} blocks");
}

async fn rewrite(journal: &dyn Journal, model: &mut Model, owner: Uuid, payload: Vec<u8>) {
    let mut expected = 0;
    for record in model.kept.iter_mut().filter(|record| record.owner == owner) {
        if let Some(kept) = &mut record.payload {
            expected += 1;
            kept.clone_from(&payload);
        }
    }
    let edit = move |of: Uuid, _: &[u8]| (of == owner).then(|| payload.clone());
    let rewritten = journal.rewrite(Arc::new(edit)).await.unwrap();
    assert_eq!((rewritten.entries, rewritten.until), (expected, model.next));
}
