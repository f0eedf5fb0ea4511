//! Which files to merge next. A pure function of the files, the day and the settings.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::Options;
use crate::table::DataFile;
use crate::writer::is_compacted;

/// Files merged together at most.
const MAX_FILES: usize = 512;
/// What a merge may hold in memory of its files, about.
const MAX_HELD_BYTES: u64 = 96 << 20;
/// What it holds of any file: readers of some sixty columns.
const HELD_OF_ANY: u64 = 1 << 20;
/// What it holds of a large one besides: a row group compressed, and a page of each column not.
const HELD_OF_LARGE: u64 = 10 << 20;
/// A small file is held whole, and grows as much when it is decoded.
const DECODED_TO_STORED: u64 = 8;
/// Yesterday still gets late events: it is merged when it has more small files than this.
const SMALL_FILES_YESTERDAY: usize = 8;
/// Files of a day that still grows are merged with others of about their size: the largest at most this
/// many times the smallest, so that each row is rewritten a few times only.
const LARGEST_TO_SMALLEST: u64 = 8;

/// Files to merge, and how.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) files: Vec<Arc<DataFile>>,
    /// Their day is over: what is written is written for good.
    pub(crate) is_final: bool,
}

/// Files of one day that are better one file; none when the table is in good order.
///
/// Small files are those below half the target. Days before yesterday are brought down to one
/// small file, and every file is compressed for good. A day that still grows is merged when it has many.
pub(crate) fn files_to_merge(
    files: &[Arc<DataFile>],
    today: i32,
    options: &Options,
) -> Option<Chosen> {
    let is_small = |file: &DataFile| file.size_bytes < options.target_file_bytes / 2;
    let mut days: BTreeMap<i32, Vec<&Arc<DataFile>>> = BTreeMap::new();
    for file in files {
        let is_over = today - file.day > 1;
        if is_small(file) || (is_over && !is_compacted(&file.path)) {
            days.entry(file.day).or_default().push(file);
        }
    }
    // The newest day first: it is asked about most.
    days.into_iter().rev().find_map(|(day, mut candidates)| {
        let allowed = match today - day {
            ..=0 => options.small_files_today,
            1 => SMALL_FILES_YESTERDAY.min(options.small_files_today),
            _ => 1,
        };
        let is_final = today - day > 1;
        let is_done = !is_final || candidates.iter().all(|file| is_compacted(&file.path));
        if candidates.len() <= allowed && is_done {
            return None;
        }
        candidates
            .sort_by(|a, b| a.size_bytes.cmp(&b.size_bytes).then_with(|| a.path.cmp(&b.path)));
        let run = if is_final {
            0..within_limits(&candidates, options.target_file_bytes)
        } else {
            best_run(&candidates, options.target_file_bytes)
        };
        let files = candidates[run].iter().map(|file| Arc::clone(file)).collect();
        Some(Chosen { files, is_final })
    })
}

/// How many of the files, from the first on, one merge may take: two, if there are as many.
fn within_limits(sorted: &[&Arc<DataFile>], target_bytes: u64) -> usize {
    let (mut bytes, mut held) = (0, 0);
    let fits = sorted.iter().take(MAX_FILES).take_while(|file| {
        bytes += file.size_bytes;
        held += HELD_OF_ANY + (file.size_bytes * DECODED_TO_STORED).min(HELD_OF_LARGE);
        held <= MAX_HELD_BYTES && bytes <= 2 * target_bytes
    });
    fits.count().max(2).min(sorted.len())
}

