//! The ways events come in.

mod behavior;
mod customer;
mod friction;
mod session;
mod widgets;
