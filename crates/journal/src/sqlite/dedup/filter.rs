//! A split-block Bloom filter: whether a run may hold a key.
//!
//! A block is eight words of 32 bits; a key sets one bit in each word of one block, so that asking reads one
//! cache line. (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007.)

/// Bits a key takes: one key in about 250 that is not there is looked up in vain.
const BITS_PER_KEY: usize = 12;
/// Bits of a block.
const BLOCK: usize = 256;
/// Odd multipliers that spread a hash over the words of a block, as Parquet's filters have them.
const SPREAD: [u32; 8] = [
    0x47b6_137b,
    0x4497_4d91,
    0x8824_ad5b,
    0xa2b7_289d,
    0x7054_95c7,
    0x2df1_424b,
    0x9efc_4947,
    0x5c6b_fb31,
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyFilter(Vec<[u32; 8]>);

impl KeyFilter {
    /// An empty filter with room for `keys`.
    pub(super) fn for_keys(keys: usize) -> Self {
        Self(vec![[0; 8]; (keys * BITS_PER_KEY).div_ceil(BLOCK).max(1)])
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let block = self.block(hash);
        for (word, bit) in self.0[block].iter_mut().zip(bits(hash)) {
            *word |= bit;
        }
    }

    /// Never false for a key that was inserted.
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        self.0[self.block(hash)].iter().zip(bits(hash)).all(|(word, bit)| word & bit != 0)
    }

    /// The upper half of the hash chooses the block.
    fn block(&self, hash: u64) -> usize {
        let place = u128::from(hash) * self.0.len() as u128;
        usize::try_from(place >> 64).unwrap_or_default()
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flatten().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// The filter of [`Self::to_bytes`]; none of anything else.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.as_chunks();
        let words: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let (blocks, more) = words.as_chunks();
        (rest.is_empty() && more.is_empty() && !blocks.is_empty()).then(|| Self(blocks.to_vec()))
    }
}

/// One bit for each word, chosen by the lower half of the hash.
fn bits(hash: u64) -> impl Iterator<Item = u32> {
    #[expect(clippy::cast_possible_truncation, reason = "this is the lower half")]
    let low = hash as u32;
    SPREAD.into_iter().map(move |odd| 1 << (low.wrapping_mul(odd) >> 27))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::key::Key;
    use super::*;

    fn hashes(from: u128) -> impl Iterator<Item = u64> {
        (from..from + 10_000).map(|number| Key::new(Uuid::from_u128(number), 1).hash())
    }

    #[test]
    fn what_was_inserted_is_found_and_little_else() {
        let mut filter = KeyFilter::for_keys(10_000);
        hashes(0).for_each(|hash| filter.insert(hash));
        assert!(hashes(0).all(|hash| filter.may_hold(hash)));
        let in_vain = hashes(1_000_000).filter(|hash| filter.may_hold(*hash)).count();
        assert!(in_vain < 100, "{in_vain} of 10,000");
        assert_eq!(KeyFilter::from_bytes(&filter.to_bytes()), Some(filter));
        for bytes in [&[][..], &[0; 31], &[0; 33], &[0; 36]] {
            assert_eq!(KeyFilter::from_bytes(bytes), None);
        }
    }
}
