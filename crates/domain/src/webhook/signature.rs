//! Secrets, and the signature over a message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::id::MessageId;
use crate::time::Timestamp;

/// How a secret begins.
const PREFIX: &str = "whsec_";
/// Bytes of a secret that is made.
const NEW_BYTES: usize = 32;

/// What is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret: use whsec_ and the base64 of 24 to 64 bytes")]
pub struct InvalidSecret;

/// What messages to a webhook are signed with. Shown to people once, and never by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A secret out of fresh random bytes.
    pub fn from_random(random: &[u8; 64]) -> Self {
        Self(random[..NEW_BYTES].to_vec())
    }

    /// Reads `whsec_…`.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| InvalidSecret)?;
        (24..=64).contains(&bytes.len()).then_some(Self(bytes)).ok_or(InvalidSecret)
    }

    /// `whsec_` and base64, as receivers' libraries take it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// `v1,` and the base64 of the HMAC-SHA256 over id, time and body.
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            // HMAC takes keys of every length.
            return String::new();
        };
        mac.update(format!("{id}.{}.{body}", at.seconds()).as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

impl std::fmt::Debug for Secret {
    /// Without the secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(whsec_…)")
    }
}

/// The headers of one attempt to send `body` as the message `id`, signed with each secret that is
/// valid.
pub fn headers(
    id: MessageId,
    at: Timestamp,
    body: &str,
    secrets: &[Secret],
) -> [(&'static str, String); 3] {
    let id = id.to_string();
    let signatures: Vec<String> = secrets.iter().map(|secret| secret.sign(&id, at, body)).collect();
    [
        ("webhook-id", id),
        ("webhook-timestamp", at.seconds().to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::Digest;
    use uuid::Uuid;

    use super::*;

    /// The vector of the specification's own test suites.
    #[test]
    fn the_published_vector_is_signed_as_published() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let at = Timestamp::from_seconds(1_614_265_330);
        assert_eq!(
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_secret_is_read_back_and_never_shown_by_debug() {
        let secret = Secret::from_random(&[7; 64]);
        assert_eq!(Secret::parse(&secret.reveal()), Ok(secret.clone()));
        assert!(!format!("{secret:?}").contains("BwcH"), "{secret:?}");
        let of = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![1; bytes]));
        assert!(Secret::parse(&of(24)).is_ok() && Secret::parse(&of(64)).is_ok());
        for text in ["", "whsec_", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &of(23), &of(65)]
        {
            assert_eq!(Secret::parse(text), Err(InvalidSecret), "{text}");
        }
    }

    #[test]
    fn while_a_secret_is_replaced_both_sign() {
        let (new, old) = (Secret::from_random(&[1; 64]), Secret::from_random(&[2; 64]));
        let id = MessageId(Uuid::from_u128(5));
        let at = Timestamp::from_micros(1_700_000_000_999_999);
        let [named, sent, signed] = headers(id, at, "{}", &[new.clone(), old.clone()]);
        assert_eq!(named, ("webhook-id", "msg_00000000000000000000000000000005".to_owned()));
        assert_eq!(sent, ("webhook-timestamp", "1700000000".to_owned()));
        let each = [new.sign(&named.1, at, "{}"), old.sign(&named.1, at, "{}")];
        assert_eq!(signed, ("webhook-signature", each.join(" ")));
    }

    /// HMAC as RFC 2104 writes it down, of SHA-256.
    fn hmac_by_hand(key: &[u8], text: &[u8]) -> Vec<u8> {
        let mut block = [0_u8; 64];
        block[..key.len()].copy_from_slice(key);
        let padded = |pad: u8| block.map(|byte| byte ^ pad);
        let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
        Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().to_vec()
    }

    proptest! {
        #[test]
        fn any_message_is_signed_as_the_definition_says(
            key in proptest::collection::vec(any::<u8>(), 24..=64),
            body in ".{0,200}",
            seconds in 0_i64..4_000_000_000,
        ) {
            let secret = Secret(key.clone());
            let at = Timestamp::from_seconds(seconds);
            let text = format!("msg_1.{seconds}.{body}");
            let expected = STANDARD.encode(hmac_by_hand(&key, text.as_bytes()));
            prop_assert_eq!(secret.sign("msg_1", at, &body), format!("v1,{expected}"));
        }
    }
}
