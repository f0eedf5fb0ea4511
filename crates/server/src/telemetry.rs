//! Logs to standard error, figures to `/metrics`.

use std::io::IsTerminal as _;
use std::sync::Arc;

use anyhow::Context;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};

/// Limits of the buckets of every histogram, in seconds.
const BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Starts logging.
pub(crate) fn start_logging(log: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(directives(&log.level))
        .with_context(|| format!("log.level: {:?} is not a level such as info", log.level))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match log.format {
        LogFormat::Text => builder.with_target(false).init(),
        LogFormat::Json => builder.json().init(),
    }
    Ok(())
}

/// A bare level is meant for our own parts; libraries speak up from `warn` on, and the Delta kernel,
/// which reports every first look at an empty folder as an error, not at all.
fn directives(level: &str) -> String {
    const OURS: [&str; 7] = ["footfall", "api", "engine", "journal", "lake", "catalog", "outbound"];
    if level.contains([',', '=']) {
        return level.to_owned();
    }
    let quiet = "warn,buoyant_kernel=off,delta_kernel=off";
    OURS.iter().fold(quiet.to_owned(), |text, part| format!("{text},{part}={level}"))
}

/// Starts counting; the handle gives the text of `/metrics`.
pub(crate) fn start_metrics() -> anyhow::Result<Arc<PrometheusHandle>> {
    let recorder = PrometheusBuilder::new().set_buckets(&BUCKETS)?.build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).context("metrics have been started before")?;
    Ok(Arc::new(handle))
}
