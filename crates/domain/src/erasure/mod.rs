//! One person's data: by what they are known, and what is theirs.
//!
//! A *subject* is a person as somebody names them, by user id or e-mail, in one project. What is known
//! about them is found by their [`Identifiers`]; what [`Traces`] say decides whose an event is.

mod identifiers;
mod receipt;
mod traces;

pub use identifiers::{IdentifierKind, Identifiers, folded};
pub use receipt::{BadErasureId, ErasureId, ErasureState};
pub use traces::{Traces, mentions};
