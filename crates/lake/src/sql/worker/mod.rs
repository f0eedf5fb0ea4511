//! The process that statements run in.
//!
//! It is started with a socket as its standard input, reads its [`Limits`], confines itself to them
//! ([`sandbox`]) and then runs one statement after the other until the socket closes. It knows nothing
//! but what the server sends: the statement, the tables' schemas, and the rows it asks for.

mod diagnostic;
pub(super) mod functions;
mod guard;
mod link;
mod now;
mod remote;
mod sandbox;
mod statement;

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream as StdStream;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use tokio::io::BufReader;
use tokio::net::UnixStream;

use super::wire::{self, Failure, FromWorker, Limits, SandboxReport, ToWorker};
use diagnostic::plain;
use link::Link;
use statement::StatementEngine;

/// The stack of the thread that parses and plans, in bytes: both descend.
const PLANNER_STACK: usize = 256 << 20;
/// The stack of a thread that computes, in bytes.
const COMPUTING_STACK: usize = 32 << 20;
/// Threads for reading what was spilled.
const BLOCKING_THREADS: usize = 4;

/// Runs the process: serves the statements that arrive on the standard input, which is a socket, until
/// it closes. Fails when it cannot confine itself, or the other side does not speak the protocol.
pub fn run() -> io::Result<()> {
    // What a panic says would quote the statement; the server hears of it by the socket.
    std::panic::set_hook(Box::new(|_| {}));
    let socket = StdStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let (limits, socket) = runtime.block_on(async {
        socket.set_nonblocking(true)?;
        let mut stream = UnixStream::from_std(socket)?;
        let first = wire::read(&mut stream).await?;
        let Some((ToWorker::Limits(limits), _)) = first else {
            return Err(io::Error::other("no limits came first"));
        };
        Ok((limits, stream.into_std()?))
    })?;
    drop(runtime);
    let stacks = PLANNER_STACK + COMPUTING_STACK * (limits.threads + BLOCKING_THREADS);
    let confinement = sandbox::enter(&limits, stacks as u64)?;
    end_with_the_server(&socket)?;
    let planner = std::thread::Builder::new().name("statements".to_owned());
    let planner = planner.stack_size(PLANNER_STACK);
    let planner = planner.spawn(move || serve_statements(&limits, confinement, socket))?;
    planner.join().unwrap_or_else(|_| Err(io::Error::other("the process panicked")))
}

/// Ends the process at once when the server has closed the socket, whatever it is computing.
fn end_with_the_server(socket: &StdStream) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    let socket = socket.try_clone()?;
    let watch = std::thread::Builder::new().name("watch".to_owned()).stack_size(64 << 10);
    watch.spawn(move || {
        let mut watched = [PollFd::new(&socket, PollFlags::RDHUP)];
        while poll(&mut watched, None) == Err(rustix::io::Errno::INTR) {}
        std::process::exit(0);
    })?;
    Ok(())
}

fn serve_statements(
    limits: &Limits,
    confinement: SandboxReport,
    socket: StdStream,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(limits.threads.max(1))
        .max_blocking_threads(BLOCKING_THREADS)
        .thread_stack_size(COMPUTING_STACK)
        .enable_io()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let (reader, writer) = UnixStream::from_std(socket)?.into_split();
        let mut reader = BufReader::with_capacity(64 << 10, reader);
        let link = Arc::new(Link::new(writer));
        let engine = StatementEngine::new(limits)?;
        link.send(&FromWorker::Ready(confinement)).await?;
        let (assignments, mut waiting) = tokio::sync::mpsc::channel(1);
        let incoming = Arc::clone(&link);
        let reading = tokio::spawn(async move {
            while let Some((message, payload)) = wire::read(&mut reader).await? {
                match message {
                    ToWorker::Statement(assignment) => {
                        let _ = assignments.send(assignment).await;
                    }
                    other => incoming.deliver(&other, payload),
                }
            }
            io::Result::Ok(())
        });
        while let Some(assignment) = waiting.recv().await {
            sandbox::allow_processor_time(limits.cpu_seconds);
            let answer = engine.run(&link, *assignment);
            let panicked = || Err(Failure::Statement(plain("the engine cannot run the statement")));
            let ended =
                AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(|_| panicked());
            link.forget_scans();
            match ended {
                Ok(is_truncated) => link.send(&FromWorker::Done { is_truncated }).await?,
                Err(failure) => link.send(&FromWorker::Failed(failure)).await?,
            }
        }
        reading.await.map_err(io::Error::other)?
    })
}
