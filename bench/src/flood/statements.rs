//! Random statements of an attacker in one project, while another project asks an ordinary one.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;
use serde::Serialize;
use serde_json::json;

use super::probe::{ProbeClient, ProbeResult};
use super::target::Target;
use crate::ingest::Footfall;
use crate::load::Connection;
use crate::process;

/// The same statements every time.
const SEED: u64 = 13;
/// For which the neighbour is alone.
const ALONE: Duration = Duration::from_secs(10);
const ORDINARY: &str = "SELECT count(*) FROM events";

/// What the process for statements costs, and what a project notices of another's statements.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StatementFlood {
    /// The first ordinary statement, which starts a process, in milliseconds.
    pub(crate) first_ms: f64,
    /// Memory of that process after it.
    pub(crate) worker_mb: f64,
    /// A project's ordinary statements while it is alone.
    pub(crate) alone: ProbeResult,
    /// The same beside the flood.
    pub(crate) during: ProbeResult,
}

/// The neighbour of the attacked project.
pub(super) struct Neighbour {
    client: ProbeClient,
    first_ms: f64,
    worker_mb: f64,
    alone: ProbeResult,
}

impl Neighbour {
    /// Makes another project and asks its first statements.
    pub(super) async fn start(footfall: &Footfall, target: &Target) -> anyhow::Result<Self> {
        let mut connection = Connection::open(footfall.address).await?;
        let made = target.post("/api/projects", &json!({ "name": "Neighbour" }).to_string());
        let answer = connection.exchange(made.as_bytes()).await?;
        let project: serde_json::Value = serde_json::from_slice(answer.body)?;
        let project = project["id"].as_str().context("no second project could be made")?;
        let request = target.post(&path(project), &json!({ "query": ORDINARY }).to_string());
        let begun = std::time::Instant::now();
        let status = connection.exchange(request.as_bytes()).await?.status;
        anyhow::ensure!(status == 200, "an ordinary statement is answered {status}");
        let first_ms = begun.elapsed().as_secs_f64() * 1_000.0;
        let worker = process::children(footfall.process_id())?;
        let worker_mb =
            process::resident_mb(*worker.first().context("no process for statements")?)?;
        let client = ProbeClient::sending(footfall.address, request);
        tokio::time::sleep(ALONE).await;
        let alone = client.result();
        Ok(Self { client, first_ms, worker_mb, alone })
    }

    pub(super) fn finish(self) -> StatementFlood {
        let Self { client, first_ms, worker_mb, alone } = self;
        StatementFlood { first_ms, worker_mb, alone, during: client.result() }
    }
}

pub(super) async fn flood(target: &Target, count: usize) -> BTreeMap<u16, usize> {
    let path = path(&target.project);
    let request = |number: usize| {
        let mut random = fuzz::Random::from_seed(SEED.wrapping_add(number as u64));
        let statement = fuzz::sql::statement(&mut random);
        target.post(&path, &json!({ "query": statement }).to_string()).into_bytes()
    };
    target.send(count, request).await
}

fn path(project: &str) -> String {
    format!("/api/projects/{project}/sql")
}
