//! `/api/projects/{project_id}/…`

mod audit;
mod authorisation;
mod create;
mod invitations;
mod live;
mod members;
mod object_ids;
mod secret_keys;
mod share_links;
