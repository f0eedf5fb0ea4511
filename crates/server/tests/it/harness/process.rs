//! A server process of the real binary, in a folder of its own.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::wait_until;

/// A command of the binary under test, with no settings but those the test gives it.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_footfall"));
    without_settings(&mut command);
    command
}

fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FOOTFALL_") {
            command.env_remove(name);
        }
    }
    command.env("NO_COLOR", "1");
}

/// The path of a program the tests need, which `make test` installs.
pub(crate) fn tool(name: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file());
    found
        .unwrap_or_else(|| panic!("{name} is missing: `apt-get install {package}`, or `make test`"))
}

/// A server and its folder. Killed when dropped.
pub(crate) struct Footfall {
    /// `serve` or `demo`.
    name: &'static str,
    /// Of the demo.
    seed: Option<String>,
    folder: TempDir,
    settings: Vec<(String, String)>,
    wrapper: Vec<String>,
    process: Option<Process>,
    address: SocketAddr,
}

struct Process {
    child: Child,
    output: OutputLines,
    log: OutputLines,
}

impl Footfall {
    /// Starts a server in an empty folder, without a limit by address: all clients share one.
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same with these settings, each as `SECTION__KEY` and its value.
    pub(crate) async fn start_with(settings: &[(&str, &str)]) -> Self {
        Self::start_under(&[], settings).await
    }

    /// The same as a child of another program, whose command line comes first.
    pub(crate) async fn start_under(wrapper: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut settings: Vec<_> =
            settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        settings.insert(0, ("INGEST__ADDRESS_LIMIT_PER_MINUTE".to_owned(), "0".to_owned()));
        let mut server = Self {
            name: "serve",
            seed: None,
            folder: tempfile::tempdir().expect("a folder"),
            settings,
            wrapper: wrapper.iter().map(|word| (*word).to_owned()).collect(),
            process: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        server.restart().await;
        server
    }

    /// Starts the demo with this seed in an empty folder.
    pub(crate) async fn start_demo(seed: u64) -> Self {
        let mut server = Self {
            name: "demo",
            seed: Some(seed.to_string()),
            folder: tempfile::tempdir().expect("a folder"),
            settings: Vec::new(),
            wrapper: Vec::new(),
            process: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        server.restart().await;
        server
    }

    /// Starts a server on a data folder that `fill` puts there.
    pub(crate) async fn start_on(fill: impl FnOnce(&Path)) -> Self {
        let mut server = Self {
            name: "serve",
            seed: None,
            folder: tempfile::tempdir().expect("a folder"),
            settings: vec![("INGEST__ADDRESS_LIMIT_PER_MINUTE".to_owned(), "0".to_owned())],
            wrapper: Vec::new(),
            process: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        fill(&server.data_dir());
        server.restart().await;
        server
    }

    /// Starts the server again on its folder and port, and waits until it answers.
    pub(crate) async fn restart(&mut self) {
        assert!(self.process.is_none(), "it runs already");
        let process = self.process.insert(Process::spawn(&mut self.serve()));
        let ready = wait_until("the server is ready", async || {
            process.must_run();
            process.log.find("ready address=")
        });
        let ready = ready.await;
        let (_, address) = ready.split_once("address=").expect("the line names the address");
        self.address = address.trim().parse().expect("an address");
    }

    fn serve(&self) -> Command {
        let mut command = match &*self.wrapper {
            [] => command(),
            [program, arguments @ ..] => {
                let mut command = Command::new(program);
                command.args(arguments).arg(env!("CARGO_BIN_EXE_footfall"));
                without_settings(&mut command);
                command
            }
        };
        for (key, value) in &self.settings {
            command.env(format!("FOOTFALL_{key}"), value);
        }
        command.current_dir(self.folder.path()).arg(self.name);
        command.arg("--data-dir").arg(self.data_dir());
        command.arg("--listen").arg(self.address.to_string());
        command.args(self.seed.iter().flat_map(|seed| ["--seed", seed]));
        command
    }

    /// Ends the process as a power cut would: nothing in it gets to run any more.
    pub(crate) fn kill9(&mut self) {
        let mut process = self.process.take().expect("it runs");
        process.child.kill().expect("SIGKILL");
        process.child.wait().expect("ended");
    }

    /// Asks the process to stop.
    pub(crate) fn ask_to_stop(&self) {
        let pid = self.pid().to_string();
        let sent = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &pid]).status();
        assert!(sent.expect("sh").success(), "SIGTERM could not be sent");
    }

    /// Waits until the process has ended; its status and log.
    pub(crate) async fn ended(&mut self) -> (ExitStatus, String) {
        let mut process = self.process.take().expect("it runs");
        let status = wait_until("the server has ended", async || {
            process.child.try_wait().expect("its status")
        });
        let status = status.await;
        (status, process.log.finished())
    }

    /// Stops the server as an operator does, and expects it to end well.
    pub(crate) async fn terminate(&mut self) {
        self.ask_to_stop();
        let (status, log) = self.ended().await;
        assert!(status.success(), "{status}\n{log}");
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.as_ref().expect("it runs").child.id()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A line of the log that contains `text`.
    pub(crate) fn logged(&self, text: &str) -> Option<String> {
        self.process.as_ref().expect("it runs").log.find(text)
    }

    /// What the process printed for the person at the terminal, as far as `until`.
    pub(crate) async fn printed(&self, until: &str) -> String {
        let output = &self.process.as_ref().expect("it runs").output;
        wait_until(&format!("{until:?} is printed"), async || output.find(until)).await;
        output.all()
    }

    /// The token of the set-up link.
    pub(crate) async fn set_up_token(&self) -> String {
        let printed = self.printed("/setup?token=").await;
        let (_, token) = printed.split_once("/setup?token=").expect("the link");
        token.split_whitespace().next().expect("a token").to_owned()
    }

    /// What another command of the binary prints about this server's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let (name, rest) = arguments.split_first().expect("a command");
        let mut command = command();
        command.current_dir(self.folder()).arg(name).arg("--data-dir").arg(self.data_dir());
        let output = command.args(rest).output().expect("the command runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {}\n{text}{log}", output.status);
        text
    }
}

impl Drop for Footfall {
    fn drop(&mut self) {
        if self.process.is_some() {
            let log = self.process.as_ref().map(|process| process.log.all()).unwrap_or_default();
            self.kill9();
            if std::thread::panicking() {
                eprintln!("--- the server's log ---\n{log}");
            }
        }
    }
}

impl Process {
    fn spawn(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let output = OutputLines::of(child.stdout.take().expect("piped"));
        let log = OutputLines::of(child.stderr.take().expect("piped"));
        Self { child, output, log }
    }

    fn must_run(&mut self) {
        if let Some(status) = self.child.try_wait().expect("its status") {
            panic!("the server ended while starting: {status}\n{}", self.log.all());
        }
    }
}

/// The lines a process has written so far.
struct OutputLines {
    seen: Arc<Mutex<Vec<String>>>,
    reader: Option<std::thread::JoinHandle<()>>,
}

impl OutputLines {
    fn of(stream: impl Read + Send + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let lines = seen.clone();
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                lines.lock().expect("lines").push(line);
            }
        });
        Self { seen, reader: Some(reader) }
    }

    fn find(&self, text: &str) -> Option<String> {
        self.seen.lock().expect("lines").iter().find(|line| line.contains(text)).cloned()
    }

    fn all(&self) -> String {
        self.seen.lock().expect("lines").join("\n")
    }

    /// Everything, after the process has ended.
    fn finished(mut self) -> String {
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader ends with the process");
        }
        self.all()
    }
}
