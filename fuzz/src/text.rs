//! Texts that readers stumble over: by length, by script, by what they look like.

use crate::random::Random;

/// Texts that mean something to some reader.
pub const NASTY: [&str; 50] = [
    "",
    " ",
    "\0",
    "a\0b",
    "\u{feff}x",
    "\u{202e}gpj.exe",
    "e\u{301}\u{301}\u{301}\u{301}",
    "ÀÉÎÕÜ",
    "İstanbul ﬁ ß",
    "日本語テキスト",
    "👩‍👩‍👧‍👦",
    "\r\nSet-Cookie: a=b",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "%00",
    "%",
    "%zz",
    "null",
    "true",
    "NaN",
    "-0",
    "1e400",
    "9223372036854775808",
    "-9223372036854775808",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:60.999999999Z",
    "2026-02-30T00:00:00Z",
    "2026-06-01T12:00:00+25:00",
    "-009999-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999999Z",
    "2026-11-21T12:00:00.000000Z",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "{11111111-1111-1111-1111-111111111111}",
    "http://",
    "https://a:b@shop.test:99999/?token=x#y=z",
    "https://[::ffff:127.0.0.1]/",
    "http://0x7f.1/",
    "https://xn--/",
    "https://shop.test/%ff%fe?%",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "owner@shop.test",
    "OWNER@SHOP.TEST",
    "\"quoted\"@[127.0.0.1]",
    "+255 712 345 678",
    "4111 1111 1111 1111",
];

/// How long texts become: around the limits that readers have.
const LENGTHS: [usize; 12] = [1, 63, 64, 127, 128, 129, 200, 201, 513, 2_049, 8_193, 70_000];

/// A text of any kind.
pub fn any(random: &mut Random) -> String {
    match random.below(8) {
        0 => long(random),
        1 => characters(random),
        2 => random.pick(&NASTY).to_owned() + random.pick(&NASTY),
        _ => random.pick(&NASTY).to_owned(),
    }
}

/// A text as long as a limit, or a little longer.
fn long(random: &mut Random) -> String {
    let piece =
        random.pick(&["a", "é", "👍", "\\", "\"", "0", "(", "a@", "a.", "%", "&a=b", "/.."]);
    let length = LENGTHS[random.below(LENGTHS.len())];
    piece.repeat(length.div_ceil(piece.len()))
}

/// Characters from everywhere.
fn characters(random: &mut Random) -> String {
    let count = random.small(40);
    std::iter::repeat_with(|| {
        let range = [0x80, 0x300, 0x1_0000, 0x11_0000][random.below(4)];
        u32::try_from(random.below(range)).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
    })
    .take(count)
    .collect()
}

/// Words of a grammar in any order, with a nasty text here and there.
pub fn from_vocabulary(random: &mut Random, words: &[&str]) -> String {
    let count = 1 + random.small(12);
    let mut text = String::new();
    for _ in 0..count {
        if random.one_in(12) {
            text.push_str(&any(random));
        } else {
            text.push_str(random.pick(words));
        }
    }
    text
}
