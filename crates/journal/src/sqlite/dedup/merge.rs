//! Merging stored runs, so that there are few of them: each new id is held against every run.
//!
//! Eight runs of a day that are about as large become one, a few chunks at a time. They answer until the
//! merged run is whole; then one transaction puts it in their place, and their chunks are removed in steps.

use rusqlite::types::Type;
use rusqlite::{Connection, TransactionBehavior};

use super::filter::KeyFilter;
use super::key::Key;
use super::run::{Bounds, CHUNK_KEYS, Run, RunIndex};
use super::tables;

/// Runs that become one, and how much larger it is.
const FAN_IN: usize = 8;
/// Keys of the largest run: its filter, of 15 MB, is stored at once.
const MAX_KEYS: usize = 10_000_000;
/// Chunks written in one step, 160 KB: appends wait for it.
const STEP_CHUNKS: usize = 8;

/// A merge under way.
pub(super) struct Merge {
    /// Of the run that comes of it.
    pub(super) number: i64,
    day: i32,
    sources: Vec<Source>,
    output: Output,
}

/// A run that is being read.
struct Source {
    number: i64,
    chunks: usize,
    next_chunk: usize,
    /// Of the chunk read last, the smallest at the end.
    keys: Vec<Key>,
}

/// The merged run so far.
struct Output {
    firsts: Vec<Key>,
    last: Option<Key>,
    keys: usize,
    /// How many there will be.
    expected: usize,
    filter: KeyFilter,
}

impl Merge {
    /// A merge of runs that are better one run, if there are such; runs of fewer than `small` keys count as
    /// equally small.
    pub(super) fn due(runs: &[Run], small: usize, number: i64) -> Option<Self> {
        let tier = |run: &Run| (run.day, (run.index.keys / small.max(1)).checked_ilog(FAN_IN));
        let alike = |run| runs.iter().filter(|it| tier(it) == tier(run)).take(FAN_IN).collect();
        let keys_of = |runs: &[&Run]| runs.iter().map(|run| run.index.keys).sum::<usize>();
        let chosen: Vec<&Run> = runs
            .iter()
            .map(alike)
            .find(|runs: &Vec<&Run>| runs.len() == FAN_IN && keys_of(runs) <= MAX_KEYS)?;
        let (day, keys) = (chosen.first()?.day, keys_of(&chosen));
        let output = Output {
            firsts: Vec::new(),
            last: None,
            keys: 0,
            expected: keys,
            filter: KeyFilter::for_keys(keys),
        };
        Some(Self { number, day, sources: chosen.into_iter().map(Source::of).collect(), output })
    }

    /// The runs that it merges.
    pub(super) fn sources(&self) -> impl Iterator<Item = i64> {
        self.sources.iter().map(|source| source.number)
    }

    /// Writes some chunks; with the last of them, the run in the place of its sources, and gives it. After an error the merge is to be given up: it cannot go back.
    pub(super) fn step(&mut self, connection: &mut Connection) -> rusqlite::Result<Option<Run>> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut is_done = false;
        for _ in 0..STEP_CHUNKS {
            let chunk = self.next_chunk(&transaction)?;
            if chunk.is_empty() {
                is_done = true;
                break;
            }
            let index = self.output.add(&chunk);
            tables::store_chunk(&transaction, self.number, index, &chunk)?;
        }
        let index = if is_done { Some(self.output.finish()?) } else { None };
        if let Some(index) = &index {
            tables::store_run(&transaction, self.number, self.day, index)?;
            for source in &self.sources {
                tables::remove_run(&transaction, source.number)?;
            }
        }
        transaction.commit()?;
        Ok(index.map(|index| Run { number: self.number, day: self.day, index }))
    }

    /// The next keys in order; none when all were given.
    fn next_chunk(&mut self, connection: &Connection) -> rusqlite::Result<Vec<Key>> {
        let mut chunk = Vec::with_capacity(CHUNK_KEYS);
        while chunk.len() < CHUNK_KEYS {
            let mut least: Option<&mut Source> = None;
            for source in &mut self.sources {
                if source.refill(connection)?
                    && least.as_ref().is_none_or(|least| source.keys.last() < least.keys.last())
                {
                    least = Some(source);
                }
            }
            let Some(key) = least.and_then(|source| source.keys.pop()) else { break };
            chunk.push(key);
        }
        Ok(chunk)
    }
}

