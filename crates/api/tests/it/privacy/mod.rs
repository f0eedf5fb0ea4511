//! `/api/privacy` and `/api/projects/{project_id}/privacy`

mod erasures;
pub(crate) mod fixtures;
mod subjects;
mod two_servers;
