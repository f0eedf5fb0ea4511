//! The real server: started in an empty folder, set up through its API, and asked what it holds.

use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde::Serialize;
use serde_json::{Value, json};

use crate::load::Connection;
use crate::process::Process;

/// How often the lake's progress is looked at.
const POLL: Duration = Duration::from_millis(100);
/// The lake must have caught up within this time.
const CATCH_UP: Duration = Duration::from_mins(15);
/// Then every table must agree within this time.
const CONSISTENCY_TIMEOUT: Duration = Duration::from_secs(30);
const EMAIL: &str = "bench@example.com";

/// A server under measurement.
#[derive(Debug)]
pub(crate) struct Footfall {
    process: Process,
    pub(crate) address: SocketAddr,
    pub(crate) key: String,
    cookie: String,
    project: String,
}

/// What the server says it holds.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct StoredCounts {
    /// Rows in the lake.
    pub(crate) stored: u64,
    /// By its account of outcomes.
    pub(crate) accepted: u64,
    pub(crate) duplicate: u64,
    pub(crate) refused: u64,
}

impl Footfall {
    /// Starts `binary` with its data in `folder`, makes the first member, a project and a key.
    pub(crate) async fn start(binary: &Path, folder: &Path) -> anyhow::Result<Self> {
        let data = folder.join("data");
        std::fs::create_dir_all(&data)?;
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(&data);
        // Neither settings nor a settings file of whoever measures.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FOOTFALL_") {
                command.env_remove(name);
            }
        }
        command.env("FOOTFALL_INGEST__ADDRESS_LIMIT_PER_MINUTE", "0").current_dir(folder);
        command.stderr(File::create(folder.join("footfall.log"))?);
        let process = Process::start(&mut command)?;
        let link = process.wait_for("http://").with_context(|| {
            let log = std::fs::read_to_string(folder.join("footfall.log")).unwrap_or_default();
            format!("footfall serve does not come up: {}", log.trim())
        })?;
        let (address, token) =
            link.split_once("/setup?token=").context("footfall prints no set-up link")?;
        let mut footfall = Self {
            process,
            address: address.parse()?,
            key: String::new(),
            cookie: String::new(),
            project: String::new(),
        };
        footfall.set_up(token).await?;
        Ok(footfall)
    }

    async fn set_up(&mut self, token: &str) -> anyhow::Result<()> {
        let body = json!({
            "token": token, "email": EMAIL, "name": "Bench",
            "password": "nobody else reads this", "project_name": "Bench",
        });
        let (me, cookie) = self.call("POST", "/api/setup", Some(body)).await?;
        self.cookie = cookie.context("set-up sets no cookie")?;
        self.project = text(&me, "/projects/0/id")?;
        let path = format!("/api/projects/{}/api-keys", self.project);
        let body = json!({ "key_name": "bench", "rate_limit_per_minute": 10_000_000 });
        let (key, _) = self.call("POST", &path, Some(body)).await?;
        self.key = text(&key, "/key")?;
        Ok(())
    }

    /// The first member's session.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// The id of the project.
    pub(crate) fn project(&self) -> &str {
        &self.project
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Waits until the lake holds as many events as were acknowledged, or more, or gives up. Returns
    /// how long that took.
    pub(crate) async fn catch_up(&self, acknowledged: u64) -> anyhow::Result<Duration> {
        let begin = Instant::now();
        // Reading a counter costs nothing; questions would be charged to the server's CPU time.
        while begin.elapsed() < CATCH_UP && self.rows_written().await? < acknowledged {
            tokio::time::sleep(POLL).await;
        }
        Ok(begin.elapsed())
    }

    /// What is held, once that is everything acknowledged or waiting for it is given up.
    pub(crate) async fn wait_until_stored(
        &self,
        acknowledged: u64,
    ) -> anyhow::Result<StoredCounts> {
        let started = Instant::now();
        loop {
            let held = self.stored_counts().await?;
            // The account is kept by a projection of its own.
            let is_complete = held.stored.min(held.accepted) >= acknowledged;
            if is_complete || started.elapsed() > CONSISTENCY_TIMEOUT {
                return Ok(held);
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Rows the process has written into the lake.
    async fn rows_written(&self) -> anyhow::Result<u64> {
        let text = self.get("/metrics").await?;
        let line = text.lines().find_map(|line| line.strip_prefix("footfall_lake_rows_total "));
        Ok(line.and_then(|count| count.trim().parse().ok()).unwrap_or(0))
    }

    /// Asks the questions whose answers must agree with what was acknowledged.
    pub(crate) async fn stored_counts(&self) -> anyhow::Result<StoredCounts> {
        let now = crate::clock::now();
        let (from, to) = (now.plus_seconds(-86_400), now.plus_seconds(86_400));
        let period = format!("from={}&to={}", from.millis(), to.millis());
        let path = format!("/api/projects/{}/overview?{period}&include_bots=true", self.project);
        let (overview, _) = self.call("GET", &path, None).await?;
        let path = format!("/api/projects/{}/outcomes?{period}", self.project);
        let (outcomes, _) = self.call("GET", &path, None).await?;
        let refused = outcomes["refused"].as_array().into_iter().flatten();
        Ok(StoredCounts {
            stored: number(&overview, "/totals/events")?,
            accepted: number(&outcomes, "/accepted")?,
            duplicate: number(&outcomes, "/duplicate")?,
            refused: refused.filter_map(|entry| entry["count"].as_u64()).sum(),
        })
    }

    async fn get(&self, path: &str) -> anyhow::Result<String> {
        let mut connection = Connection::open(self.address).await?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let answer = connection.exchange(request.as_bytes()).await?;
        ensure!(answer.status == 200, "{path} answers {}", answer.status);
        Ok(String::from_utf8_lossy(answer.body).into_owned())
    }

    /// One call of the API: the answer, and the cookie it sets.
    async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> anyhow::Result<(Value, Option<String>)> {
        let mut connection = Connection::open(self.address).await?;
        let body = body.map_or_else(String::new, |body| body.to_string());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len(),
        );
        let answer = connection.exchange(request.as_bytes()).await?;
        if !(200..300).contains(&answer.status) {
            bail!(
                "{method} {path} answers {}: {}",
                answer.status,
                String::from_utf8_lossy(answer.body)
            );
        }
        let head = String::from_utf8_lossy(answer.head);
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_cookie = name.eq_ignore_ascii_case("set-cookie");
            is_cookie.then(|| value.split(';').next().unwrap_or_default().trim().to_owned())
        });
        let value = serde_json::from_slice(answer.body)
            .with_context(|| format!("{method} {path} does not answer JSON"))?;
        Ok((value, cookie))
    }
}

fn text(value: &Value, pointer: &str) -> anyhow::Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    found.with_context(|| format!("the answer has no {pointer}"))
}

fn number(value: &Value, pointer: &str) -> anyhow::Result<u64> {
    let found = value.pointer(pointer).and_then(Value::as_u64);
    found.with_context(|| format!("the answer has no {pointer}"))
}
