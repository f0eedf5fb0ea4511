//! One person's data: by what they are known, and what is theirs.
//!
//! A *subject* is a person as somebody names them, by user id or e-mail, in one project. What is known
//! about them is found by their [`Identifiers`]; what [`EventIdentifiers`] say decides whose an event is.

mod event_identifiers;
mod identifiers;
mod receipt;

pub use event_identifiers::{EventIdentifiers, mentions};
pub use identifiers::{IdentifierKind, Identifiers};
pub use receipt::{ErasureId, ErasureState, InvalidErasureId};
