//! The tables as the SQL surface shows them.

use std::collections::HashSet;

use engine::ports::catalog::{SqlPeriod, SqlScan, SqlType, SqlValue};
use futures::TryStreamExt as _;

use super::fixtures::{NOON, key, project_id, two_projects};
use super::{CatalogHarness, Ports};

/// More than any test stores.
const ALL: u64 = 1_000;

async fn scan(ports: &Ports, project: u128, table: &str, scan: SqlScan) -> Vec<Vec<SqlValue>> {
    let rows = ports.tables.scan(project_id(project), table, scan).await.unwrap();
    rows.try_concat().await.unwrap()
}

/// All columns.
async fn rows(ports: &Ports, project: u128, table: &str, limit: u64) -> Vec<Vec<SqlValue>> {
    let columns = places_of(ports, table);
    let limit = Some(limit);
    scan(ports, project, table, SqlScan { columns, limit, ..SqlScan::default() }).await
}

fn places_of(ports: &Ports, table: &str) -> Vec<usize> {
    let described = ports.tables.tables().into_iter().find(|known| known.name == table);
    described.map(|table| (0..table.columns.len()).collect()).unwrap_or_default()
}

/// Names are unique and lower case, and every table can be read, with bounds and without.
pub async fn every_described_table_can_be_read<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    let tables = ports.tables.tables();
    let names: HashSet<&str> = tables.iter().map(|table| table.name).collect();
    assert_eq!(names.len(), tables.len());
    for table in tables {
        let columns: HashSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns.len(), table.columns.len(), "{}", table.name);
        let bounded = SqlPeriod { from: Some(NOON), to: Some(NOON.plus_seconds(60)) };
        for period in [SqlPeriod::default(), bounded] {
            let columns = places_of(&ports, table.name);
            let bounded = SqlScan { columns, period, ..SqlScan::default() };
            for row in scan(&ports, 1, table.name, bounded).await {
                assert_eq!(row.len(), table.columns.len(), "{}", table.name);
                for (value, column) in row.iter().zip(&table.columns) {
                    assert!(fits(value, column.kind), "{}.{}: {value:?}", table.name, column.name);
                }
            }
        }
    }
    assert_eq!(rows(&ports, 1, "members", ALL).await, Vec::<Vec<SqlValue>>::new());
}

fn fits(value: &SqlValue, kind: SqlType) -> bool {
    match value {
        SqlValue::Null => true,
        SqlValue::Text(_) => matches!(kind, SqlType::Uuid | SqlType::Text | SqlType::Json),
        SqlValue::BigInt(_) => kind == SqlType::BigInt,
        SqlValue::Boolean(_) => kind == SqlType::Boolean,
        SqlValue::Numeric(_) => kind == SqlType::Numeric,
        SqlValue::Time(_) => kind == SqlType::TimestampTz,
    }
}

/// The fields are there, the key's text is not, and a limit holds.
pub async fn keys_are_shown_without_their_text<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for number in [1, 2] {
        ports.api_keys.add(key(number, project_id(1))).await.unwrap();
    }
    let shown = rows(&ports, 1, "api_keys", ALL).await;
    assert_eq!(shown.len(), 2);
    assert!(!format!("{shown:?}").contains("fk_"), "{shown:?}");
    let own = key(1, project_id(1));
    let expected = [
        SqlValue::Text(own.id.to_string()),
        SqlValue::Text("Key 1".to_owned()),
        SqlValue::Text(r#"["shop.test","*.shop.test","localhost:3000"]"#.to_owned()),
        SqlValue::BigInt(1_000),
        SqlValue::Boolean(true),
        SqlValue::Time(own.created_at),
        SqlValue::Null,
    ];
    assert!(shown.iter().any(|row| *row == expected), "{shown:?}");
    assert_eq!(rows(&ports, 1, "api_keys", 1).await.len(), 1);
}

/// The columns asked for, in their order; the rows that match; and several batches of them, as many as are
/// read.
pub async fn a_scan_reads_what_it_names_in_batches<S: CatalogHarness>() {
    const KEYS: u128 = 5_000;
    let (_store, ports) = two_projects::<S>().await;
    for number in 1..=KEYS {
        ports.api_keys.add(key(number, project_id(1))).await.unwrap();
    }
    let own = key(7, project_id(1));
    let one = SqlScan {
        columns: vec![1, 0],
        equal: vec![(0, own.id.to_string())],
        null: vec![(6, true), (1, false)],
        ..SqlScan::default()
    };
    let expected = [SqlValue::Text("Key 7".to_owned()), SqlValue::Text(own.id.to_string())];
    assert_eq!(scan(&ports, 1, "api_keys", one.clone()).await, [expected]);
    assert_eq!(scan(&ports, 2, "api_keys", one.clone()).await, Vec::<Vec<SqlValue>>::new());
    for nobody in [
        SqlScan { null: vec![(6, false)], ..one.clone() },
        SqlScan { equal: vec![(1, "Key\0".to_owned())], ..one.clone() },
        SqlScan { equal: vec![(0, own.id.to_string()), (1, "Key 8".to_owned())], ..one.clone() },
    ] {
        assert_eq!(scan(&ports, 1, "api_keys", nobody).await, Vec::<Vec<SqlValue>>::new());
    }
    let counted = scan(&ports, 1, "api_keys", SqlScan::default()).await;
    assert_eq!(counted.len() as u128, KEYS);
    assert!(counted.iter().all(Vec::is_empty));
    let all = SqlScan { columns: vec![0], ..SqlScan::default() };
    let mut batches = ports.tables.scan(project_id(1), "api_keys", all).await.unwrap();
    let first = batches.try_next().await.unwrap().unwrap();
    assert!(!first.is_empty() && (first.len() as u128) < KEYS, "{} rows at once", first.len());
    // Whoever reads no more holds nobody up.
    drop(batches);
    assert_eq!(rows(&ports, 1, "api_keys", ALL).await.len() as u64, ALL);
}

/// Project 1 owns the key; project 2 and one that does not exist ask.
pub async fn a_project_sees_its_own_rows_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    for caller_project in [2, 9] {
        for table in ports.tables.tables() {
            assert_eq!(
                rows(&ports, caller_project, table.name, ALL).await.len(),
                0,
                "{}",
                table.name
            );
        }
    }
}
