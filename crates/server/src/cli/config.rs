//! `footfall config`.

use clap::{Args, Subcommand};

use super::{CommonArgs, out};
use crate::config::DEFAULT_TOML;

/// What to show.
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Prints every setting with its default and a description.
    Default,
    /// Prints the settings in force, from file, environment and flags.
    Show(CommonArgs),
}

/// Prints settings.
pub(super) fn run(args: &ConfigArgs) -> anyhow::Result<()> {
    match &args.command {
        ConfigCommand::Default => out(DEFAULT_TOML.trim_end()),
        ConfigCommand::Show(common) => {
            let mut config = common.load()?;
            // What is printed may be passed on; the password stays here.
            config.catalog.url = config.catalog.shown();
            out(toml::to_string(&config)?.trim_end());
        }
    }
    Ok(())
}