/// The files of about one size whose merge rids the table of most files for the bytes it writes. The
/// two smallest, if no two are of about one size.
fn best_run(sorted: &[&Arc<DataFile>], target_bytes: u64) -> Range<usize> {
    let runs = (0..sorted.len()).map(|start| {
        let most = sorted[start].size_bytes.saturating_mul(LARGEST_TO_SMALLEST);
        let alike = sorted[start..].iter().take_while(|file| file.size_bytes <= most).count();
        start..start + within_limits(&sorted[start..start + alike], target_bytes)
    });
    // Bytes for each file less; the first of several that are as good.
    let cost = |run: &Range<usize>| {
        let bytes: u64 = sorted[run.clone()].iter().map(|file| file.size_bytes).sum();
        bytes / (run.len() as u64 - 1)
    };
    runs.filter(|run| run.len() > 1).min_by_key(cost).unwrap_or(0..sorted.len().min(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: i32 = 100;

    fn files(day: i32, sizes: &[u64]) -> Vec<Arc<DataFile>> {
        let file = |(index, &size_bytes): (usize, &u64)| {
            let path = format!("{day}/{index}-compacted.parquet");
            Arc::new(DataFile { path, day, size_bytes, stats: crate::table::Stats::default() })
        };
        sizes.iter().enumerate().map(file).collect()
    }

    fn chosen(files: &[Arc<DataFile>]) -> Option<usize> {
        files_to_merge(files, TODAY, &Options::new("unused")).map(|chosen| chosen.files.len())
    }

    #[test]
    fn today_is_left_alone_until_it_has_many_small_files() {
        assert_eq!(chosen(&files(TODAY, &[1_000; 32])), None);
        assert_eq!(chosen(&files(TODAY, &[1_000; 33])), Some(33));
    }

    #[test]
    fn an_old_day_becomes_one_file() {
        assert_eq!(chosen(&files(TODAY - 2, &[1_000])), None);
        assert_eq!(chosen(&files(TODAY - 2, &[1_000, 60 << 20])), Some(2));
        assert_eq!(chosen(&files(TODAY - 2, &[1_000, 64 << 20])), None);
    }

    #[test]
    fn a_days_only_file_is_rewritten_once() {
        let flushed = |path: &str| {
            let stats = crate::table::Stats::default();
            let file = DataFile { path: path.to_owned(), day: 0, size_bytes: 1_000, stats };
            chosen(&[Arc::new(file)])
        };
        assert_eq!(flushed("0/1.parquet"), Some(1));
        assert_eq!(flushed("0/1-compacted.parquet"), None);
    }

    #[test]
    fn a_growing_day_does_not_rewrite_its_large_file_for_a_few_small_ones() {
        let mut sizes = vec![1_000; 32];
        sizes.push(10 << 20);
        assert_eq!(chosen(&files(TODAY, &sizes)), Some(32));
    }

    #[test]
    fn a_large_file_written_in_haste_is_rewritten_when_its_day_is_over() {
        let stats = crate::table::Stats::default();
        let path = "0/1.parquet".to_owned();
        let file = |day| {
            [Arc::new(DataFile {
                path: path.clone(),
                day,
                size_bytes: 100 << 20,
                stats: stats.clone(),
            })]
        };
        assert_eq!(chosen(&file(TODAY)), None);
        let whole = files_to_merge(&file(TODAY - 2), TODAY, &Options::new("unused"));
        assert!(whole.is_some_and(|chosen| chosen.is_final && chosen.files.len() == 1));
    }

    #[test]
    fn a_merge_never_holds_more_than_its_share_of_memory() {
        for day in [TODAY, 0] {
            let count = chosen(&files(day, &[20 << 20; 40])).expect("something to merge") as u64;
            assert!(count >= 2);
            assert!(count * (HELD_OF_ANY + HELD_OF_LARGE) <= MAX_HELD_BYTES);
        }
    }

    #[test]
    fn a_row_of_a_growing_day_is_rewritten_a_few_times_only() {
        let options = Options::new("unused");
        let mut table: Vec<Arc<DataFile>> = Vec::new();
        let (mut flushed, mut rewritten) = (0, 0);
        for flush in 0..2_000_u64 {
            flushed += 1_400_000;
            let file = |path, size_bytes| {
                let stats = crate::table::Stats::default();
                Arc::new(DataFile { path, day: TODAY, size_bytes, stats })
            };
            table.push(file(format!("{flush:020}.parquet"), 1_400_000));
            while let Some(Chosen { files, .. }) = files_to_merge(&table, TODAY, &options) {
                let bytes: u64 = files.iter().map(|file| file.size_bytes).sum();
                rewritten += bytes;
                table.retain(|file| !files.iter().any(|gone| gone.path == file.path));
                table.push(file(format!("{flush:020}-{bytes}-{}.parquet", table.len()), bytes));
            }
        }
        assert!(rewritten < 3 * flushed, "{rewritten} of {flushed}");
    }
}
