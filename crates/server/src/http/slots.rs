//! How many connections there are: in total, and from each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use domain::network::network_of;

/// Places for connections. A copy shares its places.
#[derive(Clone)]
pub(super) struct Slots(Arc<Inner>);

struct Inner {
    max: usize,
    max_per_network: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    total: usize,
    networks: HashMap<IpAddr, usize>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    /// All are taken.
    Total,
    /// This address has as many as one may have.
    Address,
}

impl Full {
    /// For logs and figures.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Address => "address",
        }
    }
}

/// A place; free again when dropped.
pub(super) struct Slot {
    slots: Slots,
    /// None where the peer's address is not counted.
    network: Option<IpAddr>,
}

impl Slots {
    pub(super) fn new(max: usize, max_per_network: usize) -> Self {
        Self(Arc::new(Inner { max, max_per_network, taken: Mutex::default() }))
    }

    /// A place for a peer. A trusted proxy speaks for many clients: its address is not counted.
    pub(super) fn take(&self, peer: IpAddr, is_trusted_proxy: bool) -> Result<Slot, Full> {
        let network = (!is_trusted_proxy).then(|| network_of(peer));
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.total >= self.0.max {
            return Err(Full::Total);
        }
        if let Some(network) = network {
            let count = taken.networks.get(&network).copied().unwrap_or(0);
            if count >= self.0.max_per_network {
                return Err(Full::Address);
            }
            taken.networks.insert(network, count + 1);
        }
        taken.total += 1;
        Ok(Slot { slots: self.clone(), network })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.total -= 1;
        let Some(network) = self.network else { return };
        if let Some(count) = taken.networks.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                taken.networks.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(slots: &Slots, peer: &str) -> Result<Slot, Full> {
        slots.take(peer.parse().expect("an address"), false)
    }

    #[test]
    fn one_address_cannot_take_everything() {
        let slots = Slots::new(4, 2);
        let first = take(&slots, "192.0.2.1").expect("a place");
        let _second = take(&slots, "192.0.2.1").expect("a place");
        assert_eq!(take(&slots, "192.0.2.1").err(), Some(Full::Address));
        let _other = take(&slots, "192.0.2.2").expect("a place");
        drop(first);
        let _again = take(&slots, "192.0.2.1").expect("a place");
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let slots = Slots::new(4, 1);
        let _first = take(&slots, "2001:db8:1:2::1").expect("a place");
        assert_eq!(take(&slots, "2001:db8:1:2:ffff::9").err(), Some(Full::Address));
        let _neighbour = take(&slots, "2001:db8:1:3::1").expect("a place");
    }

    #[test]
    fn trusted_proxies_share_the_total_only() {
        let slots = Slots::new(3, 1);
        let proxy = "10.0.0.1".parse().expect("an address");
        let taken: Vec<Slot> = (0..3).map_while(|_| slots.take(proxy, true).ok()).collect();
        assert_eq!(taken.len(), 3);
        assert_eq!(slots.take(proxy, true).err(), Some(Full::Total));
        assert_eq!(take(&slots, "192.0.2.1").err(), Some(Full::Total));
        drop(taken);
        assert!(slots.0.taken.lock().expect("no panic").networks.is_empty());
    }
}
