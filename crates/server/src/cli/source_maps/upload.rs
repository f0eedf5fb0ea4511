//! Sends source maps to a running server, with a secret key.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use domain::id::ProjectId;
use domain::source_map::MAX_SOURCE_MAP_BYTES;
use reqwest::{Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

/// Longer than a server waits for a body.
const TIMEOUT: Duration = Duration::from_mins(2);
/// How often a map is sent that the server has no room for now: a key may send so many requests a minute.
const ATTEMPTS: usize = 5;
/// The longest wait before another attempt.
const MAX_WAIT_SECONDS: u64 = 60;

/// The outcome for one map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uploaded {
    /// It is stored.
    New,
    /// It was stored before.
    Known,
}

/// Sends maps of one release.
pub(super) struct Uploader {
    client: reqwest::Client,
    address: String,
    key: SecretString,
    release: Option<String>,
}

impl Uploader {
    pub(super) fn new(
        server: &str,
        project: ProjectId,
        key: SecretString,
        release: Option<String>,
    ) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().timeout(TIMEOUT).build()?;
        let server = server.trim_end_matches('/');
        let address = format!("{server}/api/projects/{project}/source-maps");
        Ok(Self { client, address, key, release })
    }

    /// Sends the map of the script at `url`.
    pub(super) async fn upload(&self, url: &str, file: &Path) -> anyhow::Result<Uploaded> {
        let size = std::fs::metadata(file).with_context(|| display(file))?.len();
        if size > MAX_SOURCE_MAP_BYTES as u64 {
            bail!("{} is larger than 32 MiB", file.display());
        }
        let map = std::fs::read(file).with_context(|| display(file))?;
        for attempt in 1.. {
            let response = self.send(url, map.clone()).await?;
            match response.status() {
                StatusCode::CREATED => return Ok(Uploaded::New),
                StatusCode::OK => return Ok(Uploaded::Known),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
                    if attempt < ATTEMPTS =>
                {
                    tokio::time::sleep(wait(&response)).await;
                }
                _ => return Err(rejection(response).await),
            }
        }
        bail!("the server has no room")
    }

    async fn send(&self, url: &str, map: Vec<u8>) -> anyhow::Result<Response> {
        let mut address = reqwest::Url::parse(&self.address).context("--server must be a URL")?;
        address.query_pairs_mut().append_pair("url", url);
        if let Some(release) = &self.release {
            address.query_pairs_mut().append_pair("release", release);
        }
        let request = self.client.post(address).header("content-type", "application/json");
        let request =
            request.header("authorization", format!("Bearer {}", self.key.expose_secret()));
        let sent = request.body(map).send().await;
        sent.with_context(|| format!("{} does not respond", self.address))
    }
}

fn display(file: &Path) -> String {
    format!("{} cannot be read", file.display())
}

/// As long as the server says.
fn wait(response: &Response) -> Duration {
    let seconds = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or(1);
    Duration::from_secs(seconds.min(MAX_WAIT_SECONDS))
}

/// The reason in a response.
async fn rejection(response: Response) -> anyhow::Error {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap_or_default();
    let problem: Value = serde_json::from_str(&text).unwrap_or_default();
    let detail = problem["detail"].as_str().unwrap_or_else(|| text.trim());
    anyhow::anyhow!("the server responded {status}: {detail}")
}
