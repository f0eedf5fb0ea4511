//! Grouping the same error over sessions, browsers and releases.
//!
//! `v1` hashes the error's type with the functions and files of the frames of its stack that are the site's own
//! ([`crate::stack`]), files without query and content hash, lines left out. Without a usable stack it hashes type and
//! message, with what varies (numbers, ids, URLs, e-mail addresses) replaced. A later version gets another prefix and
//! applies to new events only.

use uuid::Uuid;

use crate::stack;

/// Namespace of version 1, so that equal inputs of another version never meet.
const V1: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_e701);
/// Frames that count: the ones nearest the error tell it apart, the rest is the framework.
const MAX_FRAMES: usize = 8;

/// The group of an error, `v1:` and 32 hexadecimal digits. `None` when there is neither message nor
/// stack.
pub fn group(message: Option<&str>, stack: Option<&str>) -> Option<String> {
    let message = message.unwrap_or_default();
    let kind = error_type(message, stack);
    let frames: Vec<String> = stack
        .unwrap_or_default()
        .lines()
        .filter_map(stack::frame)
        .filter(|frame| frame.is_in_app)
        .take(MAX_FRAMES)
        .map(|frame| format!("{} {}", frame.function, frame.file))
        .collect();
    let text = if !frames.is_empty() {
        format!("{kind}\n{}", frames.join("\n"))
    } else if !message.is_empty() {
        format!("{kind}\n{}", normalise(message))
    } else {
        return None;
    };
    Some(format!("v1:{}", Uuid::new_v5(&V1, text.as_bytes()).simple()))
}

/// `TypeError` of `Uncaught TypeError: x is not a function`; empty when there is none.
fn error_type<'a>(message: &'a str, stack: Option<&'a str>) -> &'a str {
    [message, stack.unwrap_or_default()]
        .into_iter()
        .filter_map(|text| text.lines().next())
        .map(|line| line.trim_start_matches("Uncaught ").trim_start_matches("(in promise) "))
        .filter_map(|line| line.split_once(':'))
        .map(|(kind, _)| kind)
        .find(|kind| {
            !kind.is_empty() && kind.len() <= 64 && kind.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        .unwrap_or_default()
}

/// What stands in place of personal data, which varies as that does.
const MASKS: [&str; 6] = ["[card]", "[email]", "[iban]", "[number]", "[phone]", "[token]"];

/// `message` with what varies from one occurrence to the next replaced by `#`.
fn normalise(message: &str) -> String {
    message
        .split_whitespace()
        .map(|word| {
            let varies = word.contains("://")
                || word.contains('@')
                || MASKS.iter().any(|mask| word.contains(mask))
                || has_digit_run(word);
            if varies { "#" } else { word }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn has_digit_run(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && (digits * 2 >= word.len() || digits >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "TypeError: x is not a function\n    at pay (https://a.test/assets/app.3f9ac0de.js:10:5)\n    at https://a.test/assets/vendor-9b1c2d3e.js:1:99";

    #[test]
    fn a_new_release_of_the_same_code_is_the_same_group() {
        let later = CHROME.replace("3f9ac0de", "77aa00bb").replace("10:5", "12:9");
        assert_eq!(group(Some("x"), Some(CHROME)), group(Some("x"), Some(&later)));
    }

    #[test]
    fn another_function_is_another_group() {
        let other = CHROME.replace("pay", "refund");
        assert_ne!(group(None, Some(CHROME)), group(None, Some(&other)));
    }

    #[test]
    fn without_a_stack_what_varies_in_the_message_is_left_out() {
        let one = group(Some("Error: order 1234 of a@b.test not found at https://a.test/1"), None);
        let two = group(Some("Error: order 98 of c@d.test not found at https://b.test/2"), None);
        assert_eq!(one, two);
        assert_ne!(one, group(Some("Error: basket not found"), None));
    }

    #[test]
    fn what_is_masked_is_left_out_like_what_it_stands_for() {
        let masked = group(Some("Error: order [number] of [email] not found"), None);
        let plain = group(Some("Error: order 123456789 of a@b.test not found"), None);
        assert_eq!(masked, plain);
    }

    #[test]
    fn nothing_known_is_no_group() {
        assert_eq!(group(None, None), None);
        assert_eq!(group(Some(""), Some("")), None);
    }
}
