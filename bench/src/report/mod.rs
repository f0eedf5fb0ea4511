//! The one table: what was measured, beside what, and whether it reaches its target.

mod catalog;
mod flood;
mod ingest;
mod lake;
mod table;

use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use crate::catalog::Measured;
use crate::ingest::Ingest;
use crate::lake::LakeFigures;
use crate::machine::{Machine, Ticks};
use crate::numbers::show;
use crate::progress;

/// One figure.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Row {
    pub(crate) figure: String,
    pub(crate) measured: String,
    /// Smallest and largest of the repetitions.
    pub(crate) range: String,
    /// What it is compared with.
    pub(crate) baseline: String,
    pub(crate) target: String,
    pub(crate) reached: Option<bool>,
}

/// Everything that was found.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    machine: Machine,
    /// When the measurement began.
    #[serde(skip)]
    began: Ticks,
    /// Percent of the cores' time that the host below gave to others meanwhile.
    stolen_percent: f64,
    rows: Vec<Row>,
    ingest: Option<Ingest>,
    lake: Option<LakeFigures>,
    catalog: Option<Vec<Measured>>,
    floods: Option<Vec<flood::Measured>>,
}

impl Row {
    fn new(figure: impl Into<String>, measured: impl Into<String>) -> Self {
        Self { figure: figure.into(), measured: measured.into(), ..Self::default() }
    }

    fn range(self, range: impl Into<String>) -> Self {
        Self { range: range.into(), ..self }
    }

    fn baseline(self, baseline: impl Into<String>) -> Self {
        Self { baseline: baseline.into(), ..self }
    }

    fn target(self, target: impl Into<String>, reached: bool) -> Self {
        Self { target: target.into(), reached: Some(reached), ..self }
    }
}

impl Report {
    /// A report that says nothing yet.
    pub(crate) fn new(machine: Machine) -> Self {
        let (began, stolen_percent) = (Ticks::now(), 0.0);
        Self {
            machine,
            began,
            stolen_percent,
            rows: vec![],
            ingest: None,
            lake: None,
            catalog: None,
            floods: None,
        }
    }

    pub(crate) fn add_ingest(&mut self, ingest: Ingest) {
        self.rows.extend(ingest::rows(&ingest, self.machine.flush));
        self.ingest = Some(ingest);
    }

    pub(crate) fn add_lake(&mut self, figures: LakeFigures) {
        self.rows.extend(figures.scales.iter().flat_map(lake::rows));
        self.rows.extend(lake::growth(&figures.scales));
        self.rows.extend(lake::year(&figures.year));
        self.lake = Some(figures);
    }

    pub(crate) fn add_catalog(&mut self, databases: Vec<Measured>) {
        for (index, measured) in databases.iter().enumerate() {
            let before = databases.get(..index).unwrap_or_default();
            self.rows.extend(catalog::rows(measured, before));
        }
        self.catalog = Some(databases);
    }

    pub(crate) fn add_floods(&mut self, floods: Vec<flood::Measured>) {
        self.rows.extend(floods.iter().flat_map(flood::rows));
        self.floods = Some(floods);
    }

    /// For the terminal.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}", self.machine_lines("\n"), table::aligned(&self.rows))
    }

    /// As `<date>.md` and `<date>.json` in `folder`.
    pub(crate) fn write(&mut self, folder: &Path) -> anyhow::Result<()> {
        self.stolen_percent = Ticks::now().stolen_since(self.began);
        std::fs::create_dir_all(folder)
            .with_context(|| format!("--output: {} cannot be made", folder.display()))?;
        let name: String =
            self.machine.date.chars().take(19).map(|c| if c == ':' { '-' } else { c }).collect();
        let markdown = folder.join(format!("{name}.md"));
        let text = format!(
            "# Footfall {}, {}\n\n{}\n\n{}",
            self.machine.version,
            self.machine.date.get(..10).unwrap_or_default(),
            self.machine_lines("  \n"),
            table::markdown(&self.rows),
        );
        std::fs::write(&markdown, text)?;
        std::fs::write(folder.join(format!("{name}.json")), serde_json::to_vec_pretty(self)?)?;
        progress(&format!("also written to {}", markdown.display()));
        Ok(())
    }

    fn machine_lines(&self, end: &str) -> String {
        let machine = &self.machine;
        let mut lines = vec![
            format!("Commit {}, {} profile, {}", machine.commit, machine.profile, machine.date),
            format!(
                "{} cores of {}, {} MB of memory, Linux {}, {}, load average {} before",
                machine.cores,
                machine.processor,
                show(machine.memory_mb),
                machine.kernel,
                machine.filesystem,
                show(machine.load_average),
            ),
            format!(
                "Appending 4 KiB and fdatasync: p50 {} ms, p99 {} ms",
                show(machine.flush.p50_ms),
                show(machine.flush.p99_ms)
            ),
        ];
        if self.stolen_percent >= 1.0 {
            let stolen = show(self.stolen_percent);
            lines.push(format!("THE HOST GAVE {stolen} % OF THE CORES' TIME TO OTHERS MEANWHILE"));
        }
        if machine.profile == "dev" {
            lines.push("BUILT IN THE DEV PROFILE: THESE FIGURES MEAN NOTHING".to_owned());
        }
        lines.join(end)
    }
}
