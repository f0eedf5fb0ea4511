//! Saved segments.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId, SegmentId};
use domain::question::FilterCondition;
use domain::time::Timestamp;

use super::Error;

/// Filters under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Names it.
    pub id: SegmentId,
    /// The project.
    pub project_id: ProjectId,
    /// The member who saved it.
    pub author_id: MemberId,
    /// For people.
    pub name: String,
    /// Its filters.
    pub filters: Vec<FilterCondition>,
    /// Whether all members of the project see it, rather than its author alone.
    pub is_shared: bool,
    /// When it was saved.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// Changes of a segment; none leaves a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SegmentPatch {
    /// Its name.
    pub name: Option<String>,
    /// Its filters.
    pub filters: Option<Vec<FilterCondition>>,
    /// Whether all members of the project see it.
    pub is_shared: Option<bool>,
}

/// Saved segments. See [`super`] for the contract.
#[async_trait]
pub trait SegmentStore: Send + Sync {
    /// Stores a segment unless the project has `most` already; `false` when it has.
    async fn add_segment(&self, new: &Segment, most: u32) -> Result<bool, Error>;

    /// The shared segments and this member's own, by name.
    async fn segments(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<Segment>, Error>;

    /// Changes a segment of this author's; none when there is no such one.
    async fn change_segment(
        &self,
        project: ProjectId,
        id: SegmentId,
        author: MemberId,
        changes: SegmentPatch,
        now: Timestamp,
    ) -> Result<Option<Segment>, Error>;

    /// Deletes a segment, of this author's or, without one, of anybody's; `false` when there is no such one.
    async fn remove_segment(
        &self,
        project: ProjectId,
        id: SegmentId,
        author: Option<MemberId>,
    ) -> Result<bool, Error>;
}
