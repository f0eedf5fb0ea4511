//! The rules, in the order in which they are applied.
//!
//! Patterns are those of the SDK, letter by letter where both languages allow it. The engine behind them
//! takes time linear in the text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::features::TextFeatures;
use super::numbers::{count_digits, is_card, is_iban};

/// Files of code are named by hashes of their contents: these stay.
const FILE: &str = r"((?:\.[\w-]+)*\.(?:[mc]?js|css|map|wasm)\b)?";
/// Before a number: no other digits, and no decimal point.
const BEFORE: &str = r"(^|[^\d.]|\D\.)";
/// Digits of the shortest phone number that nothing announces.
const MIN_PHONE: usize = 9;
/// The same where a word announces it.
const MIN_NAMED_PHONE: usize = 7;
/// Digits of a long number.
const MIN_NUMBER: usize = 9;

const USER_INFO: &str = r#"//[^\s/?#"'<>]*@"#;
const QUERY: &str = r#"(?:\?[^?\s"'<>=]*|#[\w.%-]*)=[^\s"'<>)]*"#;
const POSITION: &str = r"(:\d+:\d+)?$";
const EMAIL: &str = concat!(
    r##"(?:"[^"\n]{1,64}"|[^\s"#&-),/:-@\[-\]`{-}](?:'?[^\s"#&-),/:-@\[-\]`{-}]){0,127})\\?@"##,
    r"(?:\[(?:IPv6:)?[\d.:a-fA-F]+\]|(?:[^\s!-,./:-@\[-^`{-~]+\\?\.)+([^\s!-,./:-@\[-^`{-~]{2,}))",
);
/// Endings of what looks like an address and is a file or a version.
const NO_DOMAIN: &str = r"^(?i:\d.*|[mc]?js|css|map|png|jpe?g|gif|svg|webp|html?|json|tsx?)$";
const IBAN: &str = r"\b(?i:[a-z]{2}\d\d(?:[ -]?[a-z\d]){11,30})";
const NAMED_SECRET: &str = concat!(
    r"(?i)((?:token|secret|passw(?:or)?d|pwd|(?:api|access)[_-]?key|authorization|",
    r#"\b(?:otp|cvv|cvc|pin|ssn))["']? ?[:=] ?["']?(?:basic |bearer )?|\bbearer )([^\s"'&,;<>)]{3,})()"#,
);
const PATH_SECRET: &str = concat!(
    r"(?i)((?:reset|verif|confirm|invit|magic|activat|unsubscribe|token|password)[\w-]*/)",
    r"([\w~-]{8,})",
);
const TOKEN: &str = r"A[KS]IA[A-Z\d]{16}|eyJ[\w.-]{17,}|([\w-]{20,})";
const CARD: &str = concat!(
    r"([2-6]\d{3}[ .+_-]?\d{4}[ .+_-]?\d{4}[ .+_-]?\d{1,7}|3\d{3}[ .+_-]?\d{6}[ .+_-]?\d{4,5})",
    r"((?:[ .+_-]?\d{3}\b)?)(\d*)",
);
const INTERNATIONAL_PHONE: &str = r"\+ ?\(?\d(?:[ ().+/-]{0,2}\d){7,}";
const NATIONAL_PHONE: &str = concat!(
    r"(0\d(?:[ +()/-]{0,2}\d){7,}|0\d(?:\.\d\d){4}|0\d{2,3}\.\d{3,4}\.\d{3,4}|",
    r"\(\d{2,5}\)[ -]?\d{2,5}(?:[ -]?\d{2,5}){1,3}|[2-9]\d\d[ .-][2-9]\d\d[ .-]\d{4}\b|",
    r"1\d\d[ -]\d{4}[ -]\d{4}\b|[6-9]\d{4} \d{5}\b|\d{3} \d\d \d\d \d\d\b)",
);
const NAMED_PHONE: &str =
    r"(?i)\b((?:tel|phone|mobile|whatsapp|call|fax|simu)\b\D{0,3})(\d(?:[ .-]?\d){6,})";