impl Source {
    fn of(run: &Run) -> Self {
        Self { number: run.number, chunks: run.chunks(), next_chunk: 0, keys: Vec::new() }
    }

    /// Reads the next chunk when there is nothing left of the one before; whether there is a key.
    fn refill(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        while self.keys.is_empty() && self.next_chunk < self.chunks {
            let chunk = tables::chunk(connection, self.number, self.next_chunk)?;
            self.keys = Key::all_of(&chunk).collect();
            self.keys.reverse();
            self.next_chunk += 1;
        }
        Ok(!self.keys.is_empty())
    }
}

impl Output {
    /// Takes in the next chunk, which is not empty; gives its place.
    fn add(&mut self, chunk: &[Key]) -> usize {
        for key in chunk {
            self.filter.insert(key.hash());
        }
        self.keys += chunk.len();
        self.firsts.extend(chunk.first());
        self.last = chunk.last().copied();
        self.firsts.len() - 1
    }

    /// The index of everything taken in, which must be all that the runs said they hold.
    fn finish(&mut self) -> rusqlite::Result<RunIndex> {
        let last = self.last.filter(|_| self.keys == self.expected).ok_or_else(|| {
            let what = format!("runs of {} keys hold {}", self.expected, self.keys);
            rusqlite::Error::FromSqlConversionFailure(1, Type::Blob, what.into())
        })?;
        let bounds = Bounds { firsts: std::mem::take(&mut self.firsts), last };
        let filter = std::mem::replace(&mut self.filter, KeyFilter::for_keys(0));
        Ok(RunIndex { keys: self.keys, bounds, filter })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn run(number: i64, day: i32, keys: usize) -> Run {
        let key = Key::new(Uuid::from_u128(1), 1);
        let bounds = Bounds { firsts: vec![key], last: key };
        Run { number, day, index: RunIndex { keys, bounds, filter: KeyFilter::for_keys(1) } }
    }

    fn due(runs: &[Run]) -> Option<Vec<i64>> {
        Merge::due(runs, 100_000, 1_000).map(|merge| merge.sources().collect())
    }

    #[test]
    fn eight_runs_of_a_day_and_a_size_become_one() {
        let mut runs: Vec<Run> = (0..7).map(|number| run(number, 1, 100_000)).collect();
        runs.extend([run(7, 2, 100_000), run(8, 1, 900_000)]);
        assert_eq!(due(&runs), None);
        runs.push(run(9, 1, 799_999));
        assert_eq!(due(&runs), Some(vec![0, 1, 2, 3, 4, 5, 6, 9]));
    }

    #[test]
    fn small_runs_are_one_size_and_the_largest_stay_alone() {
        let small: Vec<Run> = (0..8).map(|number| run(number, 1, 10)).collect();
        assert!(due(&small).is_some());
        let large: Vec<Run> = (0..20).map(|number| run(number, 1, 6_400_000)).collect();
        assert_eq!(due(&large), None);
    }

    #[test]
    fn seventy_million_ids_are_few_runs() {
        let mut runs: Vec<Run> = Vec::new();
        let mut most = 0;
        for flush in 0..700 {
            runs.push(run(flush, i32::try_from(flush / 100).expect("small"), 100_000));
            while let Some(merge) = Merge::due(&runs, 100_000, 0) {
                let sources: Vec<i64> = merge.sources().collect();
                let is_source = |run: &Run| sources.contains(&run.number);
                let keys = runs.iter().filter(|run| is_source(run)).map(|run| run.index.keys).sum();
                runs.retain(|run| !is_source(run));
                runs.push(run(10_000 + flush, merge.day, keys));
            }
            most = most.max(runs.len());
        }
        assert!(most <= 7 * 15, "{most} runs");
    }
}
