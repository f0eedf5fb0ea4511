//! A 64-bit hash of ids, so that counting distinct ones compares numbers.
//!
//! It is computed when a question reads an id, and stored nowhere. Among ten million ids a collision
//! has a chance of about one in 400,000.

/// The hash of an id's bytes.
pub(crate) fn hash_id(id: &[u8]) -> i64 {
    let (words, rest) = id.as_chunks();
    // The length tells apart ids that differ only in zeros at their end.
    let mut hash = id.len() as u64;
    for word in words {
        hash = fold(hash ^ u64::from_le_bytes(*word));
    }
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash = fold(hash ^ u64::from_le_bytes(word));
    }
    hash.cast_signed()
}

/// Multiplies, and lays the two halves of the product on each other: every bit changes all.
fn fold(number: u64) -> u64 {
    let product = u128::from(number ^ 0x9e37_79b9_7f4a_7c15) * 0xa076_1d64_78bd_642f;
    #[expect(clippy::cast_possible_truncation, reason = "these are the halves")]
    let (high, low) = ((product >> 64) as u64, product as u64);
    high ^ low
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_that_differ_little_have_hashes_that_differ() {
        let numbers = (0..10_000_u128).map(|n| hash_id(&n.to_be_bytes()));
        let shifted = (1..10_000_u128).map(|n| hash_id(&(n << 64).to_be_bytes()));
        let zeros = (0..100).map(|length| hash_id(&b"visitor".repeat(15)[..length]));
        let hashes: HashSet<i64> = numbers.chain(shifted).chain(zeros).collect();
        assert_eq!(hashes.len(), 10_000 + 9_999 + 100);
        assert_ne!(hash_id(&[0; 3]), hash_id(&[0; 4]));
    }
}
