//! `footfall serve`.

use axum::Router;
use secrecy::ExposeSecret as _;

use super::out;
use crate::config::Config;
use crate::lifecycle;

/// Runs the server, and says how to set it up the first time.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let server = lifecycle::prepare(&config, std::convert::identity).await?;
    let url = lifecycle::base_url(&config, server.address);
    out(&format!("Footfall stores its data in {}", config.data.dir.display()));
    match server.parts.app.auth.offer_set_up().await? {
        Some(token) => {
            out("No account exists yet. Open this link to create the first one; it works once:");
            out(&format!("  {url}/setup?token={}", token.expose_secret()));
        }
        None => out(&format!("Dashboard: {url}")),
    }
    lifecycle::run(server, Router::new()).await
}
