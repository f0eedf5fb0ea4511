//! The catalog: relational state in SQLite or PostgreSQL, one file per aggregate.
//!
//! # One text for two databases
//!
//! Every statement is written once, in SQL that SQLite and PostgreSQL both take, next to the method
//! that runs it, and is sent through [`sqlx::Any`], whose pools, transactions and rows are the same
//! types for both. So PostgreSQL is a second constructor that fills in other pools; no statement
//! and no trait implementation differs. One path leaves `Any` out: a scan for a statement of members
//! (`sql_tables/scan.rs`) sends its one text to SQLite through `rusqlite`. The rules that keep it so:
//!
//! - `$1` binds and `INSERT … ON CONFLICT … RETURNING`; no function only one of the two has.
//! - Columns are `TEXT`, `BIGINT` or `BYTEA`, which `Any` carries exactly: ids and JSON as text, times
//!   as microseconds UTC, booleans as 0 and 1. A `SUM`, whose type differs, is cast to `BIGINT`.
//! - Texts compare and sort by bytes, as in SQLite; in PostgreSQL by a binary collation on every
//!   column (`store/collation.rs`).
//! - What must hold under concurrency is said by a constraint or by one statement's `WHERE`, never
//!   left to SQLite's single writer.
//!
//! # What SQLite adds
//!
//! Writes take the only connection of their own pool and begin with `BEGIN IMMEDIATE`, so they wait
//! for each other in the pool and never fail half-way for a lock. Reads have a pool beside it; in
//! WAL mode neither waits for the other. `synchronous=FULL` makes a commit that returned outlast a
//! loss of power.
//!
//! # What PostgreSQL adds
//!
//! - *Several writers.* Transactions are read committed. What is decided by reading before writing
//!   holds all the same: writes of one project (`Catalog::write_of`) and runs of one projection
//!   (from `positions::advance` on) follow each other by advisory locks, in all servers. A deadlock,
//!   a time-out or a lost connection is `Unavailable`: projections and clients try again.
//! - *Several journals.* Servers that share a catalog follow one journal each; positions and failed
//!   events are keyed by the journal's id too.
//! - *Isolation.* Row-level security lets a transaction that belongs to a project see that project's rows
//!   only (`store/row_security.rs`). A method that takes a `ProjectId` reads through
//!   `Catalog::reads_of` and writes through `Catalog::write_of`, which narrow the setting
//!   `footfall.project` for their transaction. `reads` and `Catalog::write` see all projects: for
//!   projections, jobs, sign-in, and keys looked up by their text. Every table with a `project_id`
//!   gets its policy when the catalog is opened; a migration must not create it.
//! - *No NUL in texts.* PostgreSQL cannot store one, so ingest replaces it before anything is kept.

mod annotations;
mod api_keys;
mod audit;
mod billing;
mod boards;
mod bulk;
mod calls;
mod cleanup_runs;
mod crm;
mod customers;
mod documents;
mod erasures;
mod error;
mod error_triage;
mod goals;
mod invitations;
mod last_used;
mod lead_scores;
mod logos;
mod members;
mod memberships;
mod outcomes;
mod people;
mod positions;
mod project_settings;
mod projects;
mod question_runs;
mod rate_limits;
mod recording_usage;
mod recordings;
mod records;
mod retention;
mod row_ext;
mod saved_questions;
mod sdk_reports;
mod sdk_settings;
mod secret_keys;
mod segments;
mod sessions;
mod share_links;
mod sign_ins;
mod source_maps;
mod sql_tables;
mod store;
mod stored;
mod subjects;
mod transaction;
mod visitor_salts;
mod webhooks;
mod widgets;

use engine::ports::catalog::CatalogStore;

pub use store::Catalog;

impl CatalogStore for Catalog {}
