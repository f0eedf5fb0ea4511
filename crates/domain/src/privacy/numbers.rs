//! Numbers that prove by themselves what they are.

/// Letters and digits of the shortest account number.
const MIN_IBAN: usize = 15;
const MIN_IBAN_DIGITS: usize = 10;

/// The digits of a text, as numbers.
fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// How many digits a text has.
pub(super) fn count_digits(text: &str) -> usize {
    digits(text).count()
}

/// Whether these digits, with what stands between them, pass the check of card numbers (Luhn).
pub(super) fn is_card(text: &str) -> bool {
    let sum: u32 = digits(text)
        .rev()
        .enumerate()
        .map(|(index, digit)| match (index % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether this passes the check of account numbers (ISO 13616): the first four behind the rest, letters
/// as numbers from 10, remainder 1 modulo 97.
pub(super) fn is_iban(text: &str) -> bool {
    let code: Vec<u32> = text.chars().filter_map(|c| c.to_digit(36)).collect();
    if code.len() < MIN_IBAN || count_digits(text) < MIN_IBAN_DIGITS {
        return false;
    }
    let (first, rest) = code.split_at(4);
    let remainder = rest
        .iter()
        .chain(first)
        .fold(0, |remainder, value| (remainder * (if *value > 9 { 100 } else { 10 }) + value) % 97);
    remainder == 1
}
