//! The ways events come in.

mod behavior;
mod customer;
mod friction;
mod masking;
mod session;
mod widgets;
