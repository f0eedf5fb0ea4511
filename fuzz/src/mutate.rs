//! Damage to bytes that knows nothing of what they mean.

use crate::random::Random;

/// Bytes that mean something to many readers.
const MEANINGFUL: [&[u8]; 12] = [
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\\u0000",
    b"\"",
    b"{",
    b"]",
    b"%00",
    b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
];

/// The input with a few changes; `other` lends pieces.
pub fn bytes(random: &mut Random, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut changed = input.to_vec();
    for _ in 0..=random.small(8) {
        once(random, &mut changed, other);
    }
    changed
}

fn once(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = random.below(bytes.len() + 1);
    let room = bytes.len() - at;
    match random.below(7) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..at + random.small(room + 1))),
        2 => drop(bytes.splice(at..at, random.pick(&MEANINGFUL).iter().copied())),
        3 => {
            let again = bytes[at..at + random.small(room + 1)].to_vec();
            bytes.splice(at..at, again);
        }
        4 => {
            let from = random.below(other.len() + 1);
            let piece = &other[from..from + random.small(other.len() - from + 1)];
            bytes.splice(at..at, piece.iter().copied());
        }
        5 if room > 0 => bytes[at] ^= 1 << random.below(8),
        _ if room > 0 => bytes[at] = random.byte(),
        _ => bytes.push(random.byte()),
    }
}
