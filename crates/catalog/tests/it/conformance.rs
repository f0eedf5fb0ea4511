//! SQLite keeps the contract of every catalog.

use crate::Sqlite;

testkit::catalog_conformance!(Sqlite);
