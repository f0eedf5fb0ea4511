//! Saved segments: filters under a name, for their author or for the whole project.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, MemberId, ProjectId, SegmentId};
use domain::question::FilterCondition;
use domain::role::Role;

use crate::ports::catalog::{Segment, SegmentPatch, SegmentStore};
use crate::{Error, validate};

/// Segments of a project, at most.
pub const MAX_SEGMENTS: u32 = 500;

/// The use cases around segments. The caller has authorised the member.
pub struct SegmentService {
    store: Arc<dyn SegmentStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl SegmentService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn SegmentStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, clock, ids }
    }

    /// The shared segments and this member's own, by name. A program sees the shared ones.
    pub async fn list(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<Segment>, Error> {
        Ok(self.store.segments(project, member).await?)
    }

    /// Saves filters under a name.
    ///
    /// # Errors
    ///
    /// When the name cannot be taken, when there is no filter, and when the project holds [`MAX_SEGMENTS`].
    pub async fn create(
        &self,
        project: ProjectId,
        author: MemberId,
        name: &str,
        filters: Vec<FilterCondition>,
        is_shared: bool,
    ) -> Result<Segment, Error> {
        let now = self.clock.now();
        let new = Segment {
            id: SegmentId(self.ids.next(now)),
            project_id: project,
            author_id: author,
            name: validate::name("name", name)?,
            filters: some(filters)?,
            is_shared,
            created_at: now,
            updated_at: now,
        };
        if !self.store.add_segment(&new, MAX_SEGMENTS).await? {
            let detail = format!("the project has {MAX_SEGMENTS} segments; delete some");
            return Err(Error::invalid("name", detail));
        }
        Ok(new)
    }

    /// Changes a segment of the member's own.
    pub async fn change(
        &self,
        project: ProjectId,
        id: SegmentId,
        author: MemberId,
        changes: SegmentPatch,
    ) -> Result<Segment, Error> {
        let name = changes.name.map(|name| validate::name("name", &name)).transpose()?;
        let filters = changes.filters.map(some).transpose()?;
        let changes = SegmentPatch { name, filters, ..changes };
        let now = self.clock.now();
        let segment = self.store.change_segment(project, id, author, changes, now).await?;
        segment.ok_or(Error::NotFound("segment"))
    }

    /// Deletes a segment of the member's own, or, as an admin, any.
    pub async fn delete(
        &self,
        project: ProjectId,
        id: SegmentId,
        member: MemberId,
        role: Role,
    ) -> Result<(), Error> {
        let author = (!role.includes(Role::Admin)).then_some(member);
        let removed = self.store.remove_segment(project, id, author).await?;
        removed.then_some(()).ok_or(Error::NotFound("segment"))
    }
}

fn some(filters: Vec<FilterCondition>) -> Result<Vec<FilterCondition>, Error> {
    if filters.is_empty() {
        return Err(Error::invalid("filters", "filters must name one filter or more"));
    }
    if filters.iter().flat_map(FilterCondition::values).any(|value| value.contains('\0')) {
        return Err(Error::invalid("filters", "a value of filters holds a character 0"));
    }
    Ok(filters)
}

impl std::fmt::Debug for SegmentService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SegmentService").finish_non_exhaustive()
    }
}
