//! The catalog's tables as the SQL surface shows them: read by their descriptions.
//!
//! A table is described in ten lines, by [`Table`], in the file of what it belongs to.

mod crm;
mod customers;
mod keys;
mod recordings;
mod scan;
mod subject;
mod widgets;

use std::fmt::Write as _;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::money::Currency;
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, SqlColumn, SqlRows, SqlScan, SqlTable, SqlTableStore, SqlType, SqlValue,
};
use futures::stream::StreamExt as _;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::NUL;

pub(crate) use scan::ScanSource;
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

    /// The statement of a scan, and the places of its columns in the table. Texts are bound, `$2`
    /// being the first.
    fn statement(&self, scan: &SqlScan) -> (String, Vec<usize>) {
        let read = self.read(&scan.columns);
        let sources: Vec<&str> = read.iter().map(|index| self.columns[*index].1).collect();
        // A statement may want nothing but the number of rows.
        let sources = if sources.is_empty() { "1".to_owned() } else { sources.join(", ") };
        let mut text = format!("SELECT {sources} FROM {} WHERE project_id = $1", self.from);
        if let Some((_, column)) = self.time.and_then(|name| self.column(name)) {
            let bounds = [(">=", scan.period.from), ("<=", scan.period.to)];
            for (operator, at) in bounds {
                if let Some(at) = at {
                    // A number of ours, so it needs no bind.
                    let _ = write!(text, " AND {} {operator} {}", column.1, at.micros());
                }
            }
        }
        for (place, (index, _)) in scan.equal.iter().enumerate() {
            let _ = write!(text, " AND {} = ${}", self.columns[*index].1, place + 2);
        }
        for (index, is_null) in &scan.null {
            let not = if *is_null { "" } else { "NOT " };
            let _ = write!(text, " AND {} IS {not}NULL", self.columns[*index].1);
        }
        if let Some(limit) = scan.limit {
            let _ = write!(text, " LIMIT {limit}");
        }
        (text, read)
    }

    /// The columns that a scan of these needs: money is shown by its currency.
    fn read(&self, columns: &[usize]) -> Vec<usize> {
        let mut read = columns.to_vec();
        for index in columns {
            if let Kind::Money(currency) = self.columns[*index].2
                && let Some((currency, _)) = self.column(currency)
                && !read.contains(&currency)
            {
                read.push(currency);
            }
        }
        read
    }

    /// The values of a scan's columns. `read` has the columns of the row, the scan's first.
    fn row(
        &self,
        row: &impl StoredRow,
        read: &[usize],
        count: usize,
    ) -> Result<Vec<SqlValue>, Error> {
        (0..count).map(|place| self.value(row, read, place)).collect()
    }

    fn value(&self, row: &impl StoredRow, read: &[usize], place: usize) -> Result<SqlValue, Error> {
        let Column(name, _, kind) = self.columns[read[place]];
        if matches!(kind, Kind::Uuid | Kind::Text | Kind::Json) {
            return Ok(row.text(place)?.map_or(SqlValue::Null, SqlValue::Text));
        }
        let Some(number) = row.number(place)? else { return Ok(SqlValue::Null) };
        Ok(match kind {
            Kind::Flag => SqlValue::Boolean(number != 0),
            Kind::Time => SqlValue::Time(Timestamp::from_micros(number)),
            Kind::Money(currency) => {
                let (index, _) = self.column(currency).ok_or_else(|| malformed(name))?;
                let place = read.iter().position(|it| *it == index);
                let place = place.ok_or_else(|| malformed(name))?;
                SqlValue::Numeric(hundredths(number, row.text(place)?.as_deref()))
            }
            Kind::Number | Kind::Uuid | Kind::Text | Kind::Json => SqlValue::BigInt(number),
        })
    }
}

/// A row of a database, by the places of its columns.
trait StoredRow {
    fn text(&self, place: usize) -> Result<Option<String>, Error>;
    fn number(&self, place: usize) -> Result<Option<i64>, Error>;
}

impl StoredRow for AnyRow {
    fn text(&self, place: usize) -> Result<Option<String>, Error> {
        self.try_get(place).map_err(sql)
    }

    fn number(&self, place: usize) -> Result<Option<i64>, Error> {
        self.try_get(place).map_err(sql)
    }
}

fn described() -> impl Iterator<Item = &'static Table> {
    TABLES.into_iter().flatten()
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

    async fn scan(&self, project: ProjectId, table: &str, scan: SqlScan) -> Result<SqlRows, Error> {
        let Some(table) = described().find(|known| known.name == table) else {
            return Ok(futures::stream::empty().boxed());
        };
        // PostgreSQL keeps no such text.
        if scan.equal.iter().any(|(_, text)| text.contains(NUL)) {
            return Ok(futures::stream::empty().boxed());
        }
        self.scans.run(project, table, scan).await
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
