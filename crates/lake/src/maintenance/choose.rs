//! Which files to merge next. A pure function of the files, the day and the settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Options;
use crate::table::DataFile;
use crate::writer::is_merged;

/// Files merged together at most.
const MAX_FILES: usize = 512;
/// Bytes of compressed rows a merge holds in memory at most: a row group of each of its files.
const MAX_HELD_BYTES: u64 = 48 << 20;
/// A row group's compressed size, about.
const ROW_GROUP_BYTES: u64 = 5 << 20;
/// Yesterday still gets late events: it is merged when it has more small files than this.
const SMALL_FILES_YESTERDAY: usize = 8;

/// Files of one day that are better one file; none when the table is in good order.
///
/// Small files are those below half the target. Days before yesterday are brought down to one
/// small file, and that is compressed as merged files are. A day that still grows is merged when it has many, the smallest first, leaving out
/// those larger than all the smaller ones together, so that each row is rewritten a few times only.
pub(crate) fn files_to_merge(
    files: &[Arc<DataFile>],
    today: i32,
    options: &Options,
) -> Option<Vec<Arc<DataFile>>> {
    let mut days: BTreeMap<i32, Vec<&Arc<DataFile>>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.size_bytes < options.target_file_bytes / 2) {
        days.entry(file.day).or_default().push(file);
    }
    // The newest day first: it is asked about most.
    days.into_iter().rev().find_map(|(day, mut small)| {
        let allowed = match today - day {
            ..=0 => options.small_files_today,
            1 => SMALL_FILES_YESTERDAY.min(options.small_files_today),
            _ => 1,
        };
        let is_rewritten = allowed > 1 || small.iter().all(|file| is_merged(&file.path));
        if small.len() <= allowed && is_rewritten {
            return None;
        }
        small.sort_by(|a, b| a.size_bytes.cmp(&b.size_bytes).then_with(|| a.path.cmp(&b.path)));
        Some(smallest(&small, allowed / 2, options.target_file_bytes))
    })
}

fn smallest(sorted: &[&Arc<DataFile>], at_least: usize, target_bytes: u64) -> Vec<Arc<DataFile>> {
    let mut chosen = Vec::new();
    let (mut bytes, mut held_bytes) = (0, 0);
    for file in sorted {
        let would_hold = held_bytes + file.size_bytes.min(ROW_GROUP_BYTES);
        let is_full = chosen.len() == MAX_FILES
            || would_hold > MAX_HELD_BYTES
            || bytes + file.size_bytes > 2 * target_bytes;
        let is_out_of_proportion =
            at_least > 0 && chosen.len() >= at_least && file.size_bytes > bytes;
        if chosen.len() >= 2 && (is_full || is_out_of_proportion) {
            break;
        }
        bytes += file.size_bytes;
        held_bytes = would_hold;
        chosen.push(Arc::clone(file));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: i32 = 100;

    fn files(day: i32, sizes: &[u64]) -> Vec<Arc<DataFile>> {
        let file = |(index, &size_bytes): (usize, &u64)| {
            let path = format!("{day}/{index}-merged.parquet");
            Arc::new(DataFile { path, day, size_bytes, stats: crate::table::Stats::default() })
        };
        sizes.iter().enumerate().map(file).collect()
    }

    fn chosen(files: &[Arc<DataFile>]) -> Option<usize> {
        files_to_merge(files, TODAY, &Options::new("unused")).map(|files| files.len())
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
        assert_eq!(flushed("0/1-merged.parquet"), None);
    }

    #[test]
    fn a_growing_day_does_not_rewrite_its_large_file_for_a_few_small_ones() {
        let mut sizes = vec![1_000; 32];
        sizes.push(10 << 20);
        assert_eq!(chosen(&files(TODAY, &sizes)), Some(32));
    }

    #[test]
    fn a_merge_never_holds_more_than_its_share_of_memory() {
        let merge = files_to_merge(&files(0, &[20 << 20; 40]), TODAY, &Options::new("unused"));
        let merge = merge.expect("something to merge");
        assert!(merge.len() as u64 * ROW_GROUP_BYTES <= MAX_HELD_BYTES);
        assert!(merge.len() >= 2);
    }
}
