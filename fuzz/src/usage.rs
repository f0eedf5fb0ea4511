//! CPU time and memory of inputs, on Linux; elsewhere nothing is measured or limited.

use std::time::Duration;

/// CPU time of this thread; unlike wall-clock time it does not depend on the load.
pub(crate) fn processor_time() -> Duration {
    let nanos = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = nanos.and_then(|text| text.split(' ').next()?.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

/// The most memory this process has held.
pub(crate) fn peak_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB"));
    peak.and_then(|kib| kib.parse().ok()).unwrap_or_default()
}
