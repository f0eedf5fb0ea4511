//! Authors and readers of things that members keep in a project.

use domain::id::MemberId;
use domain::visibility::Visibility;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The readers of a thing that a member keeps.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Visibility)]
pub(crate) enum VisibilityName {
    /// Its author alone.
    Own,
    /// Everybody in the project whose role reads such things.
    Project,
}

impl From<Visibility> for VisibilityName {
    fn from(visibility: Visibility) -> Self {
        match visibility {
            Visibility::Own => Self::Own,
            Visibility::Project => Self::Project,
        }
    }
}

impl From<VisibilityName> for Visibility {
    fn from(name: VisibilityName) -> Self {
        match name {
            VisibilityName::Own => Self::Own,
            VisibilityName::Project => Self::Project,
        }
    }
}

/// The member who made something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Author {
    id: Uuid,
    /// Their name, else their address; null when they are gone.
    name: Option<String>,
}

impl Author {
    /// The author of this id and name.
    pub(crate) fn new(id: MemberId, name: Option<String>) -> Self {
        Self { id: id.0, name }
    }
}
