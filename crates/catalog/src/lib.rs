//! The catalog: relational state in SQLite, one file per aggregate.
//!
//! # One text for two databases
//!
//! Every statement is written once, in SQL that SQLite and PostgreSQL both take, next to the method
//! that runs it, and is sent through [`sqlx::Any`], whose pools, transactions and rows are the same
//! types for both. So PostgreSQL is a second constructor that fills in another pool; no statement
//! and no trait implementation changes. The rules that keep it so:
//!
//! - `$1` binds and `INSERT … ON CONFLICT … RETURNING`; no function only one of the two has.
//! - Columns are `TEXT`, `BIGINT` or `BYTEA`, which `Any` carries exactly: ids and JSON as text, times
//!   as microseconds UTC, booleans as 0 and 1. A
//!   `SUM`, whose type differs, is cast to `BIGINT`.
//! - Where the order of texts is promised it is made in Rust, for collations differ.
//! - What must hold under concurrency is said by a constraint or by one statement's `WHERE`, never
//!   left to SQLite's single writer.
//!
//! # What SQLite adds
//!
//! Writes take the only connection of their own pool and begin with `BEGIN IMMEDIATE`, so they wait
//! for each other in the pool and never fail half-way for a lock. Reads have a pool beside it; in
//! WAL mode neither waits for the other. `synchronous=FULL` makes a commit that returned outlast a
//! loss of power.

mod accounts;
mod api_keys;
mod audit;
mod billing;
mod calls;
mod cleanup_runs;
mod columns;
mod crm;
mod customers;
mod erasures;
mod error;
mod invitations;
mod lead_scores;
mod members;
mod memberships;
mod positions;
mod projects;
mod secret_keys;
mod sessions;
mod sign_ins;
mod store;
mod subjects;
mod tables;
mod widgets;

pub use store::Catalog;
