//! The configuration: defaults, then `footfall.toml`, then `FOOTFALL_SECTION__KEY`, then flags.

mod accounts;
mod catalog_url;
mod connections;
mod cookies;
mod lake;
mod live;
mod metrics;
mod people;
mod secret;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use accounts::AccountsConfig;
use catalog_url::CatalogConfig;
use connections::ConnectionsConfig;
pub(crate) use cookies::SignInTransport;
use lake::LakeConfig;
use live::LiveConfig;
use metrics::MetricsConfig;
pub(crate) use people::PrivacyConfig;
use people::{RecordingsConfig, SessionsConfig};
pub(crate) use secret::SecretSetting;

/// The defaults with a sentence on each: what `footfall config default` prints.
pub(crate) const DEFAULT_TOML: &str = include_str!("default.toml");
/// The file that is read when none is named and it exists.
const DEFAULT_FILE: &str = "footfall.toml";

/// Everything that can be set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) server: ServerConfig,
    pub(crate) connections: ConnectionsConfig,
    pub(crate) accounts: AccountsConfig,
    pub(crate) data: DataConfig,
    pub(crate) catalog: CatalogConfig,
    pub(crate) ingest: IngestConfig,
    pub(crate) sessions: SessionsConfig,
    pub(crate) recordings: RecordingsConfig,
    pub(crate) privacy: PrivacyConfig,
    pub(crate) journal: JournalConfig,
    pub(crate) lake: LakeConfig,
    pub(crate) live: LiveConfig,
    pub(crate) billing: BillingConfig,
    pub(crate) outbound: OutboundConfig,
    pub(crate) geo: GeoConfig,
    pub(crate) metrics: MetricsConfig,
    pub(crate) log: LogConfig,
}

/// How the server is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ServerConfig {
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// The address people and pages use, when a proxy stands in front.
    pub(crate) public_url: Option<String>,
    /// Whose `X-Forwarded-*` headers are believed.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// Whether people may sign in over plain HTTP from elsewhere than this machine.
    pub(crate) insecure_cookies: bool,
}

/// Where everything is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DataConfig {
    /// The folder.
    pub(crate) dir: PathBuf,
}

/// What may come in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct IngestConfig {
    /// Largest body after decompression.
    pub(crate) max_body_bytes: usize,
    /// Memory all request bodies together may use.
    pub(crate) body_memory_mib: usize,
    /// Requests a minute from one address; 0: no limit.
    pub(crate) address_limit_per_minute: u32,
    /// Bytes of refused events kept a day and project.
    pub(crate) failed_bytes_per_day: usize,
    /// Days refused events are kept.
    pub(crate) failed_keep_days: u32,
    /// Currency of amounts that name none.
    pub(crate) default_currency: domain::money::Currency,
}

/// The journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct JournalConfig {
    /// Hours an entry is kept after every table has it.
    pub(crate) keep_hours: u32,
    /// Days within which an event id counts once.
    pub(crate) dedup_days: u16,
}

/// Calls and what they cost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BillingConfig {
    /// What `/api/analytics/cleanup` asks for; none: it answers loopback and private peers only.
    #[serde(skip_serializing)]
    pub(crate) cron_secret: Option<SecretSetting>,
}

/// Requests to hosts that members name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OutboundConfig {
    /// Ranges beside the public internet's that may be called, by `http`, too.
    pub(crate) allow_private: Vec<IpNet>,
}

/// Places of addresses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GeoConfig {
    /// A GeoLite2-City file.
    pub(crate) mmdb: Option<PathBuf>,
}

/// Logs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogConfig {
    /// `error`, `warn`, `info`, `debug`, or directives such as `info,engine=debug`.
    pub(crate) level: String,
    /// How lines look.
    pub(crate) format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            trusted_proxies: Vec::new(),
            insecure_cookies: false,
        }
    }
}

impl Default for DataConfig {
    fn default() -> Self {
        Self { dir: PathBuf::from("data") }
    }
}

