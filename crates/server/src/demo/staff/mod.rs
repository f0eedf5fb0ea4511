//! The people who run the demo's sites: they join, set things up, close a month, do tasks and forget customers
//! who ask for it, all by the public API, so that the audit log has it, too.
//!
//! Each step looks first whether it has been done, so that it can be repeated.

mod annotations;
mod billing;
mod boards;
mod errors;
mod goals;
mod keys;
mod people;
mod saved_questions;
mod segments;
mod settings;
mod share_links;
mod team;
mod work;

use std::sync::Arc;

use axum::http::Method;
use domain::clock::Clock;
use domain::time::Timestamp;
use serde_json::Value;

use super::account::Account;
use super::local_api::{LocalApi, SignedInMember};
use super::{Target, failed_events};

/// The staff, and what they look after.
pub(super) struct Staff {
    pub(super) api: LocalApi,
    pub(super) account: Account,
    pub(super) targets: Vec<Target>,
    pub(super) clock: Arc<dyn Clock>,
}

/// One site, as somebody of the staff sees it.
struct Office<'a> {
    api: &'a LocalApi,
    target: &'a Target,
    /// An admin.
    admin: &'a SignedInMember,
    now: Timestamp,
}

impl Staff {
    /// Does everything, as soon as the tables show the history.
    pub(super) async fn run(&self) -> anyhow::Result<()> {
        let Account { email, password } = &self.account;
        let owner = SignedInMember::sign_in(&self.api, email, password).await?;
        let projects: Vec<_> =
            self.targets.iter().map(|target| target.admitted.project_id).collect();
        let admin = team::join(&owner, &projects).await?;
        for target in &self.targets {
            let (api, now) = (&self.api, self.clock.now());
            let office = Office { api, target, admin: admin.as_ref().unwrap_or(&owner), now };
            office.set_up().await?;
            if let Some(keys) = office.make_keys().await? {
                failed_events::send(api, target, &keys, now).await?;
            }
            office.annotate().await?;
            office.decide_about_errors().await?;
            office.set_goals().await?;
            office.make_boards().await?;
            office.share_pages().await?;
            office.save_segments().await?;
            office.close_month().await?;
            office.make_webhooks().await?;
            office.do_some_work().await?;
            office.know_people().await?;
            office.erase_somebody().await?;
            // An erasure removes what was answered before.
            office.save_questions().await?;
        }
        Ok(())
    }
}

impl Office<'_> {
    fn path(&self, route: &str) -> String {
        format!("/api/projects/{}/{route}", self.target.admitted.project_id)
    }

    async fn get(&self, route: &str) -> anyhow::Result<Value> {
        self.admin.get(&self.path(route)).await
    }

    async fn send(&self, method: Method, route: &str, body: Value) -> anyhow::Result<Value> {
        self.admin.send((method, &self.path(route)), &body).await
    }

    /// The items of a list.
    async fn list(&self, route: &str, name: &str) -> anyhow::Result<Vec<Value>> {
        let mut answer = self.get(route).await?;
        let items = answer[name].take();
        Ok(match items {
            Value::Array(items) => items,
            _ => Vec::new(),
        })
    }
}
