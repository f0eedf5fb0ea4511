//! `/api/projects/{project_id}/…`

mod audit;
mod authorisation;
mod create;
mod invitations;
mod members;
mod secret_keys;
