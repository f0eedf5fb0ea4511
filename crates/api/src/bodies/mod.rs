//! Reading request bodies in memory that is shared by all of them and bounded.

mod budget;
mod collect;
mod metered;

pub(crate) use budget::{BodyBudget, NoRoom, Reservation, Trust};
pub(crate) use collect::{Buffer, NotCollected, collect};
pub(crate) use metered::metered;
