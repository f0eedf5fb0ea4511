//! The ways events come in.

mod behavior;
mod widgets;
