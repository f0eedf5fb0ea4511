//! Statements people write: the contracts' own, the isolation of a project, errors, and
//! what attackers write.

mod diagnostics;
mod given;
mod hostile;
mod limits;
mod queries;
mod wall;
