//! Statistics of a data file.
//!
//! Kept in the log as Delta's statistics, where other readers use them too.

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use domain::time::Timestamp;
use serde_json::{Value, json};

/// Text columns whose smallest and largest values are kept. The project is the first.
pub(crate) const TEXTS: [&str; 3] = ["project_id", "category", "name"];
/// The instant whose smallest and largest values are kept.
pub(crate) const INSTANT: &str = "occurred_at";

/// Number of rows, and the smallest and largest values of some columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stats {
    /// Rows in the file.
    pub rows: u64,
    texts: [Option<(String, String)>; TEXTS.len()],
    occurred_micros: Option<(i64, i64)>,
}

impl Stats {
    /// Takes in rows that are in the file.
    pub(crate) fn observe(&mut self, batch: &RecordBatch) {
        self.rows += batch.num_rows() as u64;
        for (range, name) in self.texts.iter_mut().zip(TEXTS) {
            let Some(values) = batch.column_by_name(name).and_then(|c| c.as_string_view_opt())
            else {
                continue;
            };
            let found = compute::min_string_view(values).zip(compute::max_string_view(values));
            if let Some((least, most)) = found {
                widen(range, least.to_owned(), most.to_owned());
            }
        }
        let instants = batch
            .column_by_name(INSTANT)
            .and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>());
        let found = instants.and_then(|values| compute::min(values).zip(compute::max(values)));
        if let Some((least, most)) = found {
            widen(&mut self.occurred_micros, least, most);
        }
    }

    /// Smallest and largest project id in the file.
    pub(crate) fn projects(&self) -> Option<(&str, &str)> {
        self.texts[0].as_ref().map(|(least, most)| (&**least, &**most))
    }

    /// Bounds of `occurred_at`, microseconds; at most a millisecond too wide.
    pub(crate) fn occurred_micros(&self) -> Option<(i64, i64)> {
        self.occurred_micros
    }

    /// As Delta keeps it. Instants are cut to milliseconds, as its protocol wants.
    pub(crate) fn to_json(&self) -> String {
        let mut least = serde_json::Map::new();
        let mut most = serde_json::Map::new();
        let mut nulls = serde_json::Map::new();
        for (range, name) in self.texts.iter().zip(TEXTS) {
            let Some((from, to)) = range else { continue };
            least.insert(name.into(), json!(from));
            most.insert(name.into(), json!(to));
            nulls.insert(name.into(), json!(0));
        }
        if let Some((from, to)) = self.occurred_micros {
            least.insert(INSTANT.into(), json!(Timestamp::from_micros(from).to_rfc3339()));
            most.insert(INSTANT.into(), json!(Timestamp::from_micros(to).to_rfc3339()));
            nulls.insert(INSTANT.into(), json!(0));
        }
        json!({"numRecords": self.rows, "minValues": least, "maxValues": most, "nullCount": nulls})
            .to_string()
    }

    /// What [`Self::to_json`] wrote, or another Delta writer; what it lacks stays unknown.
    pub(crate) fn from_json(text: &str) -> Self {
        let Ok(value) = serde_json::from_str::<Value>(text) else { return Self::default() };
        let range = |name: &str| {
            let of = |side: &str| value[side][name].as_str().map(str::to_owned);
            of("minValues").zip(of("maxValues"))
        };
        let instant = |name: &str| {
            let (from, to) = range(name)?;
            let from = Timestamp::parse(&from).ok()?;
            // The largest value lost what was below its millisecond.
            let to = Timestamp::parse(&to).ok()?.plus_micros(999);
            Some((from.micros(), to.micros()))
        };
        Self {
            rows: value["numRecords"].as_u64().unwrap_or_default(),
            texts: TEXTS.map(range),
            occurred_micros: instant(INSTANT),
        }
    }
}

fn widen<T: Ord>(range: &mut Option<(T, T)>, least: T, most: T) {
    *range = Some(match range.take() {
        Some((from, to)) => (from.min(least), to.max(most)),
        None => (least, most),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_back_never_narrows_a_range() {
        let stats = Stats {
            rows: 3,
            texts: TEXTS.map(|_| Some(("a".into(), "b".into()))),
            occurred_micros: Some((1_500, 2_500)),
        };
        let read = Stats::from_json(&stats.to_json());
        assert_eq!((read.rows, read.projects()), (3, Some(("a", "b"))));
        let (from, to) = read.occurred_micros().expect("range");
        assert!(from <= 1_500 && (2_500..3_500).contains(&to), "{from} {to}");
        assert_eq!(Stats::from_json("not json"), Stats::default());
    }
}