impl Default for IngestConfig {
    fn default() -> Self {
        Self {
            max_body_bytes: 4 * 1024 * 1024,
            body_memory_mib: 32,
            address_limit_per_minute: 6_000,
            default_currency: domain::money::Currency::default(),
            failed_bytes_per_day: 16 * 1024 * 1024,
            failed_keep_days: 14,
        }
    }
}

impl Default for JournalConfig {
    fn default() -> Self {
        Self { keep_hours: 24, dedup_days: 7 }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Text }
    }
}

/// What flags set.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) file: Option<PathBuf>,
    pub(crate) data_dir: Option<PathBuf>,
    pub(crate) listen: Option<SocketAddr>,
}

/// Reads every source and checks what they say together.
pub(crate) fn load(overrides: &Overrides) -> anyhow::Result<Config> {
    let file = match &overrides.file {
        Some(file) if !file.is_file() => bail!("--config: {} is not a file", file.display()),
        Some(file) => Some(file.as_path()),
        None => Some(Path::new(DEFAULT_FILE)).filter(|file| file.is_file()),
    };
    let mut figment = Figment::from(Serialized::defaults(Config::default()));
    if let Some(file) = file {
        figment = figment.merge(Toml::file_exact(file));
    }
    let mut config: Config = figment
        .merge(Env::prefixed("FOOTFALL_").filter(|key| key.as_str().contains("__")).split("__"))
        .extract()
        .context("the configuration cannot be used")?;
    // The name the widgets' own schedulers know it by.
    if config.billing.cron_secret.is_none() {
        config.billing.cron_secret = std::env::var("CRON_SECRET").ok().map(SecretSetting::from);
    }
    config.billing.cron_secret = config.billing.cron_secret.filter(|secret| !secret.is_empty());
    if let Some(dir) = &overrides.data_dir {
        config.data.dir.clone_from(dir);
    }
    if let Some(listen) = overrides.listen {
        config.server.listen = listen;
    }
    check(&config)?;
    Ok(config)
}

fn check(config: &Config) -> anyhow::Result<()> {
    if let Some(url) = &config.server.public_url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        bail!("server.public_url must begin with https:// or http://, not {url:?}");
    }
    config.connections.check()?;
    config.catalog.check()?;
    if !(1_024..=64 * 1024 * 1024).contains(&config.ingest.max_body_bytes) {
        bail!("ingest.max_body_bytes must be between 1024 and 67108864");
    }
    // Senders without a key have a quarter, and a body is there twice while it is decompressed.
    let least_mib = (8 * config.ingest.max_body_bytes).div_ceil(1024 * 1024);
    if config.ingest.body_memory_mib < least_mib {
        bail!(
            "ingest.body_memory_mib must be at least {least_mib}, eight times ingest.max_body_bytes"
        );
    }
    if config.privacy.second_sweep_seconds == 0 {
        bail!("privacy.second_sweep_seconds must be at least 1");
    }
    if !(1..=365).contains(&config.journal.dedup_days) {
        bail!("journal.dedup_days must be between 1 and 365");
    }
    if config.lake.query_memory_mib < 32 {
        bail!("lake.query_memory_mib must be at least 32");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_defaults_are_the_defaults() {
        let printed: Config = toml::from_str(DEFAULT_TOML).expect("the text is valid");
        assert_eq!(printed, Config::default());
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let error = toml::from_str::<Config>("[ingest]\nmax_body_byte = 1").expect_err("refused");
        assert!(error.to_string().contains("max_body_byte"), "{error}");
    }

    #[test]
    fn no_secret_is_shown_or_printed() {
        let text =
            "[billing]\ncron_secret = 'hunter2'\n[catalog]\nurl = 'postgres://me:hunter2@db/x'";
        let mut config: Config = toml::from_str(text).expect("settings");
        assert!(config.billing.cron_secret.is_some());
        let shown = format!("{config:?}{config:#?}");
        config.catalog.url = config.catalog.shown();
        let printed = toml::to_string(&config).expect("printed");
        assert!(!shown.contains("hunter2") && !printed.contains("hunter2"), "{shown}{printed}");
    }
}
