//! The ways to write the same thing: digits and signs of other scripts, percent-encoding.

use std::borrow::Cow;

/// How often a text may be escaped as a whole; nobody does it more often by accident.
const MAX_ROUNDS: usize = 4;

/// `text` with the digits, spaces and signs of other scripts as ASCII writes them.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|c| plain_char(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(plain_char).collect())
}

fn plain_char(c: char) -> char {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    match c {
        '０'..='９' => digit('０'),
        '٠'..='٩' => digit('٠'),
        '۰'..='۹' => digit('۰'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '－' => '-',
        '＠' => '@',
        '＋' => '+',
        c => c,
    }
}

/// What is written in `%40`, however often it was escaped; none when nothing is.
pub(super) fn decoded(word: &str) -> Option<String> {
    if !word.contains('%') {
        return None;
    }
    let mut meant = decoded_once(word);
    // What was escaped letter by letter holds escapes of its own.
    for _ in 0..MAX_ROUNDS {
        let next = decoded_once(&meant);
        if next == meant {
            break;
        }
        meant = next;
    }
    Some(meant)
}

fn decoded_once(word: &str) -> String {
    let ascii = decoded_ascii(word);
    decoded_utf8(&ascii).unwrap_or(ascii)
}

/// Escapes of ASCII only, of any depth.
fn decoded_ascii(word: &str) -> String {
    let bytes = word.as_bytes();
    let mut text = String::with_capacity(word.len());
    let mut rest = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%'
            && let Some((letter, length)) = escape(&word[at + 1..])
        {
            text.push_str(&word[rest..at]);
            text.push(letter);
            at += 1 + length;
            rest = at;
        } else {
            at += 1;
        }
    }
    text.push_str(&word[rest..]);
    text
}

/// The letter of `40`, `2540`, `252540`, …, and the length of its code.
fn escape(code: &str) -> Option<(char, usize)> {
    let mut length = 0;
    while code[length..].starts_with("25") && is_ascii_code(&code[length + 2..]) {
        length += 2;
    }
    if !is_ascii_code(&code[length..]) {
        return None;
    }
    let value = u8::from_str_radix(code.get(length..length + 2)?, 16).ok()?;
    Some((char::from(value), length + 2))
}

fn is_ascii_code(code: &str) -> bool {
    matches!(code.as_bytes(), [b'2'..=b'7', second, ..] if second.is_ascii_hexdigit())
}

/// Escapes of UTF-8; none when they are not all well-formed.
fn decoded_utf8(word: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'%' {
            let code = std::str::from_utf8(after.get(..2)?).ok()?;
            if !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            bytes.push(u8::from_str_radix(code, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}
