//! A catalog's tables and pictures, as a test gives them.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::id::{EventId, ProjectId};
use engine::ports::catalog::{
    Error, SqlColumn, SqlPeriod, SqlRows, SqlScan, SqlTable, SqlTableStore, SqlType, SqlValue,
};
use engine::ports::sql::ScreenshotUrls;
use futures::stream::StreamExt as _;

/// Tables and their rows by project, and the pictures of events.
#[derive(Debug, Clone, Default)]
pub struct FakeSqlTables {
    tables: Vec<SqlTable>,
    rows: HashMap<(ProjectId, &'static str), Vec<Vec<SqlValue>>>,
    pictures: HashMap<(ProjectId, EventId), String>,
}

impl FakeSqlTables {
    /// Adds an empty table.
    #[must_use]
    pub fn with_table(
        mut self,
        name: &'static str,
        columns: &[(&'static str, SqlType)],
        time: Option<&'static str>,
    ) -> Self {
        let column = |(name, kind): &(&'static str, SqlType)| SqlColumn { name, kind: *kind };
        let columns = columns.iter().map(column).collect();
        self.tables.push(SqlTable { name, columns, time });
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn with_row(mut self, project: ProjectId, table: &'static str, row: Vec<SqlValue>) -> Self {
        self.rows.entry((project, table)).or_default().push(row);
        self
    }

    /// Adds the picture of an event.
    #[must_use]
    pub fn with_screenshot(mut self, project: ProjectId, event: EventId, url: &str) -> Self {
        self.pictures.insert((project, event), url.to_owned());
        self
    }
}

#[async_trait]
impl SqlTableStore for FakeSqlTables {
    fn tables(&self) -> Vec<SqlTable> {
        self.tables.clone()
    }

    async fn scan(&self, project: ProjectId, table: &str, scan: SqlScan) -> Result<SqlRows, Error> {
        let Some(described) = self.tables.iter().find(|known| known.name == table) else {
            return Ok(futures::stream::empty().boxed());
        };
        let time = described.columns.iter().position(|column| Some(column.name) == described.time);
        let SqlScan { columns, period, equal, null, limit } = scan;
        let is_within = |row: &&Vec<SqlValue>| match time.and_then(|index| row.get(index)) {
            Some(SqlValue::Time(at)) => {
                period.from.is_none_or(|from| *at >= from) && period.to.is_none_or(|to| *at <= to)
            }
            Some(_) => period == SqlPeriod::default(),
            None => true,
        };
        let matches = |row: &&Vec<SqlValue>| {
            equal.iter().all(|(index, text)| row[*index] == SqlValue::Text(text.clone()))
                && null.iter().all(|(index, is)| (row[*index] == SqlValue::Null) == *is)
        };
        let rows = self.rows.get(&(project, described.name)).into_iter().flatten();
        let wanted = |row: &Vec<SqlValue>| columns.iter().map(|it| row[*it].clone()).collect();
        let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let rows: Vec<Vec<SqlValue>> =
            rows.filter(is_within).filter(matches).take(limit).map(wanted).collect();
        // Two rows a batch, so that whoever reads them sees several.
        let batches: Vec<_> = rows.chunks(2).map(|rows| Ok(rows.to_vec())).collect();
        Ok(futures::stream::iter(batches).boxed())
    }
}

#[async_trait]
impl ScreenshotUrls for FakeSqlTables {
    async fn urls(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<HashMap<EventId, String>, Error> {
        let url = |event: &EventId| Some((*event, self.pictures.get(&(project, *event))?.clone()));
        Ok(events.iter().filter_map(url).collect())
    }
}
