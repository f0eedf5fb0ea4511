//! The text of API keys: `fk_` or `fs_` and 32 characters of `[A-Za-z0-9]`; what secret keys may do.

use crate::role::Role;

/// Prefix of a public ingest key: it may only write.
pub const INGEST_PREFIX: &str = "fk_";
/// Prefix of a secret key: it reads or reports, and never comes from a browser.
pub const SECRET_PREFIX: &str = "fs_";
/// Prefix of a share link's token: it shows one page of the dashboard to anyone who has it.
pub const SHARE_PREFIX: &str = "fl_";
/// Random characters after the prefix.
pub const RANDOM_LENGTH: usize = 32;
/// Requests a minute a new key is allowed.
pub const DEFAULT_RATE_LIMIT_PER_MINUTE: u32 = 1_000;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// What a secret key may do in its project. None includes another's reporting: a program that only asks
/// for figures cannot change them, and one that reports orders reads nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretKeyRole {
    /// What a member who is an admin may do.
    Admin,
    /// What a member who is an analyst may do.
    Analyst,
    /// Report orders and bookings, and nothing else.
    Writer,
}

impl SecretKeyRole {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Analyst, Self::Writer];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Analyst => "analyst",
            Self::Writer => "writer",
        }
    }

    /// The role of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// The role of a member in whose place it stands; none for one that reports only.
    pub const fn member_role(self) -> Option<Role> {
        match self {
            Self::Admin => Some(Role::Admin),
            Self::Analyst => Some(Role::Analyst),
            Self::Writer => None,
        }
    }

    /// Whether it may report orders and bookings.
    pub const fn may_write(self) -> bool {
        matches!(self, Self::Writer)
    }
}

/// A key's text from random bytes. Bytes of 248 and above are passed over so that every character
/// is equally likely; `None` when `random` held too few usable bytes (64 suffice but for a chance
/// of less than one in 10^18).
pub fn from_random(prefix: &str, random: &[u8]) -> Option<String> {
    let characters: String = random
        .iter()
        .filter(|byte| **byte < 248)
        .take(RANDOM_LENGTH)
        .map(|byte| char::from(ALPHABET[usize::from(byte % 62)]))
        .collect();
    (characters.len() == RANDOM_LENGTH).then(|| format!("{prefix}{characters}"))
}

/// Whether `text` has the shape of an ingest key. Says nothing about whether it exists.
pub fn is_ingest_key(text: &str) -> bool {
    has_shape(INGEST_PREFIX, text)
}

/// Whether `text` has the shape of a secret key. Says nothing about whether it exists.
pub fn is_secret_key(text: &str) -> bool {
    has_shape(SECRET_PREFIX, text)
}

/// Whether `text` has the shape of a share link's token. Says nothing about whether it exists.
pub fn is_share_token(text: &str) -> bool {
    has_shape(SHARE_PREFIX, text)
}

fn has_shape(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        rest.len() == RANDOM_LENGTH && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_key_is_no_ingest_key() {
        let random: Vec<u8> = (0..=255).collect();
        let key = from_random(SECRET_PREFIX, &random).unwrap_or_default();
        assert!(is_secret_key(&key) && !is_ingest_key(&key), "{key}");
        assert!(!is_secret_key("fs_short"));
    }

    #[test]
    fn a_key_has_its_prefix_and_32_alphanumeric_characters() {
        let random: Vec<u8> = (0..=255).collect();
        let key = from_random(INGEST_PREFIX, &random).unwrap_or_default();
        assert!(is_ingest_key(&key), "{key}");
        assert_eq!(from_random(INGEST_PREFIX, &[255; 64]), None);
        assert!(!is_ingest_key("fk_short"));
        assert!(!is_ingest_key("fs_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"));
    }
}
