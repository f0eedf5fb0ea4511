//! The bytes of a rollup.
//!
//! ```text
//! rollup  := magic:8 bytes  length:u32  crc32c:u32  index[length]  section*
//! index   := postcard of [(project:16 bytes, [range of days, hours, dimensions])]
//! range   := (offset from the first section, length, crc32c)
//! section := postcard of [`Days`], [`Hours`] or [`Dimensions`]
//! ```
//!
//! Numbers outside of postcard are little endian. The magic ends in the version, now 2; a rollup of another
//! version counts as missing. Version 1 had the same form, and counted answered rage clicks as friction. Days and hours are counted from 1970 (UTC). Distinct ids are theta sketches of
//! `Apache DataSketches`, compressed, of the ids' [`crate::hash`]es; nothing for none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

const MAGIC: [u8; 8] = *b"FFroll\0\x02";
/// Magic, length and checksum of the index.
pub(super) const HEAD_BYTES: usize = 16;

/// A second key of a row, besides the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Dimension {
    /// Kind of friction: friction events only.
    Kind,
    /// Page path.
    Path,
    /// Device type.
    Device,
    /// Browser family.
    Browser,
    /// Operating system family.
    Os,
    /// Country.
    Country,
}

impl Dimension {
    pub(crate) const ALL: [Self; 6] =
        [Self::Kind, Self::Path, Self::Device, Self::Browser, Self::Os, Self::Country];

    /// Its number in files: given once and for ever.
    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Kind => 0,
            Self::Path => 1,
            Self::Device => 2,
            Self::Browser => 3,
            Self::Os => 4,
            Self::Country => 5,
        }
    }
}

/// Parts of a project's rollup, which are read one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// A row for each day.
    Days,
    /// A row for each hour.
    Hours,
    /// A row for each day and value of each dimension; of very many values, for those with most events.
    Dimensions,
}

/// What is counted of some events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row<'a> {
    pub(crate) events: u64,
    pub(crate) page_views: u64,
    pub(crate) friction: u64,
    pub(crate) visitors: &'a [u8],
    pub(crate) sessions: &'a [u8],
    pub(crate) friction_sessions: &'a [u8],
}

/// A [`Row`] with sketches of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OwnedRow {
    pub(super) events: u64,
    pub(super) page_views: u64,
    pub(super) friction: u64,
    pub(super) visitors: Vec<u8>,
    pub(super) sessions: Vec<u8>,
    pub(super) friction_sessions: Vec<u8>,
}

/// A project's rows, to be written.
#[derive(Debug, Default)]
pub(super) struct ProjectRows {
    pub(super) days: Vec<(i32, OwnedRow)>,
    pub(super) hours: Vec<(i32, OwnedRow)>,
    pub(super) dimensions: Vec<DayRows<OwnedRow, String>>,
}

/// A day's rows by dimension and value.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DayRows<Row, Text> {
    /// The day.
    pub(crate) day: i32,
    /// Codes of dimensions that have too many values for each to have a row.
    pub(super) cut: Vec<u8>,
    /// Code of the dimension, value, and what is counted.
    pub(super) rows: Vec<(u8, Text, Row)>,
}

/// What a rollup says about one project: one section of it.
pub(crate) struct Rolled(Vec<u8>);

/// A place in the file and the checksum of what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) offset: u64,
    pub(super) length: u64,
    crc32c: u32,
}

/// Where each project's sections are.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Index(BTreeMap<[u8; 16], [Range; 3]>);

impl Rolled {
    /// The bytes of a section, if they are what was written.
    pub(super) fn checked(bytes: Vec<u8>, range: Range) -> Option<Self> {
        (crc32c::crc32c(&bytes) == range.crc32c).then_some(Self(bytes))
    }

    /// The rows of [`Section::Days`] or [`Section::Hours`], by day or hour; none when damaged.
    pub(crate) fn units(&self) -> Option<Vec<(i32, Row<'_>)>> {
        postcard::from_bytes(&self.0).ok()
    }

    /// The days of [`Section::Dimensions`]; none when damaged.
    pub(crate) fn days(&self) -> Option<Vec<DayRows<Row<'_>, &str>>> {
        postcard::from_bytes(&self.0).ok()
    }
}

impl DayRows<Row<'_>, &str> {
    /// What the day says of one value.
    pub(crate) fn value(&self, dimension: Dimension, value: &str) -> Value<'_> {
        let row = self.rows.iter().find(|(code, it, _)| *code == dimension.code() && *it == value);
        match row {
            Some((_, _, row)) => Value::Row(*row),
            None if self.cut.contains(&dimension.code()) => Value::Unknown,
            None => Value::Nothing,
        }
    }
}

/// What a day's rollup says of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// Something happened.
    Row(Row<'a>),
    /// Nothing happened.
    Nothing,
    /// It is not known: the day has too many values.
    Unknown,
}

impl Index {
    /// The section of a project; none when the file has nothing of it.
    pub(super) fn range(&self, project: Uuid, section: Section) -> Option<Range> {
        let ranges = self.0.get(project.as_bytes())?;
        Some(match section {
            Section::Days => ranges[0],
            Section::Hours => ranges[1],
            Section::Dimensions => ranges[2],
        })
    }

    /// The length of the index whose head this is, and its checksum; none when it is no head of ours.
    pub(super) fn length(head: [u8; HEAD_BYTES]) -> Option<(usize, u32)> {
        let rest = head.strip_prefix(&MAGIC)?;
        let (length, crc) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        Some((length, u32::from_le_bytes(crc.try_into().ok()?)))
    }

