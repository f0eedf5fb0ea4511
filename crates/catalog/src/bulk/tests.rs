//! The sizes and texts of statements, and rows that come back as they were stored.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::Catalog;
use crate::row_ext::RowExt;

const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));
const INTO: &str = "INSERT INTO lead_scores (project_id, user_id, score, as_of)";
const EITHER: &str = "ON CONFLICT (project_id, user_id) DO UPDATE SET score = excluded.score";

fn rows(numbers: impl Iterator<Item = i64>) -> Vec<[Value; 4]> {
    numbers.map(|number| [PROJECT.into(), user(number), number.into(), 0.into()]).collect()
}

fn user(number: i64) -> Value {
    format!("user {number}").into()
}

#[test]
fn statements_have_few_sizes() {
    assert_eq!([1, 3, 4, 63, 64, 1_000].map(|rows| at_most(rows, 2)), [1, 1, 4, 16, 64, 64]);
    assert_eq!([1, 2, 5, 16, 17, 64].map(at_least), [1, 4, 16, 16, 64, 64]);
    assert_eq!(at_most(1_000, 24), 16, "wide rows come in fewer");
    assert_eq!(at_most(1_000, 10_000), 1);
}

#[test]
fn binds_are_numbered_row_by_row() {
    assert_eq!(binds(Binds::Numbered, 1, 2, 2), "($1, $2), ($3, $4)");
    assert_eq!(binds(Binds::Numbered, 2, 3, 1), "$2, $3, $4");
    assert_eq!(binds(Binds::InOrder, 1, 2, 2), "(?, ?), (?, ?)");
}

#[tokio::test]
async fn rows_of_every_amount_are_stored_found_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(&folder.path().join("catalog.db")).await.unwrap();
    let mut stored = 0;
    for amount in [0, 1, 5, 63, 64, 150] {
        let mut transaction = catalog.write().await.unwrap();
        let new = rows(stored..stored + amount);
        let changed = insert(&mut transaction, INTO, EITHER, new).await.unwrap();
        assert_eq!(i64::try_from(changed), Ok(amount));
        stored += amount;
        let keys: Vec<_> = (0..stored + 9).map(|number| [user(number)]).collect();
        let by_user = "SELECT user_id FROM lead_scores WHERE project_id = $1 AND user_id IN (KEYS)";
        let found = select(&mut transaction, by_user, PROJECT, &keys).await.unwrap();
        assert_eq!(i64::try_from(found.len()), Ok(stored));
        transaction.commit().await.unwrap();
    }
    let mut transaction = catalog.write().await.unwrap();
    let keys: Vec<_> = (0..70).map(|number| [user(number), number.into()]).collect();
    let pairs =
        "SELECT user_id FROM lead_scores WHERE project_id = $1 AND (user_id, score) IN (KEYS)";
    let found = select(&mut transaction, pairs, PROJECT, &keys).await.unwrap();
    let users: BTreeSet<String> = found.iter().map(|row| row.text("user_id").unwrap()).collect();
    assert_eq!((users.len(), found.len()), (70, 70));
    let crossed: Vec<_> = (0..70).map(|number| [user(number), (69 - number).into()]).collect();
    assert!(select(&mut transaction, pairs, PROJECT, &crossed).await.unwrap().is_empty());
    let remove = "DELETE FROM lead_scores WHERE project_id = $1 AND user_id IN (KEYS)";
    let keys: Vec<_> = (0..70).map(|number| [user(number)]).collect();
    assert_eq!(execute(&mut transaction, remove, PROJECT, &keys).await.unwrap(), 70);
}
