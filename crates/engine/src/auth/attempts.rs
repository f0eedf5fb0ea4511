//! How often one may try to prove who one is.
//!
//! Attempts count by network: an IPv4 address, or what one customer of a provider has of IPv6 (a /64, and
//! more of them the /48 around it). Attempts to sign in count by account besides, whether or not it
//! exists, so that somebody who tries elsewhere locks nobody out:
//!
//! - a browser in which the account signed in before (see [`super::device`]) has failures of its own;
//! - every other one has those of the account in its network, after which it waits longer and longer;
//! - all these strangers' failures of an account together make each further one wait a moment, which is
//!   short, since it meets the account's owner on a new device, too.
//!
//! What is remembered is bounded: what was used longest ago is forgotten first.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::failure_backoff::FailureBackoff;
use domain::host_address::actual;
use domain::rate_limit::{RateBucket, RateLimitExceeded};
use domain::time::Timestamp;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::device::DeviceId;
use crate::Error;

/// Attempts a minute of one network.
const PER_MINUTE: u32 = 10;
/// Attempts a minute of a /48, which may be a company's or, with some providers, many customers'.
const PER_MINUTE_OF_48: u32 = 60;
/// Networks remembered, and accounts' failures.
const CAPACITY: u64 = 32_768;
/// Failures of strangers that delay no other stranger.
const FREE_OF_STRANGERS: u32 = 50;
/// What each further one adds, and the most they add up to.
const STEP_OF_STRANGERS: Duration = Duration::from_millis(20);
const MAX_STEPS_OF_STRANGERS: u32 = 100;

/// An address whose last bits are zero, and how many of the first are not.
type Network = (IpAddr, u8);
/// What identifies failures that count together.
type Key = [u8; 16];

/// Counts attempts.
pub(super) struct AttemptLimiter {
    networks: Cache<Network, Arc<Mutex<RateBucket>>>,
    failures: Cache<Key, Arc<Mutex<FailureBackoff>>>,
}

/// An attempt that may go on, counted as failed until it says otherwise.
#[must_use]
pub(super) struct PendingAttempt {
    own: Arc<Mutex<FailureBackoff>>,
    strangers: Option<Arc<Mutex<FailureBackoff>>>,
    /// How long it waits before it is judged.
    pub(super) pause: Duration,
}

impl Default for AttemptLimiter {
    fn default() -> Self {
        Self { networks: bounded(), failures: bounded() }
    }
}

impl AttemptLimiter {
    /// Counts an attempt from `address`.
    pub(super) fn count(&self, address: IpAddr, now: Timestamp) -> Result<(), Error> {
        let take = |network, limit| {
            let usage = self.networks.get_with(network, Arc::default);
            lock(&usage).try_acquire(limit, now).map_err(limited)
        };
        take(network(address), PER_MINUTE)?;
        wide_network(address).map_or(Ok(()), |wide| take(wide, PER_MINUTE_OF_48))
    }

    /// Counts an attempt to sign in to the account of an e-mail address.
    pub(super) fn sign_in(
        &self,
        email: &str,
        device: Option<DeviceId>,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<PendingAttempt, Error> {
        if let Some(device) = device {
            let own = self.failures(b"device", &[&device]);
            lock(&own).try_attempt(now).map_err(limited)?;
            return Ok(PendingAttempt { own, strangers: None, pause: Duration::ZERO });
        }
        let (network, _) = network(address);
        let own = self.failures(b"network", &[network.to_string().as_bytes(), email.as_bytes()]);
        lock(&own).try_attempt(now).map_err(limited)?;
        let strangers = self.failures(b"account", &[email.as_bytes()]);
        let steps = lock(&strangers).record(now).saturating_sub(FREE_OF_STRANGERS);
        let pause = STEP_OF_STRANGERS * steps.min(MAX_STEPS_OF_STRANGERS);
        Ok(PendingAttempt { own, strangers: Some(strangers), pause })
    }

    /// Counts an attempt to prove within a session, whose token has this digest, who one is.
    pub(super) fn within_session(
        &self,
        digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<PendingAttempt, Error> {
        let own = self.failures(b"session", &[digest]);
        lock(&own).try_attempt(now).map_err(limited)?;
        Ok(PendingAttempt { own, strangers: None, pause: Duration::ZERO })
    }

    fn failures(&self, kind: &[u8], of: &[&[u8]]) -> Arc<Mutex<FailureBackoff>> {
        let mut hash = Sha256::new();
        for part in [kind].iter().chain(of) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        let key = std::array::from_fn(|index| digest[index]);
        self.failures.get_with(key, Arc::default)
    }
}

impl PendingAttempt {
    /// It proved who one is.
    pub(super) fn succeeded(self) {
        lock(&self.own).clear();
        if let Some(strangers) = self.strangers {
            lock(&strangers).undo();
        }
    }

    /// It was never judged.
    pub(super) fn withdrawn(self) {
        lock(&self.own).undo();
        if let Some(strangers) = self.strangers {
            lock(&strangers).undo();
        }
    }
}

/// The network an address counts for: itself, or its /64.
fn network(address: IpAddr) -> Network {
    match actual(address) {
        IpAddr::V6(v6) => first_bits(v6, 64),
        v4 @ IpAddr::V4(_) => (v4, 32),
    }
}

/// The larger network around it.
fn wide_network(address: IpAddr) -> Option<Network> {
    match actual(address) {
        IpAddr::V6(v6) => Some(first_bits(v6, 48)),
        IpAddr::V4(_) => None,
    }
}

fn first_bits(address: Ipv6Addr, count: u8) -> Network {
    let bits = address.to_bits() >> (128 - count) << (128 - count);
    (Ipv6Addr::from_bits(bits).into(), count)
}

fn bounded<K, V>() -> Cache<K, V>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder().max_capacity(CAPACITY).eviction_policy(EvictionPolicy::lru()).build()
}

fn lock<T>(counted: &Mutex<T>) -> MutexGuard<'_, T> {
    counted.lock().unwrap_or_else(PoisonError::into_inner)
}