    /// The index of these bytes, if they are what was written.
    pub(super) fn checked(bytes: &[u8], crc32c: u32) -> Option<Self> {
        if crc32c::crc32c(bytes) != crc32c {
            return None;
        }
        postcard::from_bytes(bytes).ok()
    }
}

/// A rollup being put together, project by project.
#[derive(Debug, Default)]
pub(super) struct Writer {
    index: BTreeMap<[u8; 16], [Range; 3]>,
    sections: Vec<u8>,
}

impl Writer {
    /// Adds a project.
    pub(super) fn add(&mut self, project: Uuid, rows: &ProjectRows) -> Result<(), postcard::Error> {
        let days = self.section(&rows.days)?;
        let hours = self.section(&rows.hours)?;
        let dimensions = self.section(&rows.dimensions)?;
        self.index.insert(project.into_bytes(), [days, hours, dimensions]);
        Ok(())
    }

    fn section(&mut self, rows: &impl Serialize) -> Result<Range, postcard::Error> {
        let start = self.sections.len();
        postcard::to_io(rows, &mut self.sections)?;
        let written = &self.sections[start..];
        let (offset, length) = (start as u64, written.len() as u64);
        Ok(Range { offset, length, crc32c: crc32c::crc32c(written) })
    }

    /// The whole file.
    pub(super) fn finish(self) -> Result<Vec<u8>, postcard::Error> {
        let index = postcard::to_stdvec(&Index(self.index))?;
        let length =
            u32::try_from(index.len()).map_err(|_| postcard::Error::SerializeBufferFull)?;
        let crc = crc32c::crc32c(&index);
        Ok([&MAGIC[..], &length.to_le_bytes(), &crc.to_le_bytes(), &index, &self.sections].concat())
    }
}

/// A value of a dimension as a file holds it.
pub(super) fn dimension_row(
    dimension: Dimension,
    value: String,
    row: OwnedRow,
) -> (u8, String, OwnedRow) {
    (dimension.code(), value, row)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use data_encoding::HEXLOWER;

    use super::*;
    use crate::rollup::Aggregates;

    fn row(events: u64, ids: std::ops::Range<u64>) -> OwnedRow {
        let collect = |step: usize| {
            let mut collected = crate::rollup::distinct::Collected::default();
            ids.clone().step_by(step).for_each(|id| collected.add(id * 0x9e37_79b9));
            collected.encode()
        };
        let (visitors, sessions, friction_sessions) = (collect(1), collect(2), Vec::new());
        OwnedRow { events, page_views: 3, friction: 0, visitors, sessions, friction_sessions }
    }

    /// The file of version 2. Released: it never changes. A rollup of a version that is no longer
    /// read would be written anew from the events, so reading old versions is a matter of speed.
    #[test]
    fn rollups_of_version_2_are_written_and_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/rollup-v2.hex");
        let project = Uuid::from_u128(7);
        let rows = ProjectRows {
            days: vec![(20_777, row(5, 0..4)), (20_778, row(u64::MAX, 0..600))],
            hours: vec![(-1, row(1, 9..10))],
            dimensions: vec![DayRows {
                day: 20_777,
                cut: vec![1],
                rows: vec![dimension_row(Dimension::Path, "/größe".to_owned(), row(2, 1..3))],
            }],
        };
        let mut writer = Writer::default();
        writer.add(project, &rows).expect("encodes");
        let now = writer.finish().expect("encodes");
        if !path.exists() && std::env::var_os("FOOTFALL_GEN").is_some() {
            std::fs::write(&path, HEXLOWER.encode(&now) + "\n").expect("written");
        }
        let text = std::fs::read_to_string(&path).expect("the golden rollup");
        let stored = HEXLOWER.decode(text.trim().as_bytes()).expect("hexadecimal digits");
        assert_eq!(now, stored, "version 2 is released, so write another version");

        let head = stored.first_chunk::<HEAD_BYTES>().expect("a head");
        let (length, crc) = Index::length(*head).expect("ours");
        let rest = &stored[HEAD_BYTES..];
        let index = Index::checked(&rest[..length], crc).expect("an index");
        let section = |section| {
            let range = index.range(project, section).expect("the project");
            let from = length + usize::try_from(range.offset).expect("small");
            let to = from + usize::try_from(range.length).expect("small");
            Rolled::checked(rest[from..to].to_vec(), range).expect("undamaged")
        };
        let (days, hours) = (section(Section::Days), section(Section::Hours));
        let days = days.units().expect("days");
        let mut measures = Aggregates::default();
        assert!(measures.add(&days[0].1));
        assert_eq!((days[0].0, measures.events, measures.page_views), (20_777, 5, 3));
        assert_eq!((measures.visitors.count(), measures.sessions.count()), (4, 2));
        assert_eq!(measures.friction_sessions.count(), 0);
        assert_eq!(hours.units().expect("hours")[0].0, -1);
        let dimensions = section(Section::Dimensions);
        let found = dimensions.days().expect("days");
        assert!(
            matches!(found[0].value(Dimension::Path, "/größe"), Value::Row(row) if row.events == 2)
        );
        assert_eq!(found[0].value(Dimension::Path, "/"), Value::Unknown);
        assert_eq!(found[0].value(Dimension::Device, "mobile"), Value::Nothing);
        assert_eq!(index.range(Uuid::from_u128(8), Section::Days), None);
    }

    /// Its friction is counted by another rule.
    #[test]
    fn a_rollup_of_version_1_counts_as_missing() {
        let text = include_str!("../../tests/golden/rollup-v1.hex");
        let stored = HEXLOWER.decode(text.trim().as_bytes()).expect("hexadecimal digits");
        let head = stored.first_chunk::<HEAD_BYTES>().expect("a head");
        assert_eq!(Index::length(*head), None);
    }
}
