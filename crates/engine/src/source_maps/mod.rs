//! Source maps of a site's scripts: uploaded by what builds the site, and read to resolve the stacks of its errors.
//!
//! A map leaves the server in no answer: what is answered of it are names, positions and the few lines around a call.

mod cache;
mod frames;
mod outline;
mod parsed;
#[cfg(test)]
mod tests;
mod upload;

use std::collections::HashMap;
use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, MemberId, ProjectId, SourceMapId};
use domain::source_map::{MapVersion, ResolvedFrame, ScriptAddress, addresses, choose};
use domain::stack;
use domain::time::Timestamp;

use crate::ports::blobs::{BlobGroup, BlobName, BlobStore};
use crate::ports::catalog::{
    AnnotationStore, SourceMap, SourceMapBounds, SourceMapCursor, SourceMapStore,
    SourceMapWriteOutcome,
};
use crate::{Error, validate};
use cache::MapCache;
use frames::ScriptMap;
use upload::CompressedMap;

pub use upload::SourceMapUpload;

/// Bounds of the maps of a project together: their number, and their bytes of JSON.
pub const PROJECT_BOUNDS: SourceMapBounds =
    SourceMapBounds { count: 5_000, bytes: 2 * 1_024 * 1_024 * 1_024 };
/// Maps of a page, at most.
const MAX_LISTED: u32 = 1_000;
/// Maps that have not been uploaded for so long make room for new ones, the oldest first.
const REPLACEABLE_AFTER_SECONDS: i64 = 7 * 86_400;
/// Maps that are removed at a time to make room.
const REMOVED_AT_ONCE: u32 = 100;
/// Maps that one stack is resolved by, at most: of the scripts nearest the error.
const MAX_SCRIPTS: usize = 10;
/// Releases among which the one of an error is found: the latest.
const MAX_RELEASES: u32 = 500;
/// As long as the text of a release on the time line.
const MAX_RELEASE_CHARACTERS: usize = 200;

/// The parts of a [`SourceMapService`].
pub struct Dependencies {
    /// Their outlines.
    pub rows: Arc<dyn SourceMapStore>,
    /// The maps.
    pub blobs: Arc<dyn BlobStore>,
    /// Releases.
    pub annotations: Arc<dyn AnnotationStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of maps.
    pub ids: Arc<dyn IdSource>,
}

/// Names a map that is uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceMapName<'a> {
    /// The script's address, or its path on any host.
    pub url: &'a str,
    /// The release it is of.
    pub release: Option<&'a str>,
}

/// The use cases around source maps. The caller has authorised the member.
pub struct SourceMapService {
    parts: Dependencies,
    cache: MapCache,
}

