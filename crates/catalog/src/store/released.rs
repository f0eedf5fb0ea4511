//! Migrations that were released never change: databases that ran one refuse to open with another text.
//!
//! `tests/golden/migrations.txt` holds the checksum of each, as `sha384sum` prints it and as sqlx stores it
//! in the databases. A migration is added with its line; until it is released the line follows its text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::MIGRATIONS;

const RELEASED: &str = include_str!("../../tests/golden/migrations.txt");

/// Checksums by file name.
fn released() -> BTreeMap<String, String> {
    let lines = RELEASED.lines().map(|line| line.split_once("  ").unwrap());
    lines.map(|(checksum, file)| (file.to_owned(), checksum.to_owned())).collect()
}

fn present() -> BTreeMap<String, String> {
    let migrations = MIGRATIONS.iter().map(|migration| {
        let name = migration.description.replace(' ', "_");
        let mut checksum = String::new();
        for byte in migration.checksum.iter() {
            write!(checksum, "{byte:02x}").unwrap();
        }
        (format!("{:04}_{name}.sql", migration.version), checksum)
    });
    migrations.collect()
}

#[test]
fn a_released_migration_never_changes() {
    let present = present();
    for (file, checksum) in released() {
        assert_eq!(
            present.get(&file),
            Some(&checksum),
            "migrations/{file} is not what was released, so that databases which ran it would refuse \
             to open. Undo the change, and make it in a migration of the next number"
        );
    }
}

#[test]
fn every_migration_is_listed() {
    let released = released();
    for (file, checksum) in present() {
        assert!(
            released.contains_key(&file),
            "add this line to tests/golden/migrations.txt:\n{checksum}  {file}"
        );
    }
}
