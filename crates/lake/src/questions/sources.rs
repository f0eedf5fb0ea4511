//! Where a question's rows come from: rollups of merged files, and events of what is left.

use std::fmt::Write as _;
use std::sync::Arc;

use domain::question::Scope;
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::scope::{PeriodScope, conditions, params};
use crate::query::{Params, Question, instant};
use crate::rollup::{self, Cover, Rolled, Section, Unreadable};
use crate::table::{DataFile, on_disk};
use crate::writer::is_merged;

/// The snapshot's files that a question concerns.
pub(super) struct QuestionSources {
    /// With what their rollups say: the sections that were asked for, in that order; none of a file that
    /// holds nothing of the project.
    pub(super) rolled: Vec<Vec<Option<Rolled>>>,
    rolled_files: Vec<Arc<DataFile>>,
    fresh: Vec<Arc<DataFile>>,
}

impl QuestionSources {
    /// Reads the rollups of the files that hold events of the project and the time.
    pub(super) async fn read(
        question: &Question,
        scope: &Scope,
        cover: &Cover,
        sections: &'static [Section],
    ) -> Result<Self, Error> {
        let (from, to) = (cover.from().micros(), scope.period.to().micros());
        let project = scope.project_id;
        let text = project.to_string();
        let concerns = |file: &&Arc<DataFile>| {
            let (first, last) = file.occurred_micros();
            let has_project = |(least, most): (&str, &str)| (least..=most).contains(&&*text);
            first < to && last >= from && file.stats.projects().is_none_or(has_project)
        };
        let files: Vec<Arc<DataFile>> =
            question.files().iter().filter(concerns).map(Arc::clone).collect();
        let root = question.root().to_owned();
        on_disk(move || {
            let mut sources =
                Self { rolled: Vec::new(), rolled_files: Vec::new(), fresh: Vec::new() };
            for file in files {
                let read = |section| rollup::read(&root, &file.path, project, section);
                let rolled = || -> Result<Vec<_>, Unreadable> {
                    sections.iter().copied().map(read).collect()
                };
                let rolled = if is_merged(&file.path) { rolled().ok() } else { None };
                match rolled {
                    Some(rolled) => {
                        sources.rolled.push(rolled);
                        sources.rolled_files.push(file);
                    }
                    None => sources.fresh.push(file),
                }
            }
            Ok(sources)
        })
        .await
    }

    /// Whether rollups know nothing of the question.
    pub(super) fn is_all_fresh(&self) -> bool {
        self.rolled.is_empty()
    }

    /// Makes known as `fresh` the events of files without a rollup, and as `covered` those of others, of
    /// which only the intervals of `rest` are to be asked. The statement's source of rows, with its
    /// parameters; none when there is nothing to ask.
    pub(super) fn events(
        self,
        question: &Question,
        scope: &Scope,
        rest: &[(Timestamp, Timestamp)],
    ) -> Option<(String, Params)> {
        const NAMES: [(&str, &str); 4] = [
            ("rest_from_0", "rest_to_0"),
            ("rest_from_1", "rest_to_1"),
            ("rest_from_2", "rest_to_2"),
            ("rest_from_3", "rest_to_3"),
        ];
        let conditions = conditions(scope);
        let mut values = params(scope, PeriodScope::WithPrevious);
        let mut source = String::new();
        if !self.fresh.is_empty() {
            question.register_files("fresh", self.fresh);
            source = format!("SELECT * FROM fresh WHERE {conditions}");
        }
        if !rest.is_empty() && !self.rolled_files.is_empty() {
            question.register_files("covered", self.rolled_files);
            let mut intervals = String::new();
            for ((from, to), (from_name, to_name)) in rest.iter().zip(NAMES) {
                let or = if intervals.is_empty() { "" } else { " OR " };
                let _ = write!(
                    intervals,
                    "{or}(occurred_at >= ${from_name} AND occurred_at < ${to_name})"
                );
                values.insert(from_name, instant(*from));
                values.insert(to_name, instant(*to));
            }
            let all = if source.is_empty() { "" } else { " UNION ALL " };
            let _ =
                write!(source, "{all}SELECT * FROM covered WHERE {conditions} AND ({intervals})");
        }
        (!source.is_empty()).then_some((source, values))
    }
}
