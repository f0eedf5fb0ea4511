//! The rules of the house that no compiler checks: sizes, who may know whom, and what is left undone.

mod dependencies;
mod sizes;
mod sources;
mod words;
