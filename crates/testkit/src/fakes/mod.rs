//! Ports in memory, held to the same contracts as the real ones.

pub mod journal;
pub mod lake;
pub mod memory_lake;
pub mod resources;
pub mod retention;
pub mod sql;
pub mod sql_tables;
pub mod subjects_with_reader;
pub mod suppressions;
