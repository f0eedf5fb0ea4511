//! A believable example: two sites, thirty days of history, and visitors who are there now.
//!
//! Everything goes through ingest like any page's events, so the demo shows the product and nothing
//! else. The same day, site and visit give the same events with the same ids: a start that was cut
//! short is simply done again.

mod account;
mod history;
mod random;
mod session;
mod sites;
mod trickle;

use std::sync::Arc;

use anyhow::Context;
use domain::id::ProjectId;
use domain::outcome::Contract;
use engine::auth::SetUp;
use engine::ingest::{Admitted, Envelope, Incoming, Ingest, Sender};
use engine::keys::NewKey;
use engine::ports::catalog::{ApiKey, ApiKeys, Projects};
use tokio_util::sync::CancellationToken;

use crate::wiring::Parts;
use session::{Session, Step};
use sites::Site;

pub(crate) use account::Account;

/// A site of the demo and where its events go.
#[derive(Debug, Clone)]
struct Target {
    site: &'static Site,
    /// What its pages send with.
    key: ApiKey,
    admitted: Admitted,
}

/// Makes what is missing of the demo: account, projects, keys and history.
pub(crate) async fn prepare(
    parts: &Parts,
    dir: &std::path::Path,
    mut tell: impl FnMut(&str),
) -> anyhow::Result<Demo> {
    let account = account::load_or_make(dir)?;
    let auth = &parts.app.auth;
    if !auth.is_set_up().await? {
        let set_up = SetUp {
            token: String::new(),
            email: account.email.clone(),
            name: "Demo".to_owned(),
            password: account.password.clone(),
            project_name: sites::SITES[0].name.to_owned(),
        };
        let done = auth.set_up_trusted(set_up).await?;
        for site in &sites::SITES[1..] {
            auth.create_project(done.member.id, site.name).await?;
        }
    }
    let projects = Projects::all(&*parts.catalog).await?;
    let mut targets = Vec::new();
    for site in sites::SITES {
        let project =
            projects.iter().find(|project| project.name == site.name).with_context(|| {
                format!(
                    "{} holds other data than the demo's; name an empty folder with --data-dir",
                    dir.display()
                )
            })?;
        let key = first_key(parts, project.id).await?;
        let admitted = Admitted { project_id: project.id, retention_days: project.retention_days };
        targets.push(Target { site, key, admitted });
    }
    if !account::has_history(dir) {
        tell("Making 30 days of history for two sites …");
        let now = parts.app.clock.now();
        let events = history::make(&parts.app.ingest, &targets, now).await?;
        // A month in a minute is more than a key admits, so its use is noted here.
        let used: Vec<_> = targets.iter().map(|target| (target.key.id, now)).collect();
        parts.catalog.touch(&used).await?;
        account::note_history(dir)?;
        tell(&format!("{events} events made"));
    }
    Ok(Demo { account, targets, ingest: parts.app.ingest.clone() })
}

/// The project's first key, made when there is none.
async fn first_key(parts: &Parts, project: ProjectId) -> Result<ApiKey, engine::Error> {
    let latest_first = parts.app.keys.list(project).await?;
    if let Some(key) = latest_first.into_iter().last() {
        return Ok(key);
    }
    let key = NewKey { key_name: "Web site".to_owned(), ..NewKey::default() };
    parts.app.keys.create(project, key).await
}

/// A demo that is ready.
pub(crate) struct Demo {
    pub(crate) account: Account,
    targets: Vec<Target>,
    ingest: Arc<Ingest>,
}

impl Demo {
    /// Lets visitors come and go until `stop`.
    pub(crate) async fn trickle(
        self,
        clock: Arc<dyn domain::clock::Clock>,
        stop: CancellationToken,
    ) {
        trickle::run(self.ingest, self.targets, clock, stop).await;
    }
}

/// Sends steps of a visit, as its browser would.
async fn send(
    ingest: &Ingest,
    admitted: &Admitted,
    session: &Session,
    steps: impl Iterator<Item = &Step>,
) -> Result<usize, engine::Error> {
    let items = steps.map(|step| Incoming { raw: &[], event: Ok(step.event.clone()) }).collect();
    let sender = Sender { user_agent: session.user_agent, address: session.address };
    let receipt =
        ingest.accept(Contract::Friction, admitted, sender, Envelope::default(), items).await?;
    Ok(receipt.stored.len())
}
