//! Where an address is.

use std::net::IpAddr;

use domain::event::Place;

/// A table of places by address.
pub trait Geo: Send + Sync {
    /// The place of `address`, without its masked form; empty when unknown.
    fn look_up(&self, address: IpAddr) -> Place;
}

/// Knows no place: used when no table is configured.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoGeo;

impl Geo for NoGeo {
    fn look_up(&self, _address: IpAddr) -> Place {
        Place::default()
    }
}
