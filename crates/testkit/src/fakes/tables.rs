//! A catalog's tables with the rows a test gives them.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, SqlColumn, SqlPeriod, SqlTable, SqlTables, SqlType, SqlValue};

/// Tables and their rows by project.
#[derive(Debug, Clone, Default)]
pub struct GivenTables {
    tables: Vec<SqlTable>,
    rows: HashMap<(ProjectId, &'static str), Vec<Vec<SqlValue>>>,
}

impl GivenTables {
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
}

#[async_trait]
impl SqlTables for GivenTables {
    fn tables(&self) -> Vec<SqlTable> {
        self.tables.clone()
    }

    async fn rows(
        &self,
        project: ProjectId,
        table: &str,
        period: SqlPeriod,
        limit: u32,
    ) -> Result<Vec<Vec<SqlValue>>, Error> {
        let Some(described) = self.tables.iter().find(|known| known.name == table) else {
            return Ok(Vec::new());
        };
        let time = described.columns.iter().position(|column| Some(column.name) == described.time);
        let is_within = |row: &&Vec<SqlValue>| match time.and_then(|index| row.get(index)) {
            Some(SqlValue::Time(at)) => {
                period.from.is_none_or(|from| *at >= from) && period.to.is_none_or(|to| *at <= to)
            }
            Some(_) => period == SqlPeriod::default(),
            None => true,
        };
        let rows = self.rows.get(&(project, described.name)).into_iter().flatten();
        Ok(rows.filter(is_within).take(limit as usize).cloned().collect())
    }
}
