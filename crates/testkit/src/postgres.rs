//! PostgreSQL for tests: one server for a whole test run, one database for a test.
//!
//! nextest runs every test in a process of its own, so the first test that wants the server starts
//! it, and a watchdog ends it when the process that runs the tests has ended, however it did. The
//! script beside this file does both; it needs the package `postgresql` and nothing configured.

use std::io::Write;
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Tells apart what one process makes.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A running server.
#[derive(Debug, Clone)]
pub struct Server {
    folder: PathBuf,
}

/// A database of the role `footfall`, which is no superuser; it goes with this value.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

impl Server {
    /// The server of this test run, for tests that leave it running.
    pub fn shared() -> Self {
        // The parent of a test's process is what runs all tests.
        Self::up(format!("footfall-postgres-{}", parent_id()), parent_id())
    }

    /// A server of this test's own, to be stopped and started.
    pub fn own() -> Self {
        let (process, number) = (std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        Self::up(format!("footfall-postgres-{process}-{number}"), process)
    }

    fn up(name: String, watched: u32) -> Self {
        let server = Self { folder: std::env::temp_dir().join(name) };
        server.script("up", &watched.to_string(), "");
        server
    }

    /// Stops it at once, as a crash would.
    pub fn stop(&self) {
        self.script("stop", "", "");
    }

    /// Starts it again.
    pub fn start(&self) {
        self.script("start", "", "");
    }

    /// An empty database.
    pub fn database(&self) -> Database {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        self.script("sql", "postgres", &format!("CREATE DATABASE {name} OWNER footfall"));
        Database { server: self.clone(), name }
    }

    /// Runs the script and returns what it says.
    fn script(&self, command: &str, argument: &str, input: &str) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/postgres.sh");
        let mut process = Command::new("sh")
            .args([script.as_os_str(), command.as_ref(), self.folder.as_os_str()])
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Closed at once, so that the script comes to its end.
        process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = process.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Database {
    /// What connects to it.
    pub fn url(&self) -> String {
        let folder = self.server.folder.display();
        format!("postgres://footfall@localhost/{}?host={folder}", self.name)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs statements as superuser, and returns the rows as lines of columns with `|` between.
    pub fn run(&self, statements: &str) -> String {
        self.server.script("sql", &self.name, statements)
    }

    /// Runs statements as superuser from outside, whatever the database admits.
    pub fn run_outside(&self, statements: &str) -> String {
        self.server.script("sql", "postgres", statements)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A failing test may have left the server stopped; what is left ends with the server.
        if !std::thread::panicking() {
            self.run_outside(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}
