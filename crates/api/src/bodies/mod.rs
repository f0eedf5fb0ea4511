//! Reading request bodies in memory that is shared by all of them and bounded.

mod budget;
mod collect;
mod metered_body;

pub(crate) use budget::{BodyBudget, BodyBudgetExceeded, Reservation, Trust};
pub(crate) use collect::{Buffer, CollectError, collect};
pub(crate) use metered_body::metered;
