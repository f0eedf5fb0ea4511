//! How many bytes of request bodies may be in memory at once.
//!
//! A body reserves what it takes, compressed and decompressed, before it takes it, and keeps that until
//! it is answered; where there is no room it is answered 503 instead. Nobody waits: waiting requests
//! would be held in memory, too. So that those who are here to take memory keep nobody else out,
//! - senders that showed no key yet share a quarter,
//! - bodies beyond [`SMALL_BYTES`] share a half: what pages send is small and finds room,
//! - one address (/64 for IPv6) has three quarters at most, of the whole and of the quarter.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use domain::sender_network::network_of;

/// What a page sends at once is smaller, with few exceptions.
const SMALL_BYTES: usize = 64 * 1024;

/// The memory of all bodies. A copy shares it.
#[derive(Clone)]
pub(crate) struct BodyBudget(Arc<Inner>);

struct Inner {
    max_bytes: usize,
    reserved: Mutex<ReservedBytes>,
}

/// Bytes that are reserved.
#[derive(Default)]
struct ReservedBytes {
    total: usize,
    unproven: usize,
    large: usize,
    networks: HashMap<IpAddr, OfNetwork>,
}

/// Bytes that one sender's bodies hold.
#[derive(Clone, Copy, Default)]
struct OfNetwork {
    total: usize,
    unproven: usize,
}

/// Whether a body's sender may write, as far as its head shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// It showed a key that admits it.
    Proven,
    /// It may yet show one in its body, or needs none.
    Unproven,
}

/// There is no room for a body now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many request bodies are being read; try again")]
pub(crate) struct BodyBudgetExceeded;

/// What one body holds; free again when dropped.
pub(crate) struct Reservation {
    budget: BodyBudget,
    network: IpAddr,
    trust: Trust,
    bytes: usize,
}

impl BodyBudget {
    pub(crate) fn new(max_bytes: usize) -> Self {
        Self(Arc::new(Inner { max_bytes, reserved: Mutex::default() }))
    }

    /// Begins a body, which holds nothing yet.
    pub(crate) fn reservation(&self, sender: IpAddr, trust: Trust) -> Reservation {
        Reservation { budget: self.clone(), network: network_of(sender), trust, bytes: 0 }
    }
}

impl Reservation {
    /// Reserves more, or leaves everything as it is.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), BodyBudgetExceeded> {
        if bytes == 0 {
            return Ok(());
        }
        let max = self.budget.0.max_bytes;
        let unproven = self.unproven_part(bytes);
        let mut reservation = self.budget.0.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        let after = self.bytes + bytes;
        let large = reservation.large + large_part(after) - large_part(self.bytes);
        let before = reservation.networks.get(&self.network).copied().unwrap_or_default();
        let of_network =
            OfNetwork { total: before.total + bytes, unproven: before.unproven + unproven };
        let is_too_much = reservation.total + bytes > max
            || of_network.total > share(max)
            || (large_part(after) > 0 && large > max / 2)
            || (unproven > 0 && reservation.unproven + unproven > max / 4)
            || (unproven > 0 && of_network.unproven > share(max / 4));
        if is_too_much {
            metrics::counter!("footfall_bodies_without_room_total").increment(1);
            return Err(BodyBudgetExceeded);
        }
        reservation.total += bytes;
        reservation.unproven += unproven;
        reservation.large = large;
        reservation.networks.insert(self.network, of_network);
        self.bytes = after;
        Ok(())
    }

    /// Moves what is reserved into another one, to be kept on another thread.
    pub(crate) fn take(&mut self) -> Self {
        let (budget, network, trust) = (self.budget.clone(), self.network, self.trust);
        Self { budget, network, trust, bytes: std::mem::take(&mut self.bytes) }
    }

    /// Gives back a part.
    pub(crate) fn shrink(&mut self, bytes: usize) {
        if bytes == 0 {
            return;
        }
        let unproven = self.unproven_part(bytes);
        let mut reservation = self.budget.0.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        let after = self.bytes - bytes;
        reservation.total -= bytes;
        reservation.unproven -= unproven;
        reservation.large -= large_part(self.bytes) - large_part(after);
        if let Some(of_network) = reservation.networks.get_mut(&self.network) {
            of_network.total -= bytes;
            of_network.unproven -= unproven;
            if of_network.total == 0 {
                reservation.networks.remove(&self.network);
            }
        }
        self.bytes = after;
    }

    fn unproven_part(&self, bytes: usize) -> usize {
        if self.trust == Trust::Unproven { bytes } else { 0 }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.shrink(self.bytes);
    }
}

/// What may be taken of `max` where something must be left for others.
fn share(max: usize) -> usize {
    max / 4 * 3
}

/// What a body of this size holds of the large ones' share: all of it, once it is large.
fn large_part(bytes: usize) -> usize {
    if bytes > SMALL_BYTES { bytes } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: usize = 16 * SMALL_BYTES;

    fn sender(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn what_is_held_is_free_again_when_it_is_dropped() {
        let budget = BodyBudget::new(MAX);
        let mut one = budget.reservation(sender(1), Trust::Proven);
        one.grow(MAX / 2).expect("room");
        one.shrink(MAX / 4);
        drop(one);
        let reservation = budget.0.reserved.lock().expect("no panic");
        assert_eq!(
            (
                reservation.total,
                reservation.large,
                reservation.unproven,
                reservation.networks.len()
            ),
            (0, 0, 0, 0)
        );
    }

    #[test]
    fn senders_without_a_key_leave_room_for_those_with_one() {
        let budget = BodyBudget::new(MAX);
        let mut stranger = budget.reservation(sender(1), Trust::Unproven);
        assert_eq!(
            stranger.grow(MAX / 4),
            Err(BodyBudgetExceeded),
            "other strangers have room, too"
        );
        stranger.grow(MAX / 4 / 4 * 3).expect("room");
        let mut another = budget.reservation(sender(2), Trust::Unproven);
        another.grow(MAX / 4 / 4).expect("room");
        assert_eq!(another.grow(1), Err(BodyBudgetExceeded));
        let mut customer = budget.reservation(sender(3), Trust::Proven);
        customer.grow(MAX / 4).expect("room");
    }

    #[test]
    fn large_bodies_leave_room_for_small_ones() {
        let budget = BodyBudget::new(MAX);
        let mut large: Vec<_> =
            (0..2).map(|number| budget.reservation(sender(number), Trust::Proven)).collect();
        for body in &mut large {
            body.grow(MAX / 4).expect("room");
        }
        let mut another = budget.reservation(sender(9), Trust::Proven);
        another.grow(SMALL_BYTES).expect("room, as long as it is small");
        assert_eq!(another.grow(1), Err(BodyBudgetExceeded));
    }

    #[test]
    fn one_address_leaves_room_for_others() {
        let budget = BodyBudget::new(MAX);
        let mut taken: Vec<_> =
            (0..13).map(|_| budget.reservation(sender(1), Trust::Proven)).collect();
        let fits = taken.iter_mut().filter_map(|body| body.grow(SMALL_BYTES).ok()).count();
        assert_eq!(fits, 12);
        let mut other = budget.reservation(sender(2), Trust::Proven);
        other.grow(SMALL_BYTES).expect("room");
    }
}
