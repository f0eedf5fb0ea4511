//! A worker process: started, spoken to over a socket, ended.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdStream;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::process::{Child, ChildStderr, Command};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::wire::{self, FromWorker, Limits, SandboxReport, ToWorker};

/// Frames that wait to be written.
const QUEUE: usize = 4;
/// Of what a process says when it ends badly, this many bytes are read.
const MAX_STDERR_BYTES: u64 = 4 << 10;

/// How a worker process is started.
#[derive(Debug, Clone)]
pub struct WorkerProgram {
    /// The program.
    pub path: PathBuf,
    /// Its arguments. It must call [`crate::run_sql_worker`].
    pub arguments: Vec<OsString>,
    /// Its whole environment.
    pub environment: Vec<(OsString, OsString)>,
}

impl WorkerProgram {
    /// The running program itself, with these arguments. It is found also after its file was
    /// replaced, so that both sides are always of the same version.
    pub fn this(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let path = if cfg!(target_os = "linux") {
            PathBuf::from("/proc/self/exe")
        } else {
            std::env::current_exe().unwrap_or_default()
        };
        Self { path, arguments: arguments.into_iter().collect(), environment: Vec::new() }
    }
}

/// A running worker process. It is killed when dropped, and its folder removed after it.
pub(super) struct Process {
    child: Option<Child>,
    stderr: Option<ChildStderr>,
    reader: BufReader<OwnedReadHalf>,
    frames: mpsc::Sender<Frame>,
    pub(super) confinement: SandboxReport,
    folder: Option<TempDir>,
    runtime: Handle,
}

/// A message with its payload.
pub(super) type Frame = (ToWorker, Vec<u8>);

/// Why a process ended, as far as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProcessEnd {
    /// The kernel refused it memory, or took it away.
    Memory,
    /// It used more processor time than it may.
    Time,
    /// It wrote more than it may.
    Disk,
    /// Something descended deeper than the stack reaches.
    Stack,
    /// Anything else: a fault of the engine.
    Other,
}

impl Process {
    /// Starts a process and waits until it has confined itself.
    pub(super) async fn start(
        program: &WorkerProgram,
        spill_root: &Path,
        limits: Limits,
    ) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("sql-").tempdir_in(spill_root)?;
        let (ours, worker_end) = StdStream::pair()?;
        ours.set_nonblocking(true)?;
        let mut command = Command::new(&program.path);
        command
            .args(&program.arguments)
            .env_clear()
            .envs(program.environment.iter().cloned())
            .current_dir(folder.path())
            // The socket is its standard input: the one descriptor that every program has.
            .stdin(Stdio::from(OwnedFd::from(worker_end)))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn()?;
        // The command keeps its end of the socket open otherwise.
        drop(command);
        let stderr = child.stderr.take();
        let (reader, writer) = UnixStream::from_std(ours)?.into_split();
        let (frames, queue) = mpsc::channel(QUEUE);
        // A task of its own, so that a statement that is given up never leaves half a frame.
        tokio::spawn(write(writer, queue));
        let mut process = Self {
            child: Some(child),
            stderr,
            reader: BufReader::with_capacity(64 << 10, reader),
            frames,
            confinement: SandboxReport { landlock: false, seccomp: false },
            folder: None,
            runtime: Handle::current(),
        };
        let limits = Limits { spill_folder: folder.path().to_owned(), ..limits };
        process.folder = Some(folder);
        process.send(ToWorker::Limits(limits)).await;
        match wire::read(&mut process.reader).await {
            Ok(Some((FromWorker::Ready(confinement), _))) => {
                process.confinement = confinement;
                Ok(process)
            }
            other => {
                let (status, words) = process.drain_stderr().await;
                let why = other.err().map(|error| error.to_string()).unwrap_or_default();
                Err(io::Error::other(format!("a worker did not start: {why} {status:?} {words}")))
            }
        }
    }

    /// What frames to the process are handed to. None arrives after it has ended.
    pub(super) fn frames(&self) -> mpsc::Sender<Frame> {
        self.frames.clone()
    }

    /// Sends one message. That it did not arrive is seen by [`Self::receive`].
    pub(super) async fn send(&self, message: ToWorker) {
        let _ = self.frames.send((message, Vec::new())).await;
    }

    /// The next message; none when the process broke off.
    pub(super) async fn receive(&mut self) -> Option<FromWorker> {
        wire::read(&mut self.reader).await.ok().flatten().map(|(message, _)| message)
    }

    /// Why the process ended. It is killed if it has not: it is of no use any more.
    pub(super) async fn end(mut self) -> ProcessEnd {
        let (status, stderr) = self.drain_stderr().await;
        let end = ProcessEnd::of(status, &stderr);
        tracing::debug!(?end, ?status, stderr, "a worker process ended");
        end
    }

    async fn drain_stderr(&mut self) -> (Option<ExitStatus>, String) {
        let mut words = Vec::new();
        // A process that closed its socket ends by itself; that of its errors closes with it.
        if let Some(stderr) = self.stderr.take() {
            let _ = stderr.take(MAX_STDERR_BYTES).read_to_end(&mut words).await;
        }
        let Some(mut child) = self.child.take() else { return (None, String::new()) };
        let mut status = child.try_wait().ok().flatten();
        if status.is_none() {
            let _ = child.start_kill();
            status = child.wait().await.ok();
        }
        (status, String::from_utf8_lossy(&words).into_owned())
    }
}

async fn write(mut writer: OwnedWriteHalf, mut queue: mpsc::Receiver<Frame>) {
    while let Some((message, payload)) = queue.recv().await {
        if wire::write(&mut writer, &message, &payload).await.is_err() {
            break;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let (child, folder) = (self.child.take(), self.folder.take());
        let Some(mut child) = child else { return };
        let _ = child.start_kill();
        self.runtime.spawn(async move {
            let _ = child.wait().await;
            drop(folder);
        });
    }
}

impl ProcessEnd {
    fn of(status: Option<ExitStatus>, stderr: &str) -> Self {
        use rustix::process::Signal;
        let signal = status.and_then(|status| status.signal());
        let is = |one: Signal| signal == Some(one.as_raw());
        if stderr.contains("overflowed its stack") || is(Signal::SEGV) {
            Self::Stack
        } else if stderr.contains("memory allocation of") || is(Signal::KILL) {
            Self::Memory
        } else if is(Signal::XCPU) {
            Self::Time
        } else if is(Signal::XFSZ) {
            Self::Disk
        } else {
            Self::Other
        }
    }
}
