//! Every table is in the inventory.

use std::collections::BTreeSet;

use sqlx::Row as _;

use super::inventory::{MADE_ANONYMOUS, NOT_ABOUT_CUSTOMERS, REMOVED};
use crate::Catalog;

#[tokio::test]
async fn every_table_says_what_becomes_of_a_person_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalog = Catalog::open(&folder.path().join("catalog.db")).await.expect("a catalog");
    let rows = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(&catalog.reads)
        .await
        .expect("tables");
    let tables: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    let known: BTreeSet<String> = [&REMOVED[..], &MADE_ANONYMOUS, &NOT_ABOUT_CUSTOMERS]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let unknown: Vec<&String> = tables.difference(&known).collect();
    assert!(
        unknown.is_empty(),
        "say in subjects/inventory.rs what an erasure does with {unknown:?}, and have it done \
         in subjects/mod.rs"
    );
}
