//! Statements people write: the contracts' own, the wall around a project, and what is complained of.

mod complaints;
mod given;
mod queries;
mod wall;
