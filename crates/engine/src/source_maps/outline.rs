//! The parts of a source map that are read, within bounds.
//!
//! What the library builds of a map can be many times as large as the map: a mapping of two bytes becomes 28, a number
//! among the names 32, and `sourceRoot` is repeated for each source. So everything is counted first, without being
//! built, and what is not needed is left out.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// Mappings of a map, at most.
pub(super) const MAX_MAPPINGS: usize = 2_000_000;
/// Sources of a map, at most.
const MAX_SOURCES: usize = 50_000;
/// Names of a map, at most.
const MAX_NAMES: usize = 500_000;
/// Sections of an indexed map, at most.
const MAX_SECTIONS: usize = 10_000;
/// Longest `sourceRoot`, in bytes.
const MAX_ROOT_BYTES: usize = 1_024;

/// Why a document is no source map that is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct InvalidSourceMap(pub(super) String);

impl InvalidSourceMap {
    pub(super) fn new(detail: impl fmt::Display) -> Self {
        Self(format!("the body is not a source map: {detail}"))
    }

    fn too_many(count: usize, most: usize, what: &str) -> Self {
        Self(format!("the source map has {count} {what}; at most {most} are read"))
    }
}

/// The parts of a map, by number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MapSize {
    mappings: usize,
    sources: usize,
    names: usize,
    bytes: usize,
}

impl MapSize {
    /// Bytes that the map takes in memory, about.
    pub(super) fn weight(self) -> usize {
        28 * self.mappings + 128 * self.sources + 64 * self.names + self.bytes
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outline<'a> {
    version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_root: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    sources: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    sources_content: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    names: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    mappings: Option<&'a RawValue>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    sections: Option<SectionList<'a>>,
}

#[derive(Serialize)]
#[serde(transparent)]
struct SectionList<'a>(Vec<Section<'a>>);

#[derive(Deserialize, Serialize)]
struct Section<'a> {
    offset: Offset,
    #[serde(borrow)]
    map: Box<Outline<'a>>,
}

#[derive(Deserialize, Serialize)]
struct Offset {
    line: u32,
    column: u32,
}

/// The map with nothing but what is read, and its size.
pub(super) fn bounded(json: &[u8]) -> Result<(Vec<u8>, MapSize), InvalidSourceMap> {
    let json = without_guard(json);
    let outline: Outline<'_> = serde_json::from_slice(json).map_err(InvalidSourceMap::new)?;
    if outline.version != Some(3) {
        return Err(InvalidSourceMap::new("its version is not 3"));
    }
    let mut size = MapSize::default();
    match &outline.sections {
        None if outline.mappings.is_none() => {
            return Err(InvalidSourceMap::new("it has neither mappings nor sections"));
        }
        None => add(&outline, &mut size)?,
        Some(SectionList(sections)) => {
            for Section { map, .. } in sections {
                if map.sections.is_some() {
                    return Err(InvalidSourceMap::new("a section is indexed itself"));
                }
                if map.version.is_some_and(|version| version != 3) {
                    return Err(InvalidSourceMap::new("a section's version is not 3"));
                }
                add(map, &mut size)?;
            }
        }
    }
    let written = serde_json::to_vec(&outline).map_err(InvalidSourceMap::new)?;
    size.bytes = written.len();
    Ok((written, size))
}

/// Without the line `)]}'` that some servers put before JSON.
fn without_guard(json: &[u8]) -> &[u8] {
    if !json.starts_with(b")]}") {
        return json;
    }
    let end = json.iter().position(|byte| *byte == b'\n');
    end.and_then(|end| json.get(end + 1..)).unwrap_or_default()
}

/// Adds what a map without sections holds.
fn add(outline: &Outline<'_>, size: &mut MapSize) -> Result<(), InvalidSourceMap> {
    let root = outline.source_root.as_deref().unwrap_or_default();
    if root.len() > MAX_ROOT_BYTES {
        return Err(InvalidSourceMap::too_many(root.len(), MAX_ROOT_BYTES, "bytes of sourceRoot"));
    }
    size.mappings += outline.mappings.map(mapping_count).transpose()?.unwrap_or_default();
    size.sources += count(outline.sources)?.max(count(outline.sources_content)?);
    size.names += count(outline.names)?;
    for (count, most, what) in [
        (size.mappings, MAX_MAPPINGS, "mappings"),
        (size.sources, MAX_SOURCES, "sources"),
        (size.names, MAX_NAMES, "names"),
    ] {
        if count > most {
            return Err(InvalidSourceMap::too_many(count, most, what));
        }
    }
    Ok(())
}

/// How many mappings a text holds, at most.
fn mapping_count(text: &RawValue) -> Result<usize, InvalidSourceMap> {
    let separators = |text: &str| text.bytes().filter(|byte| matches!(byte, b',' | b';')).count();
    // Escapes may stand for separators. Bundlers write none.
    let escaped = text.get().contains('\\');
    if !escaped && text.get().starts_with('"') {
        return Ok(separators(text.get()) + 1);
    }
    let text: String = serde_json::from_str(text.get()).map_err(InvalidSourceMap::new)?;
    Ok(separators(&text) + 1)
}

/// How many texts an array holds.
fn count(array: Option<&RawValue>) -> Result<usize, InvalidSourceMap> {
    let Some(array) = array else { return Ok(0) };
    let ScalarCount(count) = serde_json::from_str(array.get()).map_err(InvalidSourceMap::new)?;
    Ok(count)
}

/// An array of texts, numbers and nulls, of which nothing is kept but their number.
struct ScalarCount(usize);

/// One of them.
struct Scalar;

impl<'de> Deserialize<'de> for ScalarCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ScalarsVisitor)
    }
}

struct ScalarsVisitor;

impl<'de> Visitor<'de> for ScalarsVisitor {
    type Value = ScalarCount;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<ScalarCount, A::Error> {
        let mut count = 0;
        while array.next_element::<Scalar>()?.is_some() {
            count += 1;
        }
        Ok(ScalarCount(count))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E>(self, _: &str) -> Result<Scalar, E> {
        Ok(Scalar)
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Scalar, E> {
        Ok(Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Scalar, E> {
        Ok(Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Scalar, E> {
        Ok(Scalar)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for SectionList<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(SectionsVisitor).map(Self)
    }
}

struct SectionsVisitor;

impl<'de> Visitor<'de> for SectionsVisitor {
    type Value = Vec<Section<'de>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of sections")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut sections = Vec::new();
        while let Some(section) = array.next_element()? {
            if sections.len() == MAX_SECTIONS {
                let detail = format!("it has more than {MAX_SECTIONS} sections");
                return Err(de::Error::custom(detail));
            }
            sections.push(section);
        }
        Ok(sections)
    }
}
