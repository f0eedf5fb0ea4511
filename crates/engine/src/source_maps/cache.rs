//! Parsed source maps in memory, and the parsing of one at a time.
//!
//! A parsed map may take some hundred MiB, so that one is parsed at a time on this server, and those in memory share
//! [`CACHE_BYTES`]. Whoever waits longer than [`MAX_WAIT`] does without.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::id::SourceMapId;
use domain::source_map::MAX_SOURCE_MAP_BYTES;
use moka::sync::Cache;
use tokio::sync::Semaphore;

use super::outline::InvalidSourceMap;
use super::parsed::ParsedMap;
use crate::Error;

/// Memory of the parsed maps of all projects, about.
const CACHE_BYTES: u64 = 64 * 1_024 * 1_024;
/// A map that nobody reads for so long leaves.
const IDLE: Duration = Duration::from_mins(10);
/// The longest wait for others' maps.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// Reads stored maps.
pub(super) struct MapCache {
    parsed: Cache<SourceMapId, Arc<ParsedMap>>,
    permits: Arc<Semaphore>,
}

impl MapCache {
    pub(super) fn new() -> Self {
        let parsed = Cache::builder()
            .weigher(|_, map: &Arc<ParsedMap>| u32::try_from(map.weight()).unwrap_or(u32::MAX))
            .max_capacity(CACHE_BYTES)
            .time_to_idle(IDLE)
            .build();
        Self { parsed, permits: Arc::new(Semaphore::new(1)) }
    }

    /// Whether these compressed bytes are a map that can be read. [`Error::Unavailable`] when too many others are read.
    pub(super) async fn check(&self, compressed: Bytes) -> Result<(), Error> {
        let read = async || Ok(Some(compressed));
        let parsed = self.parse(read).await?;
        match parsed {
            Some(Ok(_)) => Ok(()),
            Some(Err(InvalidSourceMap(detail))) => Err(Error::Invalid { field: None, detail }),
            None => Err(Error::internal("there is no body")),
        }
    }

    /// A stored map; none when it is not there, or cannot be read any more.
    pub(super) async fn get<F>(
        &self,
        id: SourceMapId,
        read: impl FnOnce() -> F,
    ) -> Result<Option<Arc<ParsedMap>>, Error>
    where
        F: Future<Output = Result<Option<Bytes>, Error>>,
    {
        if let Some(found) = self.parsed.get(&id) {
            return Ok(Some(found));
        }
        let Some(Ok(parsed)) = self.parse(read).await? else { return Ok(None) };
        let parsed = Arc::new(parsed);
        self.parsed.insert(id, parsed.clone());
        Ok(Some(parsed))
    }

    /// Reads and parses one map, while no other is.
    async fn parse<F>(
        &self,
        read: impl FnOnce() -> F,
    ) -> Result<Option<Result<ParsedMap, InvalidSourceMap>>, Error>
    where
        F: Future<Output = Result<Option<Bytes>, Error>>,
    {
        let permit = tokio::time::timeout(MAX_WAIT, self.permits.clone().acquire_owned()).await;
        let permit = permit.map_err(|waited| Error::Unavailable {
            what: "the reader of source maps",
            cause: waited.into(),
        })?;
        let permit = permit.map_err(Error::internal)?;
        let Some(compressed) = read().await? else { return Ok(None) };
        let parsed = tokio::task::spawn_blocking(move || {
            // Until it is parsed, whoever waits for it.
            let _permit = permit;
            decompress(&compressed).map(|json| ParsedMap::parse(&json))
        });
        let parsed = parsed.await;
        // The library takes care of what it is sent; should it fail nevertheless, then because of that.
        let parsed = parsed.unwrap_or_else(|_| Ok(Err(InvalidSourceMap::new("it cannot be read"))));
        parsed.map(Some).map_err(Error::internal)
    }
}

#[expect(clippy::disallowed_types, reason = "what we compressed ourselves, and it is capped")]
fn decompress(compressed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut json = Vec::new();
    let decoder = flate2::read::GzDecoder::new(compressed);
    decoder.take(MAX_SOURCE_MAP_BYTES as u64).read_to_end(&mut json)?;
    Ok(json)
}
