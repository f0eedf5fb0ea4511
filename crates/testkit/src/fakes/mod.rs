//! Ports in memory, held to the same contracts as the real ones.

pub mod held_subjects;
pub mod journal;
pub mod lake;
pub mod memory_lake;
pub mod sql;
pub mod suppressions;
pub mod tables;
