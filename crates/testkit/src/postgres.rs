//! PostgreSQL for tests: one server for a whole test run, one database for a test.
//!
//! nextest runs every test in a process of its own, so the first test that wants the server starts
//! it, and a watchdog ends it when the process that runs the tests has ended, however it did. The
//! script beside this file does both; it needs the package `postgresql` and nothing configured.

use std::fs::File;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::os::unix::process::parent_id;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Within the program: it may have been built in a checkout that is gone.
const SCRIPT: &str = include_str!("postgres.sh");

/// Tells apart what one process makes.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A running server.
#[derive(Debug, Clone)]
pub struct PostgresServer {
    folder: PathBuf,
}

/// A database of the role `footfall`, which is no superuser; it goes with this value.
#[derive(Debug)]
pub struct Database {
    server: PostgresServer,
    name: String,
}

impl PostgresServer {
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
        if !server.is_up() {
            server.script("up", &watched.to_string(), "");
        }
        server
    }

    /// Whether it is made whole and takes connections: asked by every test, so without the script.
    fn is_up(&self) -> bool {
        self.folder.join("ready").exists()
            && UnixStream::connect(self.folder.join(".s.PGSQL.5432")).is_ok()
    }

    /// Stops it at once, as a crash would.
    pub fn stop(&self) {
        self.script("stop", "", "");
    }

    /// Starts it again.
    pub fn start(&self) {
        self.script("start", "", "");
    }

    /// Has it listen on a port of this machine too, with TLS, and returns the port. The role `guarded`
    /// has to give a password there. The certificate, of `localhost`, is what [`Self::certificate`] says.
    pub fn listen(&self) -> u16 {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        self.script("tls", &port.to_string(), "");
        port
    }

    /// The file of its certificate.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("data/server.crt")
    }

    /// An empty database.
    pub fn database(&self) -> Database {
        self.create("template1")
    }

    /// A database with what `fill` puts into an empty one, which is done once in a test run for all
    /// that give it this name: copying is cheaper. Nothing may stay connected.
    pub async fn filled_database(&self, name: &str, fill: impl AsyncFnOnce(String)) -> Database {
        let lock = File::create(self.folder.join(format!("{name}.lock"))).unwrap();
        lock.lock().unwrap();
        let filled = self.folder.join(format!("{name}.filled"));
        if !filled.exists() {
            // It goes with the server.
            let template = Database { server: self.clone(), name: name.to_owned() };
            let template = ManuallyDrop::new(template);
            self.run(&format!(
                "DROP DATABASE IF EXISTS {name} WITH (FORCE); CREATE DATABASE {name} OWNER footfall"
            ));
            fill(template.url()).await;
            File::create(filled).unwrap();
        }
        drop(lock);
        self.create(name)
    }

    fn create(&self, template: &str) -> Database {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        self.run(&format!("CREATE DATABASE {name} OWNER footfall TEMPLATE {template}"));
        Database { server: self.clone(), name }
    }

    /// Runs statements as superuser in no test's database.
    fn run(&self, statements: &str) -> String {
        self.script("sql", "postgres", statements)
    }

    /// Runs the script and returns what it says.
    fn script(&self, command: &str, argument: &str, input: &str) -> String {
        let mut process = Command::new("sh")
            .args(["-c", SCRIPT, "postgres.sh", command])
            .args([self.folder.as_os_str(), argument.as_ref()])
            .env("SCRIPT", SCRIPT)
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
        self.server.run(statements)
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
