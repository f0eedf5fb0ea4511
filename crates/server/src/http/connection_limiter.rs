//! Connection limiter: in total, and per address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use domain::sender_network::network_of;

/// Places for connections. A copy shares its places.
#[derive(Clone)]
pub(super) struct ConnectionLimiter(Arc<Inner>);

struct Inner {
    max: usize,
    max_per_network: usize,
    taken: Mutex<ConnectionCounts>,
}

#[derive(Default)]
struct ConnectionCounts {
    total: usize,
    networks: HashMap<IpAddr, usize>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnectionLimitReached {
    /// All are taken.
    Total,
    /// This address has as many as one may have.
    Address,
}

impl ConnectionLimitReached {
    /// For logs and figures.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Address => "address",
        }
    }
}

/// A place; free again when dropped.
pub(super) struct ConnectionPermit {
    slots: ConnectionLimiter,
    /// None where the peer's address is not counted.
    network: Option<IpAddr>,
}

impl ConnectionLimiter {
    pub(super) fn new(max: usize, max_per_network: usize) -> Self {
        Self(Arc::new(Inner { max, max_per_network, taken: Mutex::default() }))
    }

    /// A place for a peer. A trusted proxy speaks for many clients: its address is not counted.
    pub(super) fn acquire(
        &self,
        peer: IpAddr,
        is_trusted_proxy: bool,
    ) -> Result<ConnectionPermit, ConnectionLimitReached> {
        let network = (!is_trusted_proxy).then(|| network_of(peer));
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.total >= self.0.max {
            return Err(ConnectionLimitReached::Total);
        }
        if let Some(network) = network {
            let count = taken.networks.get(&network).copied().unwrap_or(0);
            if count >= self.0.max_per_network {
                return Err(ConnectionLimitReached::Address);
            }
            taken.networks.insert(network, count + 1);
        }
        taken.total += 1;
        Ok(ConnectionPermit { slots: self.clone(), network })
    }
}

impl Drop for ConnectionPermit {
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

    fn take(
        slots: &ConnectionLimiter,
        peer: &str,
    ) -> Result<ConnectionPermit, ConnectionLimitReached> {
        slots.acquire(peer.parse().expect("an address"), false)
    }

    #[test]
    fn one_address_cannot_take_everything() {
        let slots = ConnectionLimiter::new(4, 2);
        let first = take(&slots, "192.0.2.1").expect("a place");
        let _second = take(&slots, "192.0.2.1").expect("a place");
        assert_eq!(take(&slots, "192.0.2.1").err(), Some(ConnectionLimitReached::Address));
        let _other = take(&slots, "192.0.2.2").expect("a place");
        drop(first);
        let _again = take(&slots, "192.0.2.1").expect("a place");
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let slots = ConnectionLimiter::new(4, 1);
        let _first = take(&slots, "2001:db8:1:2::1").expect("a place");
        assert_eq!(
            take(&slots, "2001:db8:1:2:ffff::9").err(),
            Some(ConnectionLimitReached::Address)
        );
        let _neighbour = take(&slots, "2001:db8:1:3::1").expect("a place");
    }

    #[test]
    fn trusted_proxies_share_the_total_only() {
        let slots = ConnectionLimiter::new(3, 1);
        let proxy = "10.0.0.1".parse().expect("an address");
        let taken: Vec<ConnectionPermit> =
            (0..3).map_while(|_| slots.acquire(proxy, true).ok()).collect();
        assert_eq!(taken.len(), 3);
        assert_eq!(slots.acquire(proxy, true).err(), Some(ConnectionLimitReached::Total));
        assert_eq!(take(&slots, "192.0.2.1").err(), Some(ConnectionLimitReached::Total));
        drop(taken);
        assert!(slots.0.taken.lock().expect("no panic").networks.is_empty());
    }
}
