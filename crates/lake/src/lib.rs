//! The lake: every accepted event in a Delta Lake table, and the questions asked of it.
//!
//! [`Lake`] implements both halves of `engine::ports::lake`. The table is described in
//! [`schema`]; how a write becomes visible in [`table`]; what keeps it fast in [`maintenance`].

mod error;
mod hashed;
mod id_hash;
mod lake;
pub mod maintenance;
mod metrics;
mod options;
mod provider;
mod query;
mod questions;
mod retention;
mod rollup;
mod rows;
pub mod schema;
mod sql;
mod subjects;
pub mod table;
mod views;
mod writer;

pub use lake::Lake;
pub use options::Options;
pub use sql::worker::run as run_sql_worker;
pub use sql::{
    LakeSqlSurface, SandboxReport, SqlOptions, WorkerProgram, check_statement, probe_sql_worker,
};