const NUMBER: &str = r"(\d{9,})([\w.-]*\.(?:[mc]?js|css|map|wasm)\b)?";
const GROUPED_NUMBER: &str = r"()(\d+(?:-\d+){2,})";
const DATE: &str = r"^\(?(\d\d?[-./ ]\d\d?[-./ ])?(19|20)\d\d(\D|$)";
/// Words of a language, which a token has none of.
const WORDS: &str = r"[A-Z][a-z]{3,}|[a-z]{4,}";
const SHORT_WORDS: &str = r"[A-Z]?[a-z]+|[A-Z]+|\d+";

/// The compiled patterns; the error of one that is none, which a test rules out.
pub(super) static RULES: LazyLock<Result<MaskingRules, regex::Error>> =
    LazyLock::new(MaskingRules::compile);

/// Patterns, compiled.
pub(super) struct MaskingRules {
    user_info: Regex,
    query: Regex,
    position: Regex,
    email: Regex,
    no_domain: Regex,
    iban: Regex,
    named_secret: Regex,
    path_secret: Regex,
    token: Regex,
    card: Regex,
    international_phone: Regex,
    national_phone: Regex,
    named_phone: Regex,
    number: Regex,
    grouped_number: Regex,
    date: Regex,
    words: Regex,
    short_words: Regex,
}

/// Digits, letters and edges of words are those of ASCII, as they are in the SDK.
fn compile(parts: &[&str]) -> Result<Regex, regex::Error> {
    let ascii =
        [(r"\d", "[0-9]"), (r"\w", "[0-9A-Za-z_]"), (r"\D", "[^0-9]"), (r"\b", r"(?-u:\b)")];
    let source = ascii.iter().fold(parts.concat(), |source, (from, to)| source.replace(from, to));
    Regex::new(&source)
}

impl MaskingRules {
    fn compile() -> Result<Self, regex::Error> {
        Ok(Self {
            user_info: compile(&[USER_INFO])?,
            query: compile(&[QUERY])?,
            position: compile(&[POSITION])?,
            email: compile(&[EMAIL])?,
            no_domain: compile(&[NO_DOMAIN])?,
            iban: compile(&[IBAN])?,
            named_secret: compile(&[NAMED_SECRET])?,
            path_secret: compile(&[PATH_SECRET, FILE])?,
            token: compile(&[TOKEN, FILE])?,
            card: compile(&[BEFORE, CARD])?,
            international_phone: compile(&[INTERNATIONAL_PHONE])?,
            national_phone: compile(&[BEFORE, NATIONAL_PHONE])?,
            named_phone: compile(&[NAMED_PHONE])?,
            number: compile(&[BEFORE, NUMBER])?,
            grouped_number: compile(&[GROUPED_NUMBER])?,
            date: compile(&[DATE])?,
            words: compile(&[WORDS])?,
            short_words: compile(&[SHORT_WORDS])?,
        })
    }

    /// The text with everything masked that a rule finds. `query` says what stays of a query.
    pub(super) fn apply(
        &self,
        text: &str,
        found: TextFeatures,
        query: &dyn Fn(&str) -> String,
    ) -> String {
        let mut text = text.to_owned();
        if found.has_at {
            replace(&mut text, &self.user_info, |_| "//".to_owned());
        }
        if found.has_equals {
            replace(&mut text, &self.query, |part| self.without_position(&part[0], query));
        }
        if found.has_at {
            replace(&mut text, &self.email, |part| self.email(part));
        }
        if found.has_account {
            replace(&mut text, &self.iban, |part| iban(&part[0]));
        }
        if found.has_named_secret {
            replace(&mut text, &self.named_secret, secret);
        }
        if found.has_path_token {
            replace(&mut text, &self.path_secret, secret);
        }
        if found.has_token {
            replace(&mut text, &self.token, |part| self.token(part));
        }
        if found.has_number {
            self.mask_numbers(&mut text);
        }
        text
    }

