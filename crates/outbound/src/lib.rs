//! The one client for requests to addresses that members write down, so that nobody reaches through it
//! what stands behind the server: see [`engine::ports::outbound`] for the contract.
//!
//! Each name is resolved by [`Guard`](guard::Guard), which hands the connector judged addresses or
//! nothing. The connector has no other way to addresses, so what was judged is what is called; hosts
//! that are addresses already are judged before the connector sees them.

mod client;
mod guard;
mod lookup;

#[cfg(test)]
mod tests;

pub use client::{Client, Limits};
pub use lookup::{DnsLookup, SystemDns};
