//! Which files to merge next. A pure function of the files, the day and the settings.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::Options;
use crate::table::{DataFile, month_of};
use crate::writer::is_compacted;

/// Files merged together at most.
const MAX_FILES: usize = 512;
/// What a merge may hold in memory of its files, about.
const MAX_MERGE_MEMORY_BYTES: u64 = 96 << 20;
/// What it holds of any file: readers of some sixty columns.
const BASE_FILE_BYTES: u64 = 1 << 20;
/// What it holds of a large one besides: a row group compressed, and a page of each column not.
const LARGE_FILE_BYTES: u64 = 10 << 20;
/// A small file is held whole, and grows as much when it is decoded.
const DECODED_TO_STORED: u64 = 8;
/// A month may keep this many small files that are compressed for good, of different sizes: bringing them
/// down to one would rewrite the largest for every late event.
const SMALL_FILES_OF_MONTH: usize = 8;
/// So may a month that is over.
const SMALL_FILES_OF_PAST_MONTH: usize = 2;
/// Files are merged with others of about their size: the largest at most this
/// many times the smallest, so that each row is rewritten a few times only.
const LARGEST_TO_SMALLEST: u64 = 8;

/// Files to merge, and how.
#[derive(Debug)]
pub(crate) struct MergePlan {
    pub(crate) files: Vec<Arc<DataFile>>,
    /// The days of their events are over: what is written is written for good.
    pub(crate) is_final: bool,
}

/// Files of one month that are better one file; none when the table is in good order.
///
/// Files whose latest event is of the day before yesterday or older are compressed for good. Of the
/// others, and of small ones (below half the target) that are compressed, a month keeps a few.
pub(crate) fn files_to_merge(
    files: &[Arc<DataFile>],
    today: i32,
    options: &Options,
) -> Option<MergePlan> {
    let mut months: BTreeMap<i32, Vec<&Arc<DataFile>>> = BTreeMap::new();
    for file in files {
        months.entry(file.month).or_default().push(file);
    }
    // The newest month first: it is asked about most.
    let chosen = |(month, files)| in_month(files, is_past(month, today), today, options);
    months.into_iter().rev().find_map(chosen)
}

fn in_month(
    files: Vec<&Arc<DataFile>>,
    is_past: bool,
    today: i32,
    options: &Options,
) -> Option<MergePlan> {
    let target = options.target_file_bytes;
    let (compressed, fresh): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| is_compacted(&file.path));
    let (over, growing): (Vec<_>, Vec<_>) =
        fresh.into_iter().partition(|file| today - file.last_day() > 1);
    let small = |files: Vec<&Arc<DataFile>>| {
        let mut small: Vec<_> =
            files.into_iter().filter(|file| file.size_bytes < target / 2).cloned().collect();
        small.sort_by(|a, b| a.size_bytes.cmp(&b.size_bytes).then_with(|| a.path.cmp(&b.path)));
        small
    };
    let growing = small(growing);
    if growing.len() > options.small_files_today {
        let run = best_run(&growing, target);
        return Some(MergePlan { files: growing[run].to_vec(), is_final: false });
    }
    if !over.is_empty() {
        let mut over: Vec<Arc<DataFile>> = over.into_iter().cloned().collect();
        over.sort_by(|a, b| a.size_bytes.cmp(&b.size_bytes).then_with(|| a.path.cmp(&b.path)));
        over.truncate(within_limits(&over, target));
        return Some(MergePlan { files: over, is_final: true });
    }
    let compressed = small(compressed);
    let allowed = if is_past { SMALL_FILES_OF_PAST_MONTH } else { SMALL_FILES_OF_MONTH };
    if compressed.len() > allowed {
        let run = best_run(&compressed, target);
        return Some(MergePlan { files: compressed[run].to_vec(), is_final: true });
    }
    None
}

/// Whether a month has ended before yesterday.
fn is_past(month: i32, today: i32) -> bool {
    month_of(today - 2) > month
}

