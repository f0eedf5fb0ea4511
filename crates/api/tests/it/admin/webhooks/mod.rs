//! `/api/projects/{project_id}/webhooks`.

mod deliveries;
mod manage;
mod receiver;
mod verify;