    fn mask_numbers(&self, text: &mut String) {
        replace(text, &self.card, card);
        replace(text, &self.international_phone, |_| "[phone]".to_owned());
        replace(text, &self.national_phone, |part| self.number(part, "[phone]", MIN_PHONE));
        replace(text, &self.named_phone, |part| self.number(part, "[phone]", MIN_NAMED_PHONE));
        replace(text, &self.number, |part| match part.get(3) {
            Some(_) => part[0].to_owned(),
            None => format!("{}[number]", &part[1]),
        });
        replace(text, &self.grouped_number, |part| self.number(part, "[number]", MIN_NUMBER));
    }

    /// Frames of stacks end in line and column, which stay.
    fn without_position(&self, part: &str, query: &dyn Fn(&str) -> String) -> String {
        let end = self.position.find(part).map_or(part.len(), |position| position.start());
        format!("{}{}", query(&part[..end]), &part[end..])
    }

    fn email(&self, part: &Captures<'_>) -> String {
        let is_file = part.get(1).is_some_and(|end| self.no_domain.is_match(end.as_str()));
        if is_file { part[0].to_owned() } else { "[email]".to_owned() }
    }

    fn token(&self, part: &Captures<'_>) -> String {
        let is_known = part.get(1).is_none();
        let is_file = part.get(2).is_some();
        if is_known || (!is_file && self.is_random(&part[1])) {
            "[token]".to_owned()
        } else {
            part[0].to_owned()
        }
    }

    /// Letters and digits mixed, in words too short to be anybody's language.
    fn is_random(&self, run: &str) -> bool {
        let rest = self.words.replace_all(run, "-");
        let (words, length) = self
            .short_words
            .find_iter(&rest)
            .fold((0, 0), |(words, length), word| (words + 1, length + word.len()));
        let changes = run
            .as_bytes()
            .windows(2)
            .filter(|pair| match pair {
                [a, b] => {
                    (a.is_ascii_digit() && b.is_ascii_alphabetic())
                        || (a.is_ascii_alphabetic() && b.is_ascii_digit())
                }
                _ => false,
            })
            .count();
        length > 11 && 2 * length < 7 * words && changes > 1
    }

    /// A number as people write it, unless it is a date.
    fn number(&self, part: &Captures<'_>, mask: &str, min_digits: usize) -> String {
        let number = &part[2];
        if count_digits(number) < min_digits || self.date.is_match(number) {
            part[0].to_owned()
        } else {
            format!("{}{mask}", &part[1])
        }
    }
}

fn replace(text: &mut String, rule: &Regex, by: impl Fn(&Captures<'_>) -> String) {
    if let std::borrow::Cow::Owned(changed) = rule.replace_all(text, by) {
        *text = changed;
    }
}

/// The longest beginning that is an account number: what follows one may look like a part of it.
fn iban(text: &str) -> String {
    let is_edge = |end: usize| {
        text.as_bytes().get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
    };
    (15..=text.len())
        .rev()
        .filter(|end| text.is_char_boundary(*end) && is_edge(*end))
        .find(|end| is_iban(&text[..*end]))
        .map_or_else(|| text.to_owned(), |end| format!("[iban]{}", &text[end..]))
}

fn secret(part: &Captures<'_>) -> String {
    let is_file = part.get(3).is_some_and(|file| !file.is_empty());
    if is_file || count_digits(&part[2]) == 0 {
        part[0].to_owned()
    } else {
        format!("{}[token]", &part[1])
    }
}

fn card(part: &Captures<'_>) -> String {
    let (before, number, tail, rest) = (&part[1], &part[2], &part[3], &part[4]);
    if !rest.is_empty() {
        part[0].to_owned()
    } else if is_card(&format!("{number}{tail}")) {
        format!("{before}[card]")
    } else if is_card(number) {
        format!("{before}[card]{tail}")
    } else if number.starts_with(['3', '4', '5', '6']) {
        format!("{before}[number]{tail}")
    } else {
        part[0].to_owned()
    }
}
