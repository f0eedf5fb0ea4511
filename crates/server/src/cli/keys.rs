//! `footfall keys`: what the dashboard's API keys page does, from the shell.

use std::sync::Arc;

use anyhow::{Context, bail};
use catalog::Catalog;
use clap::{Args, Subcommand};
use domain::origin::AllowedDomain;
use engine::api_keys::{ApiKeyEdit, ApiKeyService, NewApiKey};
use engine::ingest::KeyDirectory;
use engine::ports::catalog::{ApiKey, Project, ProjectStore};

use super::{CommonArgs, out, runtime};
use crate::config::Config;
use crate::system::{RandomIds, SystemClock, SystemRandom};
use crate::wiring;

/// What to do with keys.
#[derive(Debug, Args)]
pub(super) struct KeysArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// The project, by name or id; required when there are several
    #[arg(long, global = true)]
    project: Option<String>,
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Lists the project's keys.
    List,
    /// Creates a key and prints it.
    Create {
        /// Its name
        name: String,
        /// A domain with pages that may use the key; repeat for more, leave out for all
        #[arg(long = "domain")]
        domains: Vec<String>,
        /// Requests a minute
        #[arg(long)]
        rate_limit: Option<u32>,
    },
    /// Switches a key on.
    Enable {
        /// The key, by its text or name
        key: String,
    },
    /// Switches a key off. A running server applies it within 5 seconds.
    Disable {
        /// The key, by its text or name
        key: String,
    },
    /// Deletes a key. Its events stay.
    Delete {
        /// The key, by its text or name
        key: String,
    },
}

/// Runs a keys command.
pub(super) fn run(args: KeysArgs) -> anyhow::Result<()> {
    let config = args.common.load()?;
    runtime()?.block_on(execute(config, args))
}

async fn execute(config: Config, args: KeysArgs) -> anyhow::Result<()> {
    check_data(&config)?;
    let catalog = Arc::new(wiring::open_catalog(&config, wiring::NO_JOURNAL).await?);
    let project = find_project(&catalog, args.project.as_deref()).await?;
    let keys = ApiKeyService::new(
        catalog.clone(),
        Arc::new(KeyDirectory::new(catalog.clone())),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
        Arc::new(SystemRandom),
    );
    match args.command {
        KeysCommand::List => list(&keys.list(project.id).await?),
        KeysCommand::Create { name, domains, rate_limit } => {
            let new = NewApiKey {
                key_name: name,
                allowed_domains: domains,
                rate_limit_per_minute: rate_limit,
            };
            out(&keys.create(project.id, new).await?.key);
        }
        KeysCommand::Enable { key } => switch(&keys, &project, &key, true).await?,
        KeysCommand::Disable { key } => switch(&keys, &project, &key, false).await?,
        KeysCommand::Delete { key } => {
            let key = find_key(&keys, &project, &key).await?;
            keys.delete(project.id, key.id).await?;
            out(&format!("deleted {:?}", key.key_name));
        }
    }
    catalog.close().await;
    Ok(())
}

/// Refuses a folder in which nothing has been kept yet.
pub(super) fn check_data(config: &Config) -> anyhow::Result<()> {
    if config.catalog_file().is_some_and(|file| !file.is_file()) {
        bail!(
            "{} holds no data of Footfall; run `footfall serve` first, or name the folder with --data-dir",
            config.data.dir.display()
        );
    }
    Ok(())
}

/// The project of this name or id, or the only one.
pub(super) async fn find_project(
    catalog: &Catalog,
    wanted: Option<&str>,
) -> anyhow::Result<Project> {
    let mut projects = ProjectStore::all(catalog).await.context("projects cannot be read")?;
    if let Some(wanted) = wanted {
        projects.retain(|project| project.name == wanted || project.id.to_string() == wanted);
    }
    match (projects.pop(), projects.is_empty()) {
        (Some(project), true) => Ok(project),
        (None, _) if wanted.is_some() => bail!("--project: no project has this name or id"),
        (None, _) => {
            bail!("there is no project yet; run `footfall serve` and follow its set-up link")
        }
        (Some(_), false) => bail!("there are several projects; name one with --project"),
    }
}

async fn find_key(keys: &ApiKeyService, project: &Project, wanted: &str) -> anyhow::Result<ApiKey> {
    let all = keys.list(project.id).await?;
    let mut found = all.into_iter().filter(|key| key.key == wanted || key.key_name == wanted);
    match (found.next(), found.next()) {
        (Some(key), None) => Ok(key),
        (None, _) => bail!("no key of project {:?} has this text or name", project.name),
        (Some(_), Some(_)) => bail!("several keys have this name; use the text of the key"),
    }
}

async fn switch(
    keys: &ApiKeyService,
    project: &Project,
    wanted: &str,
    on: bool,
) -> anyhow::Result<()> {
    let key = find_key(keys, project, wanted).await?;
    let changes = ApiKeyEdit { is_active: Some(on), ..ApiKeyEdit::default() };
    let key = keys.change(project.id, key.id, changes).await?;
    out(&format!("{:?} is {}", key.key_name, if on { "on" } else { "off" }));
    Ok(())
}

fn list(keys: &[ApiKey]) {
    if keys.is_empty() {
        out("no keys yet; create one with `footfall keys create NAME`");
    }
    for key in keys {
        let domains: Vec<&str> = key.allowed_domains.iter().map(AllowedDomain::as_str).collect();
        let domains =
            if domains.is_empty() { "all domains".to_owned() } else { domains.join(", ") };
        let used =
            key.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {at}"));
        let state = if key.is_active { "on " } else { "off" };
        out(&format!(
            "{}  {state}  {}/min  {used}  {domains}  {}",
            key.key, key.rate_limit_per_minute, key.key_name
        ));
    }
}