impl SourceMapService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts, cache: MapCache::new() }
    }

    /// Stores a map, by a member or by a program, and whether it is new: the same map of the same script and release is
    /// stored once, and counts as uploaded now.
    ///
    /// # Errors
    ///
    /// When it is no source map, is too large to be read, or the project has as many as [`PROJECT_BOUNDS`] allows of
    /// the last seven days. Older ones make room.
    pub async fn upload(
        &self,
        project: ProjectId,
        name: SourceMapName<'_>,
        upload: SourceMapUpload,
        by: Option<MemberId>,
    ) -> Result<(SourceMap, bool), Error> {
        let Dependencies { rows, blobs, clock, ids, .. } = &self.parts;
        let invalid = |error| Error::invalid("url", format!("{error}"));
        let address = ScriptAddress::parse(name.url).map_err(invalid)?;
        let release =
            validate::line("release", name.release.unwrap_or_default(), MAX_RELEASE_CHARACTERS)?;
        let CompressedMap { bytes, digest, size_bytes } = upload.finish()?;
        let now = clock.now();
        let new = SourceMap {
            id: SourceMapId(ids.next(now)),
            project_id: project,
            address: address.as_str().to_owned(),
            release: Some(release).filter(|release| !release.is_empty()),
            digest,
            size_bytes: size_bytes as u64,
            created_at: now,
            uploaded_at: now,
            uploaded_by: by,
        };
        if let Some(known) = rows.renew_source_map(&new).await? {
            return Ok((known, false));
        }
        self.cache.check(bytes.clone()).await?;
        self.make_room(project, new.size_bytes).await?;
        // The row comes last: what it names is there.
        blobs.put(BlobName::SourceMap(project, new.id), bytes).await?;
        let outcome = rows.add_source_map(&new, PROJECT_BOUNDS).await?;
        if outcome == SourceMapWriteOutcome::Added {
            return Ok((new, true));
        }
        blobs.delete(BlobGroup::SourceMap(project, new.id)).await?;
        // Uploaded at the same time by somebody else.
        let known = rows.renew_source_map(&new).await?.filter(|_| outcome.is_known());
        known.map(|known| (known, false)).ok_or_else(no_room)
    }

    /// Removes maps that have not been uploaded for long until a new one fits.
    async fn make_room(&self, project: ProjectId, size_bytes: u64) -> Result<(), Error> {
        let Dependencies { rows, clock, .. } = &self.parts;
        let before = clock.now().plus_seconds(-REPLACEABLE_AFTER_SECONDS);
        loop {
            let stored = rows.stored_source_maps(project).await?;
            if stored.admits(size_bytes, PROJECT_BOUNDS) {
                return Ok(());
            }
            let oldest = rows.oldest_source_maps(project, before, REMOVED_AT_ONCE).await?;
            if oldest.is_empty() {
                return Err(no_room());
            }
            for id in oldest {
                self.remove(project, id).await?;
            }
        }
    }

    /// Maps of a project, those uploaded last first.
    pub async fn list(
        &self,
        project: ProjectId,
        after: Option<SourceMapCursor>,
        limit: u32,
    ) -> Result<Vec<SourceMap>, Error> {
        Ok(self.parts.rows.source_maps(project, after, limit.clamp(1, MAX_LISTED)).await?)
    }

    /// Deletes a map.
    pub async fn delete(&self, project: ProjectId, id: SourceMapId) -> Result<(), Error> {
        let removed = self.remove(project, id).await?;
        removed.then_some(()).ok_or(Error::NotFound("source map"))
    }

    /// The blob goes first: a row that is left names what is to be removed next time.
    async fn remove(&self, project: ProjectId, id: SourceMapId) -> Result<bool, Error> {
        self.parts.blobs.delete(BlobGroup::SourceMap(project, id)).await?;
        Ok(self.parts.rows.remove_source_map(project, id).await?)
    }

    /// The calls of a stack that was met at `at`, by the project's maps.
    pub async fn resolve(
        &self,
        project: ProjectId,
        stack: &str,
        at: Timestamp,
    ) -> Result<Vec<ResolvedFrame>, Error> {
        let lines = stack::lines(stack);
        let mut scripts: Vec<&str> = Vec::new();
        for script in lines.iter().filter_map(|line| frames::script(line.frame.as_ref()?)) {
            if scripts.len() < MAX_SCRIPTS && !scripts.contains(&script) {
                scripts.push(script);
            }
        }
        let maps = self.maps_of(project, &scripts, at).await?;
        // The lines of a source are searched for in all of it.
        let resolved = tokio::task::spawn_blocking(move || frames::resolve(&lines, &maps)).await;
        resolved.map_err(Error::internal)
    }

    /// For each script with a map, that map.
    async fn maps_of(
        &self,
        project: ProjectId,
        scripts: &[&str],
        at: Timestamp,
    ) -> Result<HashMap<String, ScriptMap>, Error> {
        let mut maps = HashMap::new();
        let wanted: Vec<String> = scripts.iter().flat_map(|script| addresses(script)).collect();
        if wanted.is_empty() {
            return Ok(maps);
        }
        let stored = self.parts.rows.source_maps_of(project, &wanted).await?;
        if stored.is_empty() {
            return Ok(maps);
        }
        let release = self.release_at(project, &stored, at).await?;
        let versions: Vec<MapVersion<'_>> = stored.iter().map(version).collect();
        for script in scripts {
            let chosen = choose(&versions, &addresses(script), release.as_deref(), at);
            let Some(chosen) = chosen.and_then(|index| stored.get(index)) else { continue };
            maps.insert((*script).to_owned(), self.load(project, chosen.id).await);
        }
        Ok(maps)
    }

    /// The name of the site's release at an instant, where maps are of releases.
    async fn release_at(
        &self,
        project: ProjectId,
        maps: &[SourceMap],
        at: Timestamp,
    ) -> Result<Option<String>, Error> {
        if maps.iter().all(|map| map.release.is_none()) {
            return Ok(None);
        }
        let releases = self.parts.annotations.releases(project, MAX_RELEASES).await?;
        let current = releases.into_iter().find(|release| release.occurred_at <= at);
        Ok(current.map(|release| release.text))
    }

    /// A map in memory. Without it the stack is shown as it was sent, so that a failure is no more than logged.
    async fn load(&self, project: ProjectId, id: SourceMapId) -> ScriptMap {
        let read = async || {
            let name = BlobName::SourceMap(project, id);
            self.parts.blobs.get(name).await.map_err(Error::from)
        };
        let loaded = self.cache.get(id, read).await;
        loaded.unwrap_or_else(|error| {
            let error = crate::error_chain(&error);
            tracing::warn!(%project, %id, error, "a source map cannot be read");
            None
        })
    }
}

fn version(map: &SourceMap) -> MapVersion<'_> {
    MapVersion {
        address: &map.address,
        release: map.release.as_deref(),
        created_at: map.created_at,
        uploaded_at: map.uploaded_at,
    }
}

fn no_room() -> Error {
    let SourceMapBounds { count, .. } = PROJECT_BOUNDS;
    let detail = format!(
        "the project has {count} source maps or 2 GiB of them, all uploaded within the last 7 days; delete some"
    );
    Error::Invalid { field: None, detail }
}

impl std::fmt::Debug for SourceMapService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SourceMapService").finish_non_exhaustive()
    }
}
