//! Programs started for a measurement, and what the system says of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context, anyhow};

use crate::numbers::float;

/// How long a program may take until it says that it is ready.
const START_TIMEOUT: Duration = Duration::from_mins(1);
/// `/proc` counts CPU time in hundredths of a second on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// A running program; ends with this value.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    /// Starts it, to be read line by line.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().display().to_string();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} does not start"))?;
        let output = child.stdout.take().context("its output is not there")?;
        let (sender, lines) = mpsc::channel();
        // Read to the end: a full pipe would stop the program.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Ok(Self { child, lines })
    }

    /// Waits for a line with `text` in it, and returns what follows the text.
    pub(crate) fn wait_for(&self, text: &str) -> anyhow::Result<String> {
        loop {
            let line = self
                .lines
                .recv_timeout(START_TIMEOUT)
                .map_err(|_| anyhow!("the program ended or hung before it said {text:?}"))?;
            if let Some((_, rest)) = line.split_once(text) {
                return Ok(rest.trim().to_owned());
            }
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// CPU time of a process so far, of all its threads, in user and system mode.
pub(crate) fn cpu_seconds(id: u32) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).context("the process has ended")?;
    // The name in brackets may hold spaces; utime and stime are the 14th and 15th field.
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace());
    let ticks: u64 = fields
        .context("stat")?
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Ok(float(ticks) / TICKS_PER_SECOND)
}

/// The processes that a process has started and that run.
pub(crate) fn children(id: u32) -> anyhow::Result<Vec<u32>> {
    let mut children = Vec::new();
    for thread in fs::read_dir(format!("/proc/{id}/task")).context("the process has ended")? {
        let text = fs::read_to_string(thread?.path().join("children")).unwrap_or_default();
        children.extend(text.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
    }
    Ok(children)
}

/// A process's memory now, in megabytes.
pub(crate) fn resident_mb(id: u32) -> anyhow::Result<f64> {
    memory(id, "VmRSS:")
}

/// The most memory a process had since its start or [`reset_peak`], in megabytes.
pub(crate) fn peak_mb(id: u32) -> anyhow::Result<f64> {
    memory(id, "VmHWM:")
}

fn memory(id: u32, field: &str) -> anyhow::Result<f64> {
    let status =
        fs::read_to_string(format!("/proc/{id}/status")).context("the process has ended")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    Ok(float(kib.context("the system does not tell memory")?) * 1_024.0 / 1e6)
}

/// Lets the peak begin anew where the system allows it; else it counts from the start.
pub(crate) fn reset_peak(id: u32) {
    let _ = fs::write(format!("/proc/{id}/clear_refs"), "5");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_cpu_time() {
        let id = std::process::id();
        assert!(resident_mb(id).expect("memory") > 0.5);
        assert!(peak_mb(id).expect("memory") >= resident_mb(id).expect("memory") * 0.5);
        assert!(cpu_seconds(id).expect("time") >= 0.0);
        assert!(cpu_seconds(u32::MAX).is_err());
    }
}
