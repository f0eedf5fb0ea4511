//! Asked of a running server, with a secret key.

use std::time::Duration;

use anyhow::{Context, bail};
use domain::id::ProjectId;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::{Format, SqlCliRequest};

/// Longer than a server lets a statement take.
const TIMEOUT: Duration = Duration::from_mins(5);

/// The rows, in the shape asked for.
pub(super) async fn ask(
    url: &str,
    key: Option<&SecretString>,
    request: &SqlCliRequest,
) -> anyhow::Result<String> {
    let Some(key) = key else {
        bail!("--url requires a secret key: pass --key or set FOOTFALL_SECRET_KEY");
    };
    let mut body = json!({
        "query": request.query,
        "limit": request.limit,
        "format": match request.format {
            Format::Table | Format::Json => "json",
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
        },
    });
    if let Some(project) = &request.project {
        let Ok(project) = project.parse::<ProjectId>() else {
            bail!("--project must be an id when --url is set");
        };
        body["project_id"] = Value::String(project.to_string());
    }
    let client = reqwest::Client::builder().timeout(TIMEOUT).build()?;
    let reply = client
        .post(format!("{}/api/sql", url.trim_end_matches('/')))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {}", key.expose_secret()))
        .body(body.to_string())
        .send()
        .await
        .with_context(|| format!("{url} does not respond"))?;
    let status = reply.status();
    let text = reply.text().await.context("the response is incomplete")?;
    if !status.is_success() {
        let problem: Value = serde_json::from_str(&text).unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or_else(|| text.trim());
        bail!("the server responded {}: {detail}", status.as_u16());
    }
    Ok(text)
}
