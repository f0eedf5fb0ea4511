//! `footfall sql`: one reading statement, over a data folder or asked of a running server.

mod local;
mod remote;
mod table;

use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use engine::sql::DEFAULT_ROWS;
use secrecy::SecretString;

use super::{CommonArgs, out, runtime};

const AFTER_HELP: &str = "\
Tables: events, user_behavior, widget_analytics, friction_events, heatmap_data,
page_performance_metrics, and those of the catalog; SHOW TABLES lists them, DESCRIBE shows one.

  footfall sql 'SELECT event_type, count(*) FROM friction_events GROUP BY 1'
  footfall sql --format csv < report.sql > report.csv
  footfall sql --url https://footfall.example.com --key fs_… 'SHOW TABLES'";

/// What to ask, and of whom.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct SqlArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// The statement; read from standard input when left out or `-`
    query: Option<String>,
    /// The project, by name or id; required when there are several
    #[arg(long)]
    project: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Maximum number of rows
    #[arg(long, default_value_t = DEFAULT_ROWS)]
    limit: usize,
    /// Query this server instead of the data folder; requires a secret key, and --project as an id
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The secret key for --url; better set as `FOOTFALL_SECRET_KEY`
    #[arg(long, env = "FOOTFALL_SECRET_KEY", hide_env_values = true, requires = "url")]
    key: Option<SecretString>,
}

/// How rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns.
    Table,
    /// RFC 4180, with a header.
    Csv,
    /// The JSON answer of the API.
    Json,
    /// One JSON object per line.
    Ndjson,
}

impl Format {
    /// The shape to ask for; tables are made from JSON.
    fn request(self) -> api::sql::Format {
        match self {
            Self::Table | Self::Json => api::sql::Format::Json,
            Self::Csv => api::sql::Format::Csv,
            Self::Ndjson => api::sql::Format::Ndjson,
        }
    }
}

/// A statement and how it is to be answered.
struct SqlCliRequest {
    query: String,
    project: Option<String>,
    format: Format,
    limit: usize,
}

/// Runs the statement and prints its rows.
pub(super) fn run(args: SqlArgs) -> anyhow::Result<()> {
    let SqlArgs { common, query, project, format, limit, url, key } = args;
    let request = SqlCliRequest { query: statement(query)?, project, format, limit };
    let answer = match url {
        Some(url) => runtime()?.block_on(remote::ask(&url, key.as_ref(), &request))?,
        None => runtime()?.block_on(local::ask(&common.load()?, request))?,
    };
    if format == Format::Table {
        out(&table::from_json(&answer)?);
        return Ok(());
    }
    let end = if answer.ends_with('\n') { "" } else { "\n" };
    std::io::stdout().write_all(format!("{answer}{end}").as_bytes())?;
    Ok(())
}

fn statement(stated: Option<String>) -> anyhow::Result<String> {
    let text = match stated {
        Some(text) if text != "-" => text,
        _ => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("the statement cannot be read")?;
            text
        }
    };
    if text.trim().is_empty() {
        bail!("there is no statement; pass it as an argument or on standard input");
    }
    Ok(text)
}

/// Whether a folder has a lake to read; opening would make one.
fn has_lake(folder: &Path) -> bool {
    folder.join("lake").join("events").join("_delta_log").is_dir()
}
