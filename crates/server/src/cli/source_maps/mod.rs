//! `footfall source-maps`: what a build of the site does, so that the stacks of its errors are shown as its sources.

mod scan;
mod upload;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use domain::id::ProjectId;
use secrecy::SecretString;

use super::{complain, out, runtime};
use scan::{FoundScript, SourceMapFile};
use upload::{Uploaded, Uploader};

const AFTER_HELP: &str = "\
Each script of DIR with a source map is uploaded under the address at which browsers load it:
--url-prefix, then its path below DIR. ~ stands for any host.

  export FOOTFALL_SECRET_KEY=fs_…    a secret key with the role analyst
  footfall source-maps upload --server https://footfall.example.com --project ID \\
      --url-prefix '~/assets' --release 4.2 dist/assets";

/// Which command.
#[derive(Debug, Args)]
pub(super) struct SourceMapsArgs {
    #[command(subcommand)]
    command: SourceMapsCommand,
}

#[derive(Debug, Subcommand)]
enum SourceMapsCommand {
    /// Uploads the source maps of a folder's scripts to a running server.
    Upload(UploadArgs),
}

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
struct UploadArgs {
    /// Folder of the built scripts and their source maps
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Address of the folder as browsers load it, such as <https://shop.example.com/assets> or ~/assets
    #[arg(long, value_name = "URL")]
    url_prefix: String,
    /// The release the scripts are of
    #[arg(long)]
    release: Option<String>,
    /// The server
    #[arg(long, value_name = "URL")]
    server: String,
    /// The project, by id
    #[arg(long, value_name = "ID")]
    project: String,
    /// A secret key of the project with the role analyst; better set as `FOOTFALL_SECRET_KEY`
    #[arg(long, env = "FOOTFALL_SECRET_KEY", hide_env_values = true)]
    key: SecretString,
}

/// Runs a command about source maps.
pub(super) fn run(args: SourceMapsArgs) -> anyhow::Result<()> {
    let SourceMapsCommand::Upload(args) = args.command;
    let Ok(project) = args.project.parse::<ProjectId>() else {
        bail!("--project must be the id of a project; its settings show it");
    };
    let scripts = scan::scripts(&args.folder)
        .with_context(|| format!("{} cannot be read", args.folder.display()))?;
    let uploader = Uploader::new(&args.server, project, args.key, args.release)?;
    runtime()?.block_on(upload_all(&uploader, &args.url_prefix, &scripts))
}

/// Uploads every map, also after one that fails.
async fn upload_all(
    uploader: &Uploader,
    prefix: &str,
    scripts: &[FoundScript],
) -> anyhow::Result<()> {
    let (mut new, mut known, mut without, mut failed) = (0_usize, 0_usize, 0_usize, 0_usize);
    for FoundScript { path, map } in scripts {
        let url = format!("{}/{path}", prefix.trim_end_matches('/'));
        let file = match map {
            SourceMapFile::Found(file) => file,
            SourceMapFile::Missing(reason) => {
                out(&format!("skipped    {url}: {reason}"));
                without += 1;
                continue;
            }
        };
        match uploader.upload(&url, file).await {
            Ok(Uploaded::New) => {
                out(&format!("uploaded   {url}"));
                new += 1;
            }
            Ok(Uploaded::Known) => {
                out(&format!("unchanged  {url}"));
                known += 1;
            }
            Err(error) => {
                complain(&format!("failed     {url}: {error:#}"));
                failed += 1;
            }
        }
    }
    out(&format!(
        "{new} uploaded, {known} unchanged, {without} without a source map, {failed} failed"
    ));
    if failed > 0 {
        bail!("{failed} source maps were not uploaded");
    }
    if new + known == 0 {
        bail!("the folder has no script with a source map; does the build write them?");
    }
    Ok(())
}
