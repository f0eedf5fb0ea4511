//! E-mail addresses: which texts are one, and how they are compared.

/// Longest address, in bytes: 64 before the `@` and 255 after it (RFC 5321).
pub const MAX_EMAIL_BYTES: usize = 320;

/// The address in `text`, [`folded`]; none when it cannot be one.
///
/// Only a message that arrives proves an address. So what cannot be one is refused, and nothing else:
/// text on both sides of a single `@`, without blanks and control characters. A host needs no dot, since
/// networks of their own have such hosts.
pub fn parse(text: &str) -> Option<String> {
    let email = folded(text);
    let (local, host) = email.split_once('@')?;
    let is_blank = |character: char| character.is_whitespace() || character.is_control();
    let has_shape = !local.is_empty() && !host.is_empty() && !host.contains('@');
    (has_shape && email.len() <= MAX_EMAIL_BYTES && !email.contains(is_blank)).then_some(email)
}

/// An address as it is stored and compared: trimmed, in lower case.
pub fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_folded() {
        assert_eq!(parse(" Zoë.ÅKE@Shop.Test\n").as_deref(), Some("zoë.åke@shop.test"));
        for email in ["a@b", "a+b@shop.test", "o'hara@sub.shop.test", "root@localhost", "x@[::1]"] {
            assert_eq!(parse(email).as_deref(), Some(email));
        }
    }

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        for text in ["", "@", "ana", "ana@", "@shop.test", "a@b@c", "a b@c", "a@b\tc", "a@b\0"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_longest_address_has_320_bytes() {
        let longest = format!("{}@{}", "a".repeat(64), "b".repeat(255));
        assert_eq!(parse(&longest), Some(longest.clone()));
        assert_eq!(parse(&format!("{longest}b")), None);
    }
}
