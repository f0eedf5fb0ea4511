//! The catalog's tables as the SQL surface shows them: read by their descriptions.
//!
//! A table is described in ten lines, by [`Table`], in the file of what it belongs to.

mod crm;
mod customers;
mod keys;
mod recordings;
mod subject;
mod widgets;

use std::fmt::Write as _;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::money::Currency;
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, SqlColumn, SqlPeriod, SqlTable, SqlTableStore, SqlType, SqlValue,
};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::Catalog;
use crate::error::{malformed, sql};

pub(crate) use subject::of_person;

/// Every table.
const TABLES: [&[Table]; 5] =
    [keys::TABLES, widgets::TABLES, customers::TABLES, crm::TABLES, recordings::TABLES];

/// A table of the SQL surface.
struct Table {
    /// Its name there.
    name: &'static str,
    /// Where its rows are: a table, or tables joined, with a column `project_id`.
    from: &'static str,
    /// The surface's column that periods bound; its source must be of [`Kind::Time`].
    time: Option<&'static str>,
    columns: &'static [Column],
}

/// A column there, the expression it is read from, and how what is stored is shown.
struct Column(&'static str, &'static str, Kind);

/// How a stored value is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Uuid,
    Text,
    Json,
    Number,
    /// 0 or 1.
    Flag,
    /// Microseconds UTC.
    Time,
    /// Minor units, of the currency in the surface's column of this name.
    Money(&'static str),
}

impl Kind {
    fn shown(self) -> SqlType {
        match self {
            Self::Uuid => SqlType::Uuid,
            Self::Text => SqlType::Text,
            Self::Json => SqlType::Json,
            Self::Number => SqlType::BigInt,
            Self::Flag => SqlType::Boolean,
            Self::Time => SqlType::TimestampTz,
            Self::Money(_) => SqlType::Numeric,
        }
    }
}

impl Table {
    fn column(&self, name: &str) -> Option<(usize, &Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.0 == name)
    }

    fn statement(&self, period: SqlPeriod) -> String {
        let sources: Vec<&str> = self.columns.iter().map(|column| column.1).collect();
        let mut text =
            format!("SELECT {} FROM {} WHERE project_id = $1", sources.join(", "), self.from);
        if let Some((_, column)) = self.time.and_then(|name| self.column(name)) {
            let bounds = [(">=", period.from), ("<=", period.to)];
            for (operator, at) in bounds {
                if let Some(at) = at {
                    // A number of ours, so it needs no bind.
                    let _ = write!(text, " AND {} {operator} {}", column.1, at.micros());
                }
            }
        }
        text.push_str(" LIMIT $2");
        text
    }

    fn row(&self, row: &AnyRow) -> Result<Vec<SqlValue>, Error> {
        self.columns
            .iter()
            .enumerate()
            .map(|(index, column)| self.value(row, index, column))
            .collect()
    }

    fn value(&self, row: &AnyRow, index: usize, column: &Column) -> Result<SqlValue, Error> {
        let Column(name, _, kind) = *column;
        if matches!(kind, Kind::Uuid | Kind::Text | Kind::Json) {
            return Ok(text(row, index)?.map_or(SqlValue::Null, SqlValue::Text));
        }
        let number: Option<i64> = row.try_get(index).map_err(sql)?;
        let Some(number) = number else { return Ok(SqlValue::Null) };
        Ok(match kind {
            Kind::Flag => SqlValue::Boolean(number != 0),
            Kind::Time => SqlValue::Time(Timestamp::from_micros(number)),
            Kind::Money(currency) => {
                let (index, _) = self.column(currency).ok_or_else(|| malformed(name))?;
                SqlValue::Numeric(hundredths(number, text(row, index)?.as_deref()))
            }
            Kind::Number | Kind::Uuid | Kind::Text | Kind::Json => SqlValue::BigInt(number),
        })
    }
}

fn described() -> impl Iterator<Item = &'static Table> {
    TABLES.into_iter().flatten()
}

fn text(row: &AnyRow, index: usize) -> Result<Option<String>, Error> {
    row.try_get(index).map_err(sql)
}

/// Minor units as hundredths of the major unit, as `numeric(10,2)` has them: thousandths are rounded,
/// halves away from zero.
fn hundredths(minor: i64, currency: Option<&str>) -> i64 {
    let digits =
        currency.and_then(|code| Currency::parse(code).ok()).map_or(2, |code| code.digits());
    match digits {
        0 => minor.saturating_mul(100),
        1 => minor.saturating_mul(10),
        2 => minor,
        more => {
            let unit = 10_i64.pow(more - 2);
            (minor + minor.signum() * (unit / 2)) / unit
        }
    }
}

#[async_trait]
impl SqlTableStore for Catalog {
    fn tables(&self) -> Vec<SqlTable> {
        let column = |column: &Column| SqlColumn { name: column.0, kind: column.2.shown() };
        let table = |table: &Table| SqlTable {
            name: table.name,
            columns: table.columns.iter().map(column).collect(),
            time: table.time,
        };
        described().map(table).collect()
    }

    async fn rows(
        &self,
        project: ProjectId,
        table: &str,
        period: SqlPeriod,
        limit: u32,
    ) -> Result<Vec<Vec<SqlValue>>, Error> {
        let Some(table) = described().find(|known| known.name == table) else {
            return Ok(Vec::new());
        };
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(AssertSqlSafe(table.statement(period)))
            .bind(project.to_string())
            .bind(i64::from(limit))
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        rows.iter().map(|row| table.row(row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_in_major_units_whatever_its_currency() {
        assert_eq!(hundredths(15_000_000, Some("TZS")), 15_000_000);
        assert_eq!(hundredths(500, Some("JPY")), 50_000);
        assert_eq!(hundredths(1_235, Some("KWD")), 124);
        assert_eq!(hundredths(-1_235, Some("KWD")), -124);
        assert_eq!(hundredths(199, None), 199);
    }

    #[test]
    fn descriptions_hold_together() {
        for table in described() {
            for Column(name, _, kind) in table.columns {
                assert_eq!(*name, name.to_lowercase(), "{}", table.name);
                if let Kind::Money(currency) = kind {
                    assert!(table.column(currency).is_some(), "{}.{name}", table.name);
                }
            }
            if let Some(time) = table.time {
                let (_, column) =
                    table.column(time).expect("the time column is one of its columns");
                assert!(column.2 == Kind::Time, "{}.{time}", table.name);
            }
        }
    }
}
