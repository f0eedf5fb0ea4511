//! The ways events come in.

mod behavior;
mod customer;
mod session;
mod widgets;
