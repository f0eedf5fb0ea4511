//! `footfall doctor`: what is wrong with a set-up, and what to do about it.

use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};
use engine::ports::lake::LakeWriter;

use super::{CommonArgs, out, runtime};
use crate::config::{Config, SignInTransport};
use crate::geo::MaxMind;
use crate::system::{RandomIds, SystemClock};
use crate::wiring;

/// A slower disk makes every acknowledgement slow.
const SLOW_SYNC_MS: f64 = 20.0;
/// Writes timed to judge the disk.
const SYNCS: u32 = 20;

/// Runs every check; fails when one does.
pub(super) fn run(common: &CommonArgs) -> ExitCode {
    let config = match common.load() {
        Ok(config) => config,
        Err(error) => {
            out(&format!("✗ settings: {error:#}"));
            out("  Compare them with `footfall config default`.");
            return ExitCode::FAILURE;
        }
    };
    out("✓ settings can be read");
    let checks: [(&str, &str, Check); 8] = [
        ("folder", "Make it writable for this user, or name another with --data-dir.", folder),
        (
            "disk",
            "Use a local disk that syncs quickly; a network disk delays every acknowledgement.",
            disk,
        ),
        (
            "sign-ins",
            "Put a proxy with TLS in front, and set server.public_url to its https:// address.",
            sign_ins,
        ),
        ("port", "Stop what listens there, or name another address with --listen.", port),
        (
            "catalog",
            "Start its database or set catalog.url; or restore catalog.db from a backup, or move it away to start with an empty one.",
            catalog,
        ),
        (
            "lake",
            "See the log of the server; the journal keeps what the lake has not stored.",
            lake,
        ),
        (
            "sql",
            "Statements of SQL cannot run: allow this program to start itself, and temporary files.",
            sql,
        ),
        ("places", "Download GeoLite2-City.mmdb and set geo.mmdb, or leave it out.", places),
    ];
    let mut failed = false;
    for (name, advice, check) in checks {
        match check(&config) {
            Ok(found) => out(&format!("✓ {name}: {found}")),
            Err(error) => {
                failed = true;
                out(&format!("✗ {name}: {error:#}"));
                out(&format!("  {advice}"));
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

type Check = fn(&Config) -> anyhow::Result<String>;

fn folder(config: &Config) -> anyhow::Result<String> {
    let dir = &config.data.dir;
    std::fs::create_dir_all(dir).with_context(|| format!("{} cannot be created", dir.display()))?;
    let probe = dir.join(".doctor");
    std::fs::write(&probe, b"probe")
        .with_context(|| format!("{} cannot be written to", dir.display()))?;
    std::fs::remove_file(&probe)?;
    Ok(format!("{} is writable", dir.display()))
}

/// Starts the process that statements run in.
fn sql(config: &Config) -> anyhow::Result<String> {
    let spill = tempfile::Builder::new().prefix("footfall-sql-").tempdir()?;
    let options = wiring::sql_options(config, spill.path());
    let lake::SandboxReport { landlock, seccomp } = runtime()?
        .block_on(lake::probe_sql_worker(options))
        .context("no process can be started")?;
    Ok(match (landlock, seccomp) {
        (true, true) => "statements run in a process confined by Landlock and seccomp".to_owned(),
        (true, false) => "statements run in a process without seccomp, which this system lacks".to_owned(),
        (false, true) => "statements run in a process without Landlock, which this system lacks".to_owned(),
        (false, false) => {
            "statements run in a process bounded by resource limits alone; this system has neither Landlock nor seccomp"
                .to_owned()
        }
    })
}

fn disk(config: &Config) -> anyhow::Result<String> {
    let probe = config.data.dir.join(".doctor");
    let millis = sync_millis(&probe);
    let _ = std::fs::remove_file(&probe);
    let millis = millis?;
    if millis > SLOW_SYNC_MS {
        bail!("a write takes {millis:.1} ms to reach the disk");
    }
    Ok(format!("a write takes {millis:.2} ms to reach the disk"))
}

fn sync_millis(path: &Path) -> anyhow::Result<f64> {
    let mut file = std::fs::File::create(path)?;
    let started = Instant::now();
    for _ in 0..SYNCS {
        file.write_all(&[0; 4_096])?;
        file.sync_data()?;
    }
    Ok(started.elapsed().as_secs_f64() * 1_000.0 / f64::from(SYNCS))
}

fn port(config: &Config) -> anyhow::Result<String> {
    let listen = config.server.listen;
    TcpListener::bind(listen)
        .with_context(|| format!("{listen} cannot be bound; is Footfall running already?"))?;
    Ok(format!("{listen} is free"))
}

fn sign_ins(config: &Config) -> anyhow::Result<String> {
    Ok(match config.sign_ins()? {
        SignInTransport::Encrypted => "over HTTPS only, as server.public_url says".to_owned(),
        SignInTransport::Local => {
            "from this machine only; set server.public_url to allow others".to_owned()
        }
        SignInTransport::InPlainText => {
            "in plain text over the network, as server.insecure_cookies allows; anybody on it can \
             take over an account"
                .to_owned()
        }
    })
}

fn catalog(config: &Config) -> anyhow::Result<String> {
    let file = config.catalog_file();
    if file.as_ref().is_some_and(|file| !file.is_file()) {
        return Ok(format!(
            "{} does not exist yet; `footfall serve` creates it",
            config.catalog_name()
        ));
    }
    runtime()?.block_on(async {
        let catalog = wiring::open_catalog(config, wiring::NO_JOURNAL).await?;
        let projects = engine::ports::catalog::ProjectStore::all(&catalog).await?.len();
        let has_row_security = catalog.has_row_security().await?;
        catalog.close().await;
        if file.is_none() && !has_row_security {
            bail!(
                "the role of catalog.url bypasses row-level security; use one that is not a superuser"
            );
        }
        Ok(format!("{projects} projects in {}", config.catalog_name()))
    })
}

fn lake(config: &Config) -> anyhow::Result<String> {
    let folder = config.data.dir.join("lake");
    if !folder.is_dir() {
        return Ok("none yet; `footfall serve` creates it".to_owned());
    }
    runtime()?.block_on(async {
        let options = lake::Options::new(folder);
        let lake = lake::Lake::open(options, Arc::new(SystemClock), Arc::new(RandomIds)).await?;
        let stats = lake.stats().await?;
        let mib = stats.size_bytes / (1024 * 1024);
        Ok(format!("{} events in {} files, {mib} MiB", stats.rows, stats.files))
    })
}

fn places(config: &Config) -> anyhow::Result<String> {
    match &config.geo.mmdb {
        Some(path) => MaxMind::open(path).map(|_| format!("{} can be read", path.display())),
        None => Ok("no database set; countries and cities stay empty".to_owned()),
    }
}
