//! The ways events come in.

mod behavior;
