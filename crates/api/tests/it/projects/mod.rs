//! `/api/projects/{project_id}/…`

mod audit;
mod authorisation;
mod invitations;
mod live;
mod members;
mod secret_keys;
