//! Scans a text once for features the masking rules need; most texts have none.

/// Letters of the shortest token that is known by its look alone.
const TOKEN: usize = 20;
/// Letters of the shortest token that is known by what stands before it.
const SHORT_TOKEN: usize = 8;
/// Digits of the shortest number that is masked.
const NUMBER: usize = 7;
/// Digits of the shortest account number.
const ACCOUNT: usize = 10;

/// What the rules look for.
#[derive(Debug, Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "a row of findings")]
pub(super) struct TextFeatures {
    pub(super) has_at: bool,
    pub(super) has_percent: bool,
    pub(super) has_equals: bool,
    pub(super) has_token: bool,
    pub(super) has_path_token: bool,
    pub(super) has_named_secret: bool,
    pub(super) has_number: bool,
    pub(super) has_account: bool,
}

impl TextFeatures {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut digits = 0_usize;
        let (mut run, mut run_digits) = (0_usize, 0_usize);
        let (mut has_slash, mut has_colon, mut has_short_token) = (false, false, false);
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    run_digits += 1;
                    run += 1;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' | b'.' | b'~' => run += 1,
                other => {
                    match other {
                        b'@' => found.has_at = true,
                        b'%' => found.has_percent = true,
                        b'=' => found.has_equals = true,
                        b'/' => has_slash = true,
                        b':' => has_colon = true,
                        _ => {}
                    }
                    (run, run_digits) = (0, 0);
                }
            }
            found.has_token |= run >= TOKEN && run_digits > 0;
            has_short_token |= run >= SHORT_TOKEN && run_digits > 0;
        }
        found.has_path_token = has_slash && has_short_token;
        found.has_named_secret = digits > 0 && (has_colon || found.has_equals || has_bearer(text));
        found.has_number = digits >= NUMBER;
        found.has_account = digits >= ACCOUNT;
        found
    }

    /// No rule is about a text like this.
    pub(super) fn is_harmless(self) -> bool {
        !(self.has_at
            || self.has_percent
            || self.has_equals
            || self.has_token
            || self.has_path_token
            || self.has_named_secret
            || self.has_number)
    }
}

fn has_bearer(text: &str) -> bool {
    text.as_bytes().windows(7).any(|word| word.eq_ignore_ascii_case(b"bearer "))
}
