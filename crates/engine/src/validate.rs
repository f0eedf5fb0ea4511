//! Validates texts written by members; `field` is the wire name of what they wrote.

use domain::email;

use crate::Error;

/// Longest name of something, in characters.
const MAX_NAME_CHARACTERS: usize = 100;

/// A name of 1 to 100 characters without line breaks.
pub(crate) fn name(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() || !is_line(text, MAX_NAME_CHARACTERS) {
        let detail = format!("{field} must have 1 to {MAX_NAME_CHARACTERS} characters");
        return Err(Error::invalid(field, detail));
    }
    Ok(text.to_owned())
}

/// A text without line breaks; may be empty.
pub(crate) fn line(field: &'static str, text: &str, max_chars: usize) -> Result<String, Error> {
    let text = text.trim();
    if !is_line(text, max_chars) {
        let detail = format!("{field} must have at most {max_chars} characters and no line breaks");
        return Err(Error::invalid(field, detail));
    }
    Ok(text.to_owned())
}

/// A text of at least one character that may have line breaks.
pub(crate) fn paragraphs(
    field: &'static str,
    text: &str,
    max_chars: usize,
) -> Result<String, Error> {
    let text = text.trim().replace("\r\n", "\n");
    let is_break = |character: char| matches!(character, '\n' | '\t');
    let has_control =
        text.contains(|character: char| character.is_control() && !is_break(character));
    if text.is_empty() || text.chars().count() > max_chars || has_control {
        let detail = format!("{field} must have 1 to {max_chars} characters");
        return Err(Error::invalid(field, detail));
    }
    Ok(text)
}

/// An e-mail address, as it is stored.
pub(crate) fn email(text: &str) -> Result<String, Error> {
    email::parse(text)
        .ok_or_else(|| Error::invalid("email", "email must be an address such as ana@example.com"))
}

fn is_line(text: &str, max_chars: usize) -> bool {
    text.chars().count() <= max_chars && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_1_to_100_characters_on_one_line() {
        assert_eq!(name("name", " Zoë\n").unwrap(), "Zoë");
        assert!(name("name", &"ü".repeat(100)).is_ok());
        for text in ["", "  ", "a\nb", &"ü".repeat(101)] {
            assert!(name("name", text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn paragraphs_keep_their_line_breaks_and_nothing_else_that_controls() {
        assert_eq!(paragraphs("text", " a\r\nb\tc \n", 5).unwrap(), "a\nb\tc");
        for text in ["", " \n ", "abcdef", "a\u{0}b", "a\u{1b}b"] {
            assert!(paragraphs("text", text, 5).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_line_may_be_empty() {
        assert_eq!(line("phone", "  ", 2).unwrap(), "");
        assert!(line("phone", "ab", 2).is_ok());
        for text in ["abc", "a\tb"] {
            assert!(line("phone", text, 2).is_err(), "{text:?}");
        }
    }
}
