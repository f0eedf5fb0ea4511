//! From a data file's rows to its rollup.

use std::collections::{BTreeMap, HashMap};

use datafusion::arrow::array::{Array, AsArray, RecordBatch, StringViewArray};
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::arrow::error::ArrowError;
use domain::event::Category;
use domain::friction;
use uuid::Uuid;

use super::file::{DayRows, Dimension, OwnedRow, ProjectRows, Writer, dimension_row};
use super::measures::{Collecting, Counted};
use crate::id_hash;

const MICROS_PER_HOUR: i64 = 3_600_000_000;
const HOURS_PER_DAY: i32 = 24;
/// Paths of a day that get a row: those with most events. A filter on another is answered from the events.
const MAX_PATHS: usize = 50;
/// Values of any other dimension. More come from senders that mean no good.
const MAX_VALUES: usize = 500;

/// Takes in the rows of a data file, which must come project by project.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    writer: Writer,
    project: Option<Uuid>,
    rows: CollectingRows,
}

/// The rows of one project so far.
#[derive(Debug, Default)]
struct CollectingRows {
    hours: BTreeMap<i32, Collecting>,
    days: BTreeMap<i32, Day>,
}

#[derive(Debug, Default)]
struct Day {
    all: Collecting,
    by: [HashMap<String, Collecting>; Dimension::ALL.len()],
}

impl Builder {
    /// Takes in rows of [`crate::schema::file_schema`].
    pub(crate) fn observe(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        let columns = EventColumns::of(batch)?;
        for row in 0..batch.num_rows() {
            let project = columns.project.value(row);
            // Comparing texts is cheaper than reading one into an id.
            if row == 0 || project != columns.project.value(row - 1) || self.project.is_none() {
                self.begin(project)?;
            }
            if columns.bot.is_null(row) {
                self.rows.add(&columns, row);
            }
        }
        Ok(())
    }

    /// The whole rollup.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, ArrowError> {
        self.end_project()?;
        self.writer.finish().map_err(external)
    }

    fn begin(&mut self, project: &str) -> Result<(), ArrowError> {
        let project = Uuid::parse_str(project).map_err(external)?;
        if self.project != Some(project) {
            self.end_project()?;
            self.project = Some(project);
        }
        Ok(())
    }

    fn end_project(&mut self) -> Result<(), ArrowError> {
        let Some(project) = self.project.take() else { return Ok(()) };
        let rows = std::mem::take(&mut self.rows).finish();
        self.writer.add(project, &rows).map_err(external)
    }
}

impl CollectingRows {
    fn add(&mut self, columns: &EventColumns<'_>, row: usize) {
        let Ok(hour) = i32::try_from(columns.occurred_at[row].div_euclid(MICROS_PER_HOUR)) else {
            return;
        };
        let (category, name) = (columns.category.value(row), columns.name.value(row));
        let is_friction = category == Category::Friction.as_str()
            && !friction::is_answered(name, text(columns.severity, row));
        let event = Counted {
            is_page_view: category == Category::Heatmap.as_str() && name == "pageview",
            is_friction,
            visitor: hash_of(columns.visitor, row),
            session: hash_of(columns.session, row),
        };
        self.hours.entry(hour).or_default().add(event);
        let day = self.days.entry(hour.div_euclid(HOURS_PER_DAY)).or_default();
        day.all.add(event);
        for (dimension, by) in Dimension::ALL.into_iter().zip(&mut day.by) {
            let value = match dimension {
                Dimension::Kind => is_friction.then_some(name),
                Dimension::Path => text(columns.path, row),
                Dimension::Device => text(columns.device, row),
                Dimension::Browser => text(columns.browser, row),
                Dimension::Os => text(columns.os, row),
                Dimension::Country => text(columns.country, row),
            };
            let Some(value) = value else { continue };
            match by.get_mut(value) {
                Some(collecting) => collecting.add(event),
                None => by.entry(value.to_owned()).or_default().add(event),
            }
        }
    }

    fn finish(self) -> ProjectRows {
        let mut rows = ProjectRows {
            hours: self.hours.into_iter().map(|(hour, all)| (hour, all.finish())).collect(),
            ..ProjectRows::default()
        };
        for (day, Day { all, by }) in self.days {
            rows.days.push((day, all.finish()));
            rows.dimensions.push(values(day, by));
        }
        rows
    }
}

fn values(
    day: i32,
    by: [HashMap<String, Collecting>; Dimension::ALL.len()],
) -> DayRows<OwnedRow, String> {
    let (mut rows, mut cut) = (Vec::new(), Vec::new());
    for (dimension, values) in Dimension::ALL.into_iter().zip(by) {
        let mut values: Vec<(String, Collecting)> = values.into_iter().collect();
        let most = if dimension == Dimension::Path { MAX_PATHS } else { MAX_VALUES };
        if values.len() > most {
            cut.push(dimension.code());
        }
        values.sort_by(|(one, a), (other, b)| b.events.cmp(&a.events).then_with(|| one.cmp(other)));
        values.truncate(most);
        rows.extend(
            values.into_iter().map(|(value, it)| dimension_row(dimension, value, it.finish())),
        );
    }
    DayRows { day, cut, rows }
}

/// The columns that are counted.
struct EventColumns<'a> {
    project: &'a StringViewArray,
    category: &'a StringViewArray,
    name: &'a StringViewArray,
    severity: &'a StringViewArray,
    occurred_at: &'a [i64],
    visitor: &'a StringViewArray,
    session: &'a StringViewArray,
    path: &'a StringViewArray,
    device: &'a StringViewArray,
    browser: &'a StringViewArray,
    os: &'a StringViewArray,
    country: &'a StringViewArray,
    bot: &'a StringViewArray,
}

impl<'a> EventColumns<'a> {
    fn of(batch: &'a RecordBatch) -> Result<Self, ArrowError> {
        let missing = |name: &str| ArrowError::SchemaError(format!("no column {name} to roll up"));
        let texts = |name: &str| {
            let column = batch.column_by_name(name).and_then(|column| column.as_string_view_opt());
            column.ok_or_else(|| missing(name))
        };
        let occurred_at = batch
            .column_by_name("occurred_at")
            .and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>())
            .ok_or_else(|| missing("occurred_at"))?;
        Ok(Self {
            project: texts("project_id")?,
            category: texts("category")?,
            name: texts("name")?,
            severity: texts("severity")?,
            occurred_at: occurred_at.values(),
            visitor: texts("visitor_id")?,
            session: texts("session_id")?,
            path: texts("path")?,
            device: texts("device_type")?,
            browser: texts("browser")?,
            os: texts("os")?,
            country: texts("country")?,
            bot: texts("bot")?,
        })
    }
}

fn text(column: &StringViewArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

fn hash_of(ids: &StringViewArray, row: usize) -> Option<u64> {
    text(ids, row).map(|id| id_hash::hash_id(id.as_bytes()).cast_unsigned())
}

fn external(error: impl std::error::Error + Send + Sync + 'static) -> ArrowError {
    ArrowError::ExternalError(Box::new(error))
}
