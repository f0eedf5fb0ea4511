//! Values in the form in which they are stored: smaller than they are told, and back without loss.
//!
//! - An event's **id** is mostly a `UUIDv7` made the moment the event happened. It is stored as its
//!   sixteen bytes, or, when the first six say the same milliseconds as the client's time, as the ten
//!   others.
//! - A **visitor's or session's id** is any text, but mostly a UUID. A UUID in its usual spelling is
//!   stored as its sixteen bytes, any other text as its UTF-8. Of that, a text of just sixteen bytes
//!   gets one more, [`NO_UUID`], which is part of no text.
//! - A **moment near another** is stored as the milliseconds between them. Answers tell no more.
//! - A **small fraction** is stored as a whole number of ten-thousandths, which is what the browser
//!   SDK rounds to, unless it has more digits.

use std::borrow::Cow;

use domain::time::Timestamp;
use uuid::Uuid;

const UUID_BYTES: usize = 16;
/// Bytes at the front of a `UUIDv7` that hold its time.
const TIME_BYTES: usize = 6;
/// Ends a text that would be taken for a UUID.
const NO_UUID: u8 = 0xff;
const TEN_THOUSAND: f64 = 10_000.0;

/// An event's id, where `at` is when it happened by the client's clock.
pub(crate) fn event_id(id: &Uuid, at: Timestamp) -> &[u8] {
    let bytes = id.as_bytes();
    let (time, rest) = bytes.split_at(TIME_BYTES);
    if time_of(at).is_some_and(|of_event| of_event == time) { rest } else { bytes }
}

/// What [`event_id`] stored; none if it has stored no such thing.
pub(crate) fn event_id_told(stored: &[u8], at: Timestamp) -> Option<Uuid> {
    if stored.len() != UUID_BYTES - TIME_BYTES {
        return Uuid::from_slice(stored).ok();
    }
    let mut bytes = [0; UUID_BYTES];
    bytes[..TIME_BYTES].copy_from_slice(&time_of(at)?);
    bytes[TIME_BYTES..].copy_from_slice(stored);
    Some(Uuid::from_bytes(bytes))
}

/// The time as a `UUIDv7` made then begins.
fn time_of(at: Timestamp) -> Option<[u8; TIME_BYTES]> {
    let bytes = u64::try_from(at.millis()).ok()?.to_be_bytes();
    let (high, time) = bytes.split_first_chunk::<2>()?;
    if *high == [0, 0] { time.try_into().ok() } else { None }
}

/// A visitor's or session's id.
pub(crate) fn id(text: &str) -> Cow<'_, [u8]> {
    if let Ok(uuid) = Uuid::try_parse(text)
        && text == uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer())
    {
        return Cow::Owned(uuid.as_bytes().to_vec());
    }
    if text.len() == UUID_BYTES {
        return Cow::Owned([text.as_bytes(), &[NO_UUID]].concat());
    }
    Cow::Borrowed(text.as_bytes())
}

/// What [`id`] stored, written to `buffer` if need be; none if it has stored no such thing.
pub(crate) fn id_told<'a>(stored: &'a [u8], buffer: &'a mut [u8; 45]) -> Option<&'a str> {
    if let Ok(uuid) = Uuid::from_slice(stored) {
        return Some(uuid.hyphenated().encode_lower(buffer));
    }
    std::str::from_utf8(stored.strip_suffix(&[NO_UUID]).unwrap_or(stored)).ok()
}

/// The milliseconds from one moment to a later one; negative to an earlier one.
pub(crate) fn millis_between(from: Timestamp, to: Timestamp) -> i64 {
    to.millis().saturating_sub(from.millis())
}

/// The moment that many milliseconds after `from`: to the millisecond the one that was stored.
pub(crate) fn after(from: Timestamp, millis: i64) -> Timestamp {
    Timestamp::from_millis(from.millis().saturating_add(millis))
}

