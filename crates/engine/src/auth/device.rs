//! Known devices: browsers in which a member has signed in before.
//!
//! A browser keeps a token that only a sign-in gives: when it was made, random bytes that name the device,
//! and the HMAC of both, keyed by the member's password hash. So nothing is stored, it ends with the
//! password, and it is no proof of who one is: only failures with it are counted apart from strangers'.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use crate::Error;
use crate::ports::catalog::Member;

/// How long a device is known after a sign-in: 400 days, as long as browsers keep a cookie.
pub(super) const DEVICE_SECONDS: i64 = 400 * 86_400;
const ID_BYTES: usize = 16;
const TIME_BYTES: usize = 8;
const MAC_BYTES: usize = 32;
const TOKEN_BYTES: usize = TIME_BYTES + ID_BYTES + MAC_BYTES;

/// A device, by its random bytes.
pub(super) type DeviceId = [u8; ID_BYTES];

/// The token of a new device of this member: hexadecimal digits.
pub(super) fn token(
    member: &Member,
    random: &[u8; 64],
    now: Timestamp,
) -> Result<SecretString, Error> {
    let id: DeviceId = std::array::from_fn(|index| random[index]);
    let time = now.micros().to_be_bytes();
    let mac = mac(Some(member), time, id)?.finalize().into_bytes();
    Ok(HEXLOWER.encode(&[&time[..], &id, &mac].concat()).into())
}

/// The device of a token, if it is one of this member's. Takes as long when there is no such member.
pub(super) fn known(
    token: Option<&str>,
    member: Option<&Member>,
    now: Timestamp,
) -> Result<Option<DeviceId>, Error> {
    let bytes = token.and_then(decoded).unwrap_or([0; TOKEN_BYTES]);
    let time: [u8; TIME_BYTES] = std::array::from_fn(|index| bytes[index]);
    let id: DeviceId = std::array::from_fn(|index| bytes[TIME_BYTES + index]);
    let is_genuine = mac(member, time, id)?.verify_slice(&bytes[TIME_BYTES + ID_BYTES..]).is_ok();
    let ends_at = Timestamp::from_micros(i64::from_be_bytes(time)).plus_seconds(DEVICE_SECONDS);
    Ok((member.is_some() && is_genuine && now < ends_at).then_some(id))
}

fn decoded(token: &str) -> Option<[u8; TOKEN_BYTES]> {
    HEXLOWER_PERMISSIVE.decode(token.as_bytes()).ok()?.try_into().ok()
}

fn mac(
    member: Option<&Member>,
    time: [u8; TIME_BYTES],
    id: DeviceId,
) -> Result<Hmac<Sha256>, Error> {
    let key = member.map_or("", |member| member.password_hash.expose_secret());
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(Error::internal)?;
    mac.update(b"footfall device");
    mac.update(&member.map_or([0; 16], |member| member.id.0.into_bytes()));
    mac.update(&time);
    mac.update(&id);
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use domain::id::MemberId;
    use uuid::Uuid;

    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);

    fn member(number: u128, hash: &str) -> Member {
        Member {
            id: MemberId(Uuid::from_u128(number)),
            email: "owner@shop.test".to_owned(),
            name: "Olga".to_owned(),
            password_hash: hash.into(),
            created_at: NOON,
        }
    }

    #[test]
    fn a_device_is_known_to_its_member_until_the_password_changes_or_time_is_up() {
        let owner = member(1, "hash");
        let token = token(&owner, &[7; 64], NOON).expect("a token");
        let token = token.expose_secret();
        let is_known = |token: &str, member: Option<&Member>, now| {
            known(Some(token), member, now).expect("a key").is_some()
        };
        assert_eq!(known(Some(token), Some(&owner), NOON).expect("a key"), Some([7; 16]));
        let end = NOON.plus_seconds(DEVICE_SECONDS);
        assert!(is_known(token, Some(&owner), end.plus_micros(-1)));
        assert!(!is_known(token, Some(&owner), end));
        assert!(!is_known(token, Some(&member(1, "another hash")), NOON));
        assert!(!is_known(token, Some(&member(2, "hash")), NOON));
        assert!(!is_known(token, None, NOON));
    }

    #[test]
    fn no_other_token_is_known() {
        let owner = member(1, "hash");
        let genuine = token(&owner, &[7; 64], NOON).expect("a token");
        let genuine = genuine.expose_secret();
        for index in 0..genuine.len() {
            let digit = if &genuine[index..=index] == "0" { "1" } else { "0" };
            let other = format!("{}{digit}{}", &genuine[..index], &genuine[index + 1..]);
            assert_eq!(known(Some(&other), Some(&owner), NOON).expect("a key"), None, "{index}");
        }
        for other in ["", "0", &genuine[1..], &"é".repeat(TOKEN_BYTES), &"0".repeat(112)] {
            assert_eq!(known(Some(other), Some(&owner), NOON).expect("a key"), None, "{other}");
        }
        assert_eq!(known(None, Some(&owner), NOON).expect("a key"), None);
        assert_eq!(known(Some(&"0".repeat(112)), None, NOON).expect("a key"), None);
    }
}
