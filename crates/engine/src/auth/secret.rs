//! Constant-time comparison of secrets, and digests of tokens.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Whether `given` is the expected secret; takes the same time wherever they differ.
pub fn is_same_secret(presented: &str, expected: &str) -> bool {
    let digest = |text: &str| <[u8; 32]>::from(Sha256::digest(text.as_bytes()));
    digest(presented).ct_eq(&digest(expected)).into()
}

/// What is stored of a token.
pub(super) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
