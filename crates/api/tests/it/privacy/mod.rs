//! `/api/privacy` and `/api/projects/{project_id}/privacy`

mod erasures;
mod given;
mod subjects;
mod two_servers;
