//! The ways events come in.

mod behavior;
mod customer;
mod friction;
mod limits;
mod masking;
mod senders;
mod session;
mod widgets;
