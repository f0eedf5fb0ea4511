//! A source map in memory, and the positions it knows.

use std::fmt;

use sourcemap::{DecodedMap, SourceMap};

use super::outline::{InvalidSourceMap, bounded};

/// A map that positions are looked up in.
pub(super) struct ParsedMap {
    map: DecodedMap,
    weight: usize,
}

/// Where a position of a script comes from. Lines and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Original<'m> {
    /// The source's name, as it is written in the map.
    pub(super) source: &'m str,
    pub(super) line: u32,
    pub(super) column: u32,
    /// The original name of what stands there.
    pub(super) name: Option<&'m str>,
    /// How far into the mapping the position is, in columns of the script.
    pub(super) offset: u32,
    /// The source.
    pub(super) content: Option<&'m str>,
}

impl ParsedMap {
    /// Reads a map. It takes time: never on a thread that serves.
    pub(super) fn parse(json: &[u8]) -> Result<Self, InvalidSourceMap> {
        let (json, size) = bounded(json)?;
        let map = sourcemap::decode_slice(&json).map_err(InvalidSourceMap::new)?;
        Ok(Self { map, weight: size.weight() })
    }

    /// Bytes it takes in memory, about.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Where a position comes from; none where the map names no source for it.
    pub(super) fn lookup(&self, line: u32, column: u32) -> Option<Original<'_>> {
        match &self.map {
            DecodedMap::Regular(map) => lookup(map, line, column),
            DecodedMap::Index(index) => {
                let begins_before = |offset: (u32, u32)| offset <= (line, column);
                let sections = index.sections();
                let section = sections.filter(|it| begins_before(it.get_offset())).last()?;
                let (from_line, from_column) = section.get_offset();
                let column = if line == from_line { column - from_column } else { column };
                match section.get_sourcemap()? {
                    DecodedMap::Regular(map) => lookup(map, line - from_line, column),
                    DecodedMap::Index(_) | DecodedMap::Hermes(_) => None,
                }
            }
            DecodedMap::Hermes(_) => None,
        }
    }
}

fn lookup(map: &SourceMap, line: u32, column: u32) -> Option<Original<'_>> {
    let token = map.lookup_token(line, column)?;
    // The library answers the end of an earlier line, too.
    if token.get_dst_line() != line || !token.has_source() {
        return None;
    }
    Some(Original {
        source: token.get_source().filter(|source| !source.is_empty())?,
        line: token.get_src_line(),
        column: token.get_src_col(),
        name: token.get_name().filter(|name| !name.is_empty()),
        offset: column - token.get_dst_col(),
        content: map.get_source_contents(token.get_src_id()),
    })
}

impl fmt::Debug for ParsedMap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ParsedMap").field("weight", &self.weight).finish_non_exhaustive()
    }
}