/// The fraction in ten-thousandths, if it is a whole number of them.
pub(crate) fn ten_thousandths(fraction: f64) -> Option<i32> {
    let rounded = (fraction * TEN_THOUSAND).round();
    if !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&rounded) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the check above")]
    let whole = rounded as i32;
    // Bits, because a negative zero must stay one.
    (fraction_told(whole).to_bits() == fraction.to_bits()).then_some(whole)
}

/// The fraction of so many ten-thousandths.
fn fraction_told(ten_thousandths: i32) -> f64 {
    f64::from(ten_thousandths) / TEN_THOUSAND
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Option<String> {
        id_told(&id(text), &mut Uuid::encode_buffer()).map(str::to_owned)
    }

    #[test]
    fn an_id_made_at_the_events_time_leaves_the_time_out() {
        let at = Timestamp::from_micros(1_795_132_800_123_456);
        let made_then = uuid::Builder::from_unix_timestamp_millis(1_795_132_800_123, &[7; 10]);
        let id = made_then.into_uuid();
        assert_eq!(event_id(&id, at).len(), 10);
        assert_eq!(event_id(&id, at.plus_micros(1_000)).len(), 16);
        assert_eq!(event_id_told(b"short", at), None);
    }

    #[test]
    fn a_uuid_takes_sixteen_bytes_and_nothing_else_does() {
        let usual = "018f3f3e-7d1c-7cc2-9d4e-1f2a3b4c5d6e";
        assert_eq!(id(usual).len(), 16);
        for other in ["", "visitor", "0123456789abcdef", "0123456789abcdéf", "visitor-\u{0}-\u{ff}"]
        {
            assert_ne!(id(other).len(), 16, "{other}");
            assert_eq!(told(other).as_deref(), Some(other));
        }
        for spelling in [usual.to_uppercase(), usual.replace('-', ""), format!("{{{usual}}}")] {
            assert_eq!(told(&spelling), Some(spelling));
        }
    }

    #[test]
    fn a_fraction_with_more_than_four_digits_is_not_rounded() {
        for (fraction, expected) in [
            (0.1234, Some(1_234)),
            (0.3, Some(3_000)),
            (-2.5, Some(-25_000)),
            (0.12345, None),
            (0.1 + 0.2, None),
            (-0.0, None),
            (1e9, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(ten_thousandths(fraction), expected, "{fraction}");
        }
    }

    proptest! {
        #[test]
        fn every_event_id_comes_back(bits in any::<u128>(), micros in any::<i64>(), is_own in any::<bool>()) {
            let at = Timestamp::from_micros(micros);
            let id = match time_of(at) {
                Some(time) if is_own => {
                    let mut bytes = bits.to_be_bytes();
                    bytes[..TIME_BYTES].copy_from_slice(&time);
                    Uuid::from_bytes(bytes)
                }
                _ => Uuid::from_u128(bits),
            };
            prop_assert_eq!(event_id_told(event_id(&id, at), at), Some(id));
        }

        #[test]
        fn every_id_comes_back_and_no_two_are_stored_alike(one in ".{0,20}", bits in any::<u128>()) {
            let other = Uuid::from_u128(bits).to_string();
            prop_assert_eq!(told(&one), Some(one.clone()));
            prop_assert_eq!(told(&other), Some(other.clone()));
            prop_assert_ne!(id(&one), id(&other));
        }

        #[test]
        fn every_moment_comes_back_to_the_millisecond(from in any::<i64>(), to in any::<i64>()) {
            let (from, to) = (Timestamp::from_micros(from), Timestamp::from_micros(to));
            prop_assert_eq!(after(from, millis_between(from, to)).millis(), to.millis());
        }

        #[test]
        fn every_whole_number_of_ten_thousandths_comes_back(whole in any::<i32>()) {
            prop_assert_eq!(ten_thousandths(fraction_told(whole)), Some(whole));
        }
    }
}
