//! Keys of seen ids.

use twox_hash::XxHash64;
use uuid::Uuid;

/// Bytes of a key.
pub(super) const BYTES: usize = 20;

/// An id and the number of its owner. Ids made from the time (`UUIDv7`) are in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key([u8; BYTES]);

impl Key {
    pub(super) fn new(id: Uuid, owner: u32) -> Self {
        let mut bytes = [0; BYTES];
        bytes[..16].copy_from_slice(id.as_bytes());
        bytes[16..].copy_from_slice(&owner.to_be_bytes());
        Self(bytes)
    }

    /// Keys that lie one after another; what is left over is passed by.
    pub(super) fn all_of(bytes: &[u8]) -> impl Iterator<Item = Self> {
        bytes.as_chunks().0.iter().map(|bytes| Self(*bytes))
    }

    pub(super) fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// Stored filters are made of it: it stays the same for ever.
    pub(super) fn hash(&self) -> u64 {
        XxHash64::oneshot(0, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stays_the_same_for_ever() {
        assert_eq!(Key::new(Uuid::from_u128(1), 2).hash(), 7_294_432_099_620_248_855);
    }
}
