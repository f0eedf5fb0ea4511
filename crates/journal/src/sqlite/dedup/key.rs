//! Keys of seen ids.

use twox_hash::XxHash64;
use uuid::Uuid;

/// Bytes of a stored key.
pub(super) const BYTES: usize = 20;

/// An id and the number of its owner. Ids made from the time (`UUIDv7`) are in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    /// The id's halves: compared as numbers, they are in the order of its bytes.
    id: (u64, u64),
    owner: u32,
}

impl Key {
    pub(super) fn new(id: Uuid, owner: u32) -> Self {
        Self { id: id.as_u64_pair(), owner }
    }

    /// Keys that lie one after another; what is left over is passed by.
    pub(super) fn all_of(bytes: &[u8]) -> impl Iterator<Item = Self> {
        bytes.as_chunks::<BYTES>().0.iter().map(Self::from_bytes)
    }

    fn from_bytes(bytes: &[u8; BYTES]) -> Self {
        let (halves, owner) = bytes.as_chunks();
        let half = |index: usize| halves.get(index).map_or(0, |half| u64::from_be_bytes(*half));
        let owner = owner.try_into().map_or(0, u32::from_be_bytes);
        Self { id: (half(0), half(1)), owner }
    }

    /// As it is stored: the id, then the number, big endian.
    pub(super) fn to_bytes(self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        bytes[..8].copy_from_slice(&self.id.0.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.id.1.to_be_bytes());
        bytes[16..].copy_from_slice(&self.owner.to_be_bytes());
        bytes
    }

    /// Stored filters are made of it: it stays the same for ever.
    pub(super) fn hash(self) -> u64 {
        XxHash64::oneshot(0, &self.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stays_the_same_for_ever() {
        assert_eq!(Key::new(Uuid::from_u128(1), 2).hash(), 7_294_432_099_620_248_855);
    }

    #[test]
    fn keys_are_read_back_and_are_in_the_order_of_their_bytes() {
        let ids = [0, 1, 0xff, 1 << 64, u128::MAX, 0x0123_4567_89ab_cdef_0011_2233_4455_6677];
        let keys: Vec<Key> = ids
            .into_iter()
            .flat_map(|id| [0, 1, 300, u32::MAX].map(|owner| Key::new(Uuid::from_u128(id), owner)))
            .collect();
        let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_bytes()).collect();
        assert!(Key::all_of(&bytes).eq(keys.iter().copied()));
        for one in &keys {
            for other in &keys {
                assert_eq!(one.cmp(other), one.to_bytes().cmp(&other.to_bytes()));
            }
        }
    }
}
