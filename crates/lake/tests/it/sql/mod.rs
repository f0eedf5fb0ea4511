//! Statements people write: the contracts' own, the isolation of a project, errors, and
//! what attackers write.

mod attacks;
mod diagnostics;
mod fixture;
mod isolation;
mod limits;
mod queries;
