//! U+0000 in what is sent: no shop means it, and PostgreSQL cannot store it in a text.
//!
//! In JSON it can stand only as the escape `\u0000`, which is as long as that of U+FFFD; so it is
//! replaced in the body's bytes, once for all contracts, before anything is read or kept of them.

use bytes::Bytes;
use memchr::memmem;

const NUL: &[u8] = b"\\u0000";
const REPLACEMENT: &[u8] = b"\\ufffd";

/// The body with U+FFFD where it escaped U+0000. Without one it is the body itself, not copied.
pub(super) fn replaced(body: Bytes) -> Bytes {
    let found: Vec<usize> =
        memmem::find_iter(&body, NUL).filter(|at| !is_escaped(&body[..*at])).collect();
    if found.is_empty() {
        return body;
    }
    let mut body = body.to_vec();
    for at in found {
        body[at..at + NUL.len()].copy_from_slice(REPLACEMENT);
    }
    body.into()
}

/// Whether a character after `before` is escaped: whether an odd number of backslashes precedes it.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_nul_are_replaced_and_nothing_else() {
        for (sent, kept) in [
            (r#"{"a":"b"}"#, r#"{"a":"b"}"#),
            (r#""\u0000""#, r#""\ufffd""#),
            (r#""x\u0000\u0000y""#, r#""x\ufffd\ufffdy""#),
            // A backslash, and then the text u0000.
            (r#""\\u0000""#, r#""\\u0000""#),
            (r#""\\\u0000""#, r#""\\\ufffd""#),
            (r#""\u00001""#, r#""\ufffd1""#),
            (r#""\u0001u0000""#, r#""\u0001u0000""#),
            (r"\u000", r"\u000"),
            ("", ""),
        ] {
            assert_eq!(replaced(Bytes::from_static(sent.as_bytes())), kept, "{sent}");
        }
    }
}