fn limited(RateLimitExceeded { retry_after_seconds }: RateLimitExceeded) -> Error {
    Error::Limited { retry_after_seconds }
}

#[cfg(test)]
mod tests {
    use domain::failure_backoff::FREE_FAILURES;

    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);
    const OWNER: &str = "owner@shop.test";

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// How many of these addresses' attempts go on in one minute.
    fn admitted(attempts: &AttemptLimiter, addresses: impl Iterator<Item = IpAddr>) -> u32 {
        addresses.map(|from| u32::from(attempts.count(from, NOON).is_ok())).sum()
    }

    /// Fails until refused; how often that was.
    fn fail(
        attempts: &AttemptLimiter,
        device: Option<DeviceId>,
        from: &str,
        now: Timestamp,
    ) -> u32 {
        let refused = |_: &u32| attempts.sign_in(OWNER, device, address(from), now).is_err();
        (0..1_000).find(refused).unwrap_or(1_000)
    }

    #[test]
    fn all_addresses_of_a_64_count_together() {
        let attempts = AttemptLimiter::default();
        let host = |number: u32| address(&format!("2001:db8:1:1::{number:x}"));
        assert_eq!(admitted(&attempts, (0..1_000).map(host)), PER_MINUTE);
        assert!(attempts.count(address("2001:db8:1:2::1"), NOON).is_ok(), "a neighbour's");
    }

    #[test]
    fn all_networks_of_a_48_count_together() {
        let attempts = AttemptLimiter::default();
        let subnet = |number: u32| address(&format!("2001:db8:1:{number:x}::1"));
        assert_eq!(admitted(&attempts, (0..1_000).map(subnet)), PER_MINUTE_OF_48);
        assert!(attempts.count(address("2001:db8:2::1"), NOON).is_ok(), "a neighbour's");
    }

    #[test]
    fn an_ipv4_address_counts_once_however_it_is_written() {
        let attempts = AttemptLimiter::default();
        let written = ["196.249.12.34", "::ffff:196.249.12.34"].map(address);
        let both = written.into_iter().cycle().take(40);
        assert_eq!(admitted(&attempts, both), PER_MINUTE);
        assert!(attempts.count(address("196.249.12.35"), NOON).is_ok());
    }

    #[test]
    fn failures_elsewhere_lock_out_no_other_network_or_known_device() {
        let attempts = AttemptLimiter::default();
        assert_eq!(fail(&attempts, None, "203.0.113.1", NOON), FREE_FAILURES);
        assert!(attempts.sign_in(OWNER, None, address("203.0.113.1"), NOON).is_err());
        assert!(attempts.sign_in(OWNER, None, address("203.0.113.2"), NOON).is_ok());
        let known = attempts.sign_in(OWNER, Some([7; 16]), address("203.0.113.1"), NOON);
        assert_eq!(known.expect("admitted").pause, Duration::ZERO);
    }

    #[test]
    fn a_known_device_fails_as_often_as_any_other() {
        let attempts = AttemptLimiter::default();
        assert_eq!(fail(&attempts, Some([7; 16]), "203.0.113.1", NOON), FREE_FAILURES);
        assert!(attempts.sign_in(OWNER, None, address("203.0.113.1"), NOON).is_ok());
    }

    #[test]
    fn failures_from_many_networks_delay_every_stranger_a_little() {
        let attempts = AttemptLimiter::default();
        let pause = |number: u32| {
            let from = IpAddr::V4(std::net::Ipv4Addr::from_bits(0xCB00_0000 + number));
            attempts.sign_in(OWNER, None, from, NOON).expect("admitted").pause
        };
        let pauses: Vec<Duration> = (0..10_000).map(pause).collect();
        assert_eq!(pauses[FREE_OF_STRANGERS as usize], Duration::ZERO);
        assert!(pauses.is_sorted());
        assert_eq!(pauses.last(), Some(&Duration::from_secs(2)));
        let other = attempts.sign_in("ana@shop.test", None, address("203.0.113.1"), NOON);
        assert_eq!(other.expect("admitted").pause, Duration::ZERO, "another account");
    }

    #[test]
    fn success_clears_and_what_was_never_judged_does_not_count() {
        let attempts = AttemptLimiter::default();
        let one = || attempts.sign_in(OWNER, None, address("203.0.113.1"), NOON).expect("admitted");
        for _ in 0..100 {
            one().withdrawn();
        }
        for _ in 0..FREE_FAILURES - 1 {
            let _ = one();
        }
        one().succeeded();
        assert_eq!(fail(&attempts, None, "203.0.113.1", NOON), FREE_FAILURES);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let attempts = AttemptLimiter::default();
        for number in 0..100_000_u32 {
            let from = IpAddr::V4(std::net::Ipv4Addr::from_bits(number));
            attempts.count(from, NOON).expect("a first attempt");
            let _ = attempts.sign_in(&number.to_string(), None, from, NOON).expect("admitted");
        }
        attempts.networks.run_pending_tasks();
        attempts.failures.run_pending_tasks();
        assert!(attempts.networks.entry_count() <= CAPACITY);
        assert!(attempts.failures.entry_count() <= CAPACITY);
    }
}
