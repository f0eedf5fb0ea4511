//! The order of the runs, and the row check after each.

use std::time::Duration;

use anyhow::Context;

use super::{After, HalfLoad, Ingest, IngestArgs, Run, ServersUnderTest, Shape, System};
use crate::load::{Closed, Open, Pool, pools};
use crate::numbers::{float, grouped, median, show, whole};
use crate::{process, progress};

/// Connections at half load for each at full load: visitors do not share connections.
const OPEN_FACTOR: usize = 4;

/// What the runs share.
struct Session<'a> {
    args: &'a IngestArgs,
    servers: &'a ServersUnderTest,
    acknowledged: u64,
    peak_mb: f64,
    asking_mb: f64,
    seed: u64,
}

/// All runs: full load first, then half of what that reached.
pub(super) async fn all(args: &IngestArgs, servers: &ServersUnderTest) -> anyhow::Result<Ingest> {
    let mut session =
        Session { args, servers, acknowledged: 0, peak_mb: 0.0, asking_mb: 0.0, seed: 1 };
    let mut runs = Vec::new();
    let mut event_bytes = 0.0;
    for repetition in 0..args.repetitions {
        for shape in Shape::ALL {
            let mut systems = System::ALL;
            // Each goes first and last equally often, so that a drift spares none.
            systems.rotate_left(repetition % 3);
            for system in systems {
                let (mut pools, bytes) = session.pools(args.connections, shape)?;
                event_bytes = bytes;
                let seconds = args.seconds;
                runs.push(session.full_load(system, shape, repetition, seconds, &mut pools).await?);
            }
        }
    }
    let mut half_load = Vec::new();
    for shape in Shape::ALL {
        let reached: Vec<f64> = runs
            .iter()
            .filter(|run| run.system == System::Footfall && run.shape == shape)
            .map(|run| run.peak.requests_per_second)
            .collect();
        for system in [System::NullRead, System::Footfall] {
            half_load.push(session.half_load(system, shape, median(&reached) / 2.0).await?);
        }
    }
    let sustained = session.sustained().await?;
    Ok(Ingest {
        connections: args.connections,
        seconds: args.seconds,
        repetitions: args.repetitions,
        event_bytes,
        runs,
        half_load,
        sustained,
        acknowledged: session.acknowledged,
        at_end: super::StoredCounts::default(),
        idle_mb: 0.0,
        idle_after_mb: 0.0,
        peak_mb: session.peak_mb,
        asking_mb: session.asking_mb,
    })
}

impl Session<'_> {
    /// Fresh requests: no two runs send the same id.
    fn pools(&mut self, connections: usize, shape: Shape) -> anyhow::Result<(Vec<Pool>, f64)> {
        self.seed += 1;
        pools(connections, shape.events(), &self.servers.footfall.key, self.seed)
    }

    async fn full_load(
        &mut self,
        system: System,
        shape: Shape,
        repetition: usize,
        seconds: f64,
        pools: &mut Vec<Pool>,
    ) -> anyhow::Result<Run> {
        let closed = Closed {
            warm_up: Duration::from_secs_f64(self.args.warm_up),
            measure: Duration::from_secs_f64(seconds),
        };
        let (address, id) = self.servers.of(system);
        let cpu_before = process::cpu_seconds(id)?;
        let peak = closed
            .run(address, id, pools)
            .await
            .with_context(|| format!("{system:?}, {shape:?}"))?;
        progress(&format!(
            "{system:?} {shape:?} {}: {} events/s, {} failures, server {} cores, generator {} cores",
            repetition + 1,
            show(peak.events_per_second),
            peak.failures,
            show(peak.server_cores),
            show(peak.generator_cores),
        ));
        let after = self.after(system, peak.acknowledged_events, cpu_before).await?;
        Ok(Run { system, shape, repetition, peak, after })
    }

    /// The long run, if one is wanted.
    async fn sustained(&mut self) -> anyhow::Result<Option<Run>> {
        let seconds = self.args.sustained_seconds;
        if seconds <= 0.0 {
            return Ok(None);
        }
        let (mut pools, _) = self.pools(self.args.connections, Shape::Batch)?;
        let run = self.full_load(System::Footfall, Shape::Batch, 0, seconds, &mut pools).await?;
        Ok(Some(run))
    }

    async fn half_load(
        &mut self,
        system: System,
        shape: Shape,
        requests_per_second: f64,
    ) -> anyhow::Result<HalfLoad> {
        let open = Open {
            requests_per_second,
            warm_up: Duration::from_secs_f64(self.args.warm_up),
            measure: Duration::from_secs_f64(self.args.seconds),
        };
        let (mut pools, _) = self.pools(self.args.connections * OPEN_FACTOR, shape)?;
        let (address, id) = self.servers.of(system);
        let cpu_before = process::cpu_seconds(id)?;
        let latency = open
            .run(address, &mut pools, self.seed)
            .await
            .with_context(|| format!("{system:?}, {shape:?}, half load"))?;
        progress(&format!(
            "{system:?} {shape:?} at {} requests/s: p50 {} ms, p99 {} ms, {} failures",
            show(latency.requests_per_second),
            show(latency.p50_ms),
            show(latency.p99_ms),
            latency.failures,
        ));
        let after = self.after(system, latency.acknowledged_events, cpu_before).await?;
        Ok(HalfLoad { system, shape, latency, after })
    }

    /// Waits for the lake and compares.
    async fn after(
        &mut self,
        system: System,
        acknowledged_events: u64,
        cpu_before: f64,
    ) -> anyhow::Result<Option<After>> {
        if system != System::Footfall {
            return Ok(None);
        }
        let id = self.servers.footfall.process_id();
        self.acknowledged += acknowledged_events;
        let took = self.servers.footfall.catch_up(self.acknowledged).await?;
        let cpu_seconds = process::cpu_seconds(id)? - cpu_before;
        let peak_mb = process::peak_mb(id)?;
        self.peak_mb = self.peak_mb.max(peak_mb);
        // A question about everything, which takes memory of its own.
        process::reset_peak(id);
        let held = self.servers.footfall.wait_until_stored(self.acknowledged).await?;
        self.asking_mb = self.asking_mb.max(process::peak_mb(id)?);
        process::reset_peak(id);
        let after = After {
            catch_up_seconds: took.as_secs_f64(),
            cpu_seconds_per_million: cpu_seconds / (float(acknowledged_events) / 1e6),
            peak_mb,
            acknowledged: self.acknowledged,
            stored: held,
        };
        progress(&format!(
            "  the lake has {} of {} acknowledged after {} s, {} MB at most",
            grouped(held.stored),
            grouped(self.acknowledged),
            show(after.catch_up_seconds),
            grouped(whole(peak_mb)),
        ));
        Ok(Some(after))
    }
}
