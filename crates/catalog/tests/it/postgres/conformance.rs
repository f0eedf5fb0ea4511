//! PostgreSQL keeps the contract of every catalog.

use super::Postgres;

testkit::catalog_conformance!(Postgres);