/// How many of the files, from the first on, one merge may take: two, if there are as many.
fn within_limits(sorted: &[Arc<DataFile>], target_bytes: u64) -> usize {
    let (mut bytes, mut memory_bytes) = (0, 0);
    let fits = sorted.iter().take(MAX_FILES).take_while(|file| {
        bytes += file.size_bytes;
        memory_bytes +=
            BASE_FILE_BYTES + (file.size_bytes * DECODED_TO_STORED).min(LARGE_FILE_BYTES);
        memory_bytes <= MAX_MERGE_MEMORY_BYTES && bytes <= 2 * target_bytes
    });
    fits.count().max(2).min(sorted.len())
}

/// The files of about one size whose merge rids the table of most files for the bytes it writes. The
/// two smallest, if no two are of about one size.
fn best_run(sorted: &[Arc<DataFile>], target_bytes: u64) -> Range<usize> {
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
    use std::ops::RangeInclusive;

    use domain::time::Timestamp;

    use super::*;
    use crate::writer::COMPACTED;

    /// 2026-11-21.
    const TODAY: i32 = 20_778;
    const MONTH: i32 = TODAY - 20;
    /// In October.
    const LONG_AGO: i32 = TODAY - 40;

    fn file(day: i32, size_bytes: u64, path: String) -> Arc<DataFile> {
        file_of(day..=day, size_bytes, path)
    }

    fn file_of(days: RangeInclusive<i32>, size_bytes: u64, path: String) -> Arc<DataFile> {
        let [from, to] = [*days.start(), *days.end()]
            .map(|day| Timestamp::from_seconds(i64::from(day) * 86_400).to_rfc3339());
        let stats = crate::table::Stats::from_json(&format!(
            r#"{{"minValues":{{"occurred_at":"{from}"}},"maxValues":{{"occurred_at":"{to}"}}}}"#
        ));
        Arc::new(DataFile { path, month: month_of(*days.start()), size_bytes, stats })
    }

    fn fresh(day: i32, sizes: &[u64]) -> Vec<Arc<DataFile>> {
        let path = |index| format!("{day}/{index}.parquet");
        sizes.iter().enumerate().map(|(index, size)| file(day, *size, path(index))).collect()
    }

    fn compressed(day: i32, sizes: &[u64]) -> Vec<Arc<DataFile>> {
        let path = |index| format!("{day}/{index}{COMPACTED}.parquet");
        sizes.iter().enumerate().map(|(index, size)| file(day, *size, path(index))).collect()
    }

    fn chosen(files: &[Arc<DataFile>]) -> Option<(usize, bool)> {
        files_to_merge(files, TODAY, &Options::new("unused"))
            .map(|chosen| (chosen.files.len(), chosen.is_final))
    }

    #[test]
    fn today_and_yesterday_are_left_alone_until_there_are_many_small_files() {
        assert_eq!(chosen(&fresh(TODAY, &[1_000; 32])), None);
        assert_eq!(chosen(&fresh(TODAY - 1, &[1_000; 32])), None);
        assert_eq!(chosen(&fresh(TODAY, &[1_000; 33])), Some((33, false)));
    }

    #[test]
    fn what_is_older_is_compressed_for_good_and_once() {
        assert_eq!(chosen(&fresh(TODAY - 2, &[1_000])), Some((1, true)));
        assert_eq!(chosen(&fresh(TODAY - 2, &[1_000, 100 << 20])), Some((2, true)));
        assert_eq!(chosen(&compressed(TODAY - 2, &[1_000, 100 << 20])), None);
    }

    #[test]
    fn a_month_keeps_a_few_small_files_and_two_when_it_is_over() {
        assert_eq!(chosen(&compressed(TODAY - 2, &[1_000_000; 8])), None);
        assert_eq!(chosen(&compressed(TODAY - 2, &[1_000_000; 9])), Some((9, true)));
        assert_eq!(chosen(&compressed(LONG_AGO, &[1_000_000; 2])), None);
        assert_eq!(chosen(&compressed(LONG_AGO, &[1_000_000; 3])), Some((3, true)));
        let first = MONTH;
        for (today, is_over) in [(first, false), (first + 1, false), (first + 2, true)] {
            assert_eq!(is_past(month_of(first - 1), today), is_over, "{today}");
        }
    }

    #[test]
    fn a_late_event_does_not_rewrite_a_months_large_file() {
        let mut files = compressed(LONG_AGO, &[50 << 20, 1_000_000]);
        files.extend(fresh(LONG_AGO, &[10_000]));
        assert_eq!(chosen(&files), Some((1, true)), "the event alone is compressed");
        let sizes = [50 << 20, 1_000_000, 10_000];
        assert_eq!(chosen(&compressed(LONG_AGO, &sizes)), Some((2, true)), "the two small ones");
    }

    #[test]
    fn a_growing_day_does_not_rewrite_its_large_file_for_a_few_small_ones() {
        let mut sizes = vec![1_000; 32];
        sizes.push(10 << 20);
        assert_eq!(chosen(&fresh(TODAY, &sizes)), Some((32, false)));
    }

    #[test]
    fn a_merge_never_holds_more_than_its_share_of_memory() {
        for files in [fresh(TODAY, &[20 << 20; 40]), compressed(LONG_AGO, &[20 << 20; 40])] {
            let count = chosen(&files).expect("something to merge").0 as u64;
            assert!(count >= 2);
            assert!(count * (BASE_FILE_BYTES + LARGE_FILE_BYTES) <= MAX_MERGE_MEMORY_BYTES);
        }
    }

    #[test]
    fn a_row_of_a_growing_day_is_rewritten_a_few_times_only() {
        let options = Options::new("unused");
        let mut table: Vec<Arc<DataFile>> = Vec::new();
        let (mut flushed, mut rewritten) = (0, 0);
        for flush in 0..2_000_u64 {
            flushed += 1_400_000;
            table.push(file(TODAY, 1_400_000, format!("{flush:020}.parquet")));
            while let Some(MergePlan { files, .. }) = files_to_merge(&table, TODAY, &options) {
                let bytes: u64 = files.iter().map(|file| file.size_bytes).sum();
                rewritten += bytes;
                table.retain(|file| !files.iter().any(|gone| gone.path == file.path));
                let path = format!("{flush:020}-{bytes}-{}.parquet", table.len());
                table.push(file(TODAY, bytes, path));
            }
        }
        assert!(rewritten < 3 * flushed, "{rewritten} of {flushed}");
    }

    #[test]
    fn a_year_of_hourly_flushes_leaves_few_files() {
        let options = Options::new("unused");
        let mut table: Vec<Arc<DataFile>> = Vec::new();
        let (mut most_of_a_month, mut most) = (0, 0);
        for hour in 0..365 * 24 {
            let today = TODAY + hour / 24;
            table.push(file(today, 60_000, format!("{hour:08}.parquet")));
            while let Some(MergePlan { files, is_final }) = files_to_merge(&table, today, &options)
            {
                table.retain(|file| !files.iter().any(|gone| gone.path == file.path));
                let bytes = files.iter().map(|file| file.size_bytes).sum();
                let days = files.iter().map(|file| file.last_day());
                let (first, last) = (days.clone().min(), days.max());
                let days = first.expect("files")..=last.expect("files");
                let kind = if is_final { COMPACTED } else { "" };
                let path = format!("{hour:08}-{}{kind}.parquet", table.len());
                table.push(file_of(days, bytes, path));
            }
            let of_a_month = table.iter().filter(|file| file.last_day() >= today - 30).count();
            most_of_a_month = most_of_a_month.max(of_a_month);
            most = most.max(table.len());
        }
        // At the turn of a month, two months still grow.
        let few = 2 * options.small_files_today;
        assert!(most_of_a_month <= few, "{most_of_a_month} files for 30 days");
        assert!(most <= few + 12 * SMALL_FILES_OF_PAST_MONTH, "{most} files");
    }
}
