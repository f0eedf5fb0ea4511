//! A believable example: two sites, thirty days of history, and visitors who are there now.
//!
//! Everything goes through ingest like any page's events, so the demo shows the product and nothing
//! else: visits with their friction, customers who book, order, give up and call, and what the server
//! itself concludes of it. The same day, site and visit give the same events with the same ids: a
//! start that was cut short is simply done again.

mod account;
mod example_hosts;
mod failed_events;
mod finalize;
mod history;
mod live_visitors;
mod local_api;
mod people;
mod places;
mod playground;
mod random;
mod recordings;
mod session;
mod shop_rules;
mod sites;
mod staff;
mod story;
mod tasks;
mod widgets;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use axum::Router;
use axum::http::HeaderName;
use domain::event::Category;
use domain::id::{ProjectId, WidgetId};
use domain::outcome::Contract;
use domain::time::Timestamp;
use engine::api_keys::NewApiKey;
use engine::auth::SetUp;
use engine::ingest::{AdmittedSender, Envelope, IncomingItem, Ingest, Sender};
use engine::ports::catalog::{ApiKey, ApiKeyStore, MemberStore, ProjectStore};
use tokio_util::sync::CancellationToken;

use crate::wiring::Components;
use finalize::HistoryFinalizer;
use history::OngoingVisit;
use live_visitors::DemoIngest;
use local_api::LocalApi;
use people::Person;
use session::{Session, Step, VisitContext};
use sites::Site;
use staff::Staff;
use tasks::TaskCompleter;

pub(crate) use account::Account;
pub(crate) use example_hosts::with_example_hosts;
pub(crate) use places::write_database;

/// The header of a page's key.
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// A site of the demo and where its events go.
#[derive(Debug, Clone)]
struct Target {
    site: &'static Site,
    /// What its pages send with.
    key: ApiKey,
    /// What its customers call by.
    widget: WidgetId,
    admitted: AdmittedSender,
    seed: u64,
}

impl Target {
    fn stage(&self, now: Timestamp) -> VisitContext {
        let today = story::start_of_day(now);
        VisitContext { site: self.site, widget: self.widget, today, now, seed: self.seed }
    }
}

/// Makes what is missing of the demo: account, projects, keys and history.
pub(crate) async fn prepare(
    parts: &Components,
    dir: &Path,
    seed: u64,
    mut report_progress: impl FnMut(&str),
) -> anyhow::Result<Demo> {
    let account = account::load_or_make(dir)?;
    let now = parts.app.clock.now();
    let auth = &parts.app.auth;
    if !auth.is_set_up().await? {
        let set_up = SetUp {
            token: "".into(),
            email: account.email.clone(),
            name: "Demo".to_owned(),
            password: account.password.clone(),
            project_name: sites::SITES[0].name.to_owned(),
            time_zone: story::zone(),
        };
        let done = auth.set_up_trusted(set_up).await?;
        for site in &sites::SITES[1..] {
            auth.create_project(done.member.id, site.name, story::zone()).await?;
        }
    }
    let projects = ProjectStore::all(&*parts.catalog).await?;
    let mut targets = Vec::new();
    for site in sites::SITES {
        let project =
            projects.iter().find(|project| project.name == site.name).with_context(|| {
                format!(
                    "{} contains data that is not the demo's; name an empty folder with --data-dir",
                    dir.display()
                )
            })?;
        let key = first_key(parts, project.id).await?;
        let widget = widgets::prepare(parts, project.id, site).await?;
        shop_rules::prepare(parts, project.id, site, now.plus_seconds(-history::SECONDS)).await?;
        let sender =
            AdmittedSender { project_id: project.id, retention_days: project.retention_days };
        targets.push(Target { site, key, widget, admitted: sender, seed });
    }
    let mut ongoing = Vec::new();
    if !account::has_history(dir) {
        report_progress("Making 30 days of history for two sites …");
        let made = history::make(&parts.app.ingest, &parts.app.sdk_reports, &targets, now).await?;
        // A month in a minute is more than a key admits, so its use is noted here.
        let used: Vec<_> = targets.iter().map(|target| (target.key.id, now)).collect();
        parts.catalog.touch(&used).await?;
        account::note_history(dir)?;
        report_progress(&format!("{} events made", made.events));
        ongoing = made.ongoing;
    }
    let mut finalizer = None;
    if !account::is_finished(dir) {
        let tasks = tasks(parts, &account, &targets, now).await?;
        let staff = Staff {
            api: LocalApi::new(parts.app.clone()),
            account: account.clone(),
            targets: targets.clone(),
            clock: parts.app.clock.clone(),
        };
        finalizer = Some(HistoryFinalizer::of(parts, tasks, staff));
    }
    let ingest = DemoIngest {
        ingest: parts.app.ingest.clone(),
        widgets: parts.app.widgets.clone(),
        contacts: parts.catalog.clone(),
        reports: parts.app.sdk_reports.clone(),
        clock: parts.app.clock.clone(),
    };
    Ok(Demo { account, dir: dir.to_owned(), targets, ongoing, ingest, finalizer })
}

