//! Statements people write: the contracts' own, the isolation of a project, what is complained of, and
//! what attackers write.

mod complaints;
mod given;
mod hostile;
mod limits;
mod queries;
mod wall;
