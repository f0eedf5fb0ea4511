//! Tokens that stand where others are expected.

use super::{Node, quoted};
use crate::random::Random;
use crate::text;

/// Numbers, words and strings, well-formed and not.
const TOKENS: [&[u8]; 44] = [
    b"null",
    b"true",
    b"false",
    b"0",
    b"-0",
    b"-1",
    b"1",
    b"1.5",
    b"255",
    b"256",
    b"65536",
    b"4294967295",
    b"4294967296",
    b"9007199254740993",
    b"9223372036854775807",
    b"9223372036854775808",
    b"-9223372036854775808",
    b"18446744073709551615",
    b"18446744073709551616",
    b"1e15",
    b"1e308",
    b"-1e308",
    b"1e400",
    b"-1e400",
    b"1e-400",
    b"0.1e-999999999",
    b"123456789012345678901234567890.123456789",
    b"1795262400000",
    b"253402300799999",
    b"253402300800000",
    b"-62135596800001",
    b"8.64e15",
    b"\"\\ud800\"",
    b"\"\\udc00\\ud800\"",
    b"\"\\ud83d\\ude00\"",
    b"\"\\u0000\"",
    b"\"\\u0000\\u0000a\"",
    b"\"\xff\xfe\"",
    b"\"\x01\"",
    b"NaN",
    b"Infinity",
    b"01",
    b"'a'",
    b"",
];

/// A token in the place of another.
pub(super) fn any(random: &mut Random) -> Node {
    match random.below(5) {
        0 => Node::Raw(quoted(&text::any(random))),
        1 => Node::Raw(deep(random)),
        2 => Node::Raw(wide(random)),
        _ => Node::Raw(random.pick(&TOKENS).to_vec()),
    }
}

/// Brackets in brackets, sometimes more than any reader should follow.
fn deep(random: &mut Random) -> Vec<u8> {
    let depth = [2, 31, 32, 33, 126, 127, 128, 129, 1_000, 50_000][random.below(10)];
    match random.below(3) {
        0 => [b"[".repeat(depth), b"]".repeat(depth)].concat(),
        1 => [b"{\"a\":".repeat(depth), b"1".to_vec(), b"}".repeat(depth)].concat(),
        _ => b"[".repeat(depth),
    }
}

/// An object of many members.
fn wide(random: &mut Random) -> Vec<u8> {
    let count = 1 + random.small(3_000);
    let members: Vec<String> = (0..count).map(|index| format!("\"k{index}\":{index}")).collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}