/// The project's first key, made when there is none.
async fn first_key(parts: &Components, project: ProjectId) -> Result<ApiKey, engine::Error> {
    let latest_first = parts.app.keys.list(project).await?;
    if let Some(key) = latest_first.into_iter().last() {
        return Ok(key);
    }
    let key = NewApiKey { key_name: "Web site".to_owned(), ..NewApiKey::default() };
    parts.app.keys.create(project, key).await
}

/// Where the account's owner sits.
async fn tasks(
    parts: &Components,
    account: &Account,
    targets: &[Target],
    now: Timestamp,
) -> anyhow::Result<TaskCompleter> {
    let owner = parts.catalog.by_email(&account.email).await?;
    Ok(TaskCompleter {
        tasks: parts.catalog.clone(),
        ids: parts.app.ids.clone(),
        member: owner.context("the demo's account is not in its catalog")?.id,
        projects: targets.iter().map(|target| target.admitted.project_id).collect(),
        now,
    })
}

/// A demo that is ready.
pub(crate) struct Demo {
    pub(crate) account: Account,
    /// The data folder.
    dir: PathBuf,
    targets: Vec<Target>,
    ongoing: Vec<OngoingVisit>,
    ingest: DemoIngest,
    /// None: it has done its work.
    finalizer: Option<HistoryFinalizer>,
}

impl Demo {
    /// What the demo answers beside the server itself.
    pub(crate) fn pages(&self) -> Router {
        let site = self.targets.first();
        site.map(|target| playground::routes(&target.key.key)).unwrap_or_default()
    }

    /// Lets visitors come and go until `stop`.
    pub(crate) async fn trickle(self, stop: CancellationToken) {
        let Self { dir, targets, ongoing, ingest, finalizer, .. } = self;
        let finish = async {
            if let Some(finalizer) = finalizer {
                finalizer.run(&dir, &stop).await;
            }
        };
        tokio::join!(finish, live_visitors::run(ingest, targets, ongoing, stop.clone()));
    }
}

/// Sends steps of a visit, as its browser would: what belongs to one contract in one request.
async fn send(
    ingest: &Ingest,
    admitted: &AdmittedSender,
    session: &Session,
    steps: impl Iterator<Item = &Step>,
) -> Result<usize, engine::Error> {
    let mut requests: BTreeMap<Contract, Vec<IncomingItem<'_>>> = BTreeMap::new();
    for step in steps {
        let item = IncomingItem::new(&[], Ok(step.event.clone()));
        requests.entry(contract(step.event.category)).or_default().push(item);
    }
    let Person { browser, address, .. } = &session.person;
    let sender = Sender { user_agent: browser.user_agent, address: *address };
    let mut stored = 0;
    for (contract, items) in requests {
        let receipt = ingest.accept(contract, admitted, sender, Envelope::default(), items).await?;
        stored += receipt.stored.len();
    }
    Ok(stored)
}

/// By which contract a page sends events of a category.
fn contract(category: Category) -> Contract {
    match category {
        Category::Behavior => Contract::Behavior,
        Category::Widget => Contract::Widget,
        Category::Customer => Contract::Customer,
        Category::Session => Contract::Session,
        Category::Friction
        | Category::Heatmap
        | Category::Performance
        | Category::System
        | Category::Form => Contract::Friction,
    }
}
