//! How large the parts of an event may be. Longer texts are cut at a character boundary; what
//! cannot be cut without changing its meaning is refused.

use std::borrow::Cow;

/// Most events in one request.
pub const MAX_EVENTS_PER_REQUEST: usize = 5_000;
/// Longest identifier of a visitor, session or user, in bytes.
pub const MAX_ID_BYTES: usize = 200;
/// Longest name of an event, in bytes.
pub const MAX_NAME_BYTES: usize = 100;
/// Longest `Origin` header that is read, in bytes: a scheme, a host name of 253 bytes and a port.
pub const MAX_ORIGIN_BYTES: usize = 300;
/// Longest explanation of a refusal, in bytes: it may quote what was sent.
pub const MAX_DETAIL_BYTES: usize = 300;
/// Longest URL kept, in bytes.
pub const MAX_URL_BYTES: usize = 2_048;
/// Longest title, selector, element text or other short text kept, in bytes.
pub const MAX_TEXT_BYTES: usize = 512;
/// Longest error message kept, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 2_048;
/// Longest stack kept, in bytes.
pub const MAX_STACK_BYTES: usize = 8_192;
/// Largest `metadata` object, in bytes of JSON.
pub const MAX_PROPERTIES_BYTES: usize = 32 * 1_024;
/// How far in the future an event may lie, in seconds.
pub const MAX_FUTURE_SECONDS: i64 = 24 * 3_600;

/// `text` cut to at most `max_bytes`, never inside a character.
pub fn cut(mut text: String, max_bytes: usize) -> String {
    text.truncate(text.floor_char_boundary(max_bytes));
    text
}

/// [`cut`] of a text that may be borrowed.
pub fn cut_cow(text: Cow<'_, str>, max_bytes: usize) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..text.floor_char_boundary(max_bytes)]),
        Cow::Owned(text) => Cow::Owned(cut(text, max_bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_never_splits_a_character() {
        assert_eq!(cut("añb".into(), 2), "a");
        assert_eq!(cut("añb".into(), 3), "añ");
        assert_eq!(cut("ab".into(), 512), "ab");
        assert_eq!(cut_cow("añb".into(), 2), "a");
    }
}
