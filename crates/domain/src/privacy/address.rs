//! Masks an IP address down to its network part.

use std::net::IpAddr;

/// The address with its host part masked: the last two octets of IPv4 (`196.249.xxx.xxx`), all but
/// the first three groups of IPv6 (`2a02:8109:9400:xxxx`). IPv4-mapped IPv6 is masked as IPv4.
pub fn mask_ip(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            format!("{first}.{second}.xxx.xxx")
        }
        IpAddr::V6(address) => {
            let [first, second, third, ..] = address.segments();
            format!("{first:x}:{second:x}:{third:x}:xxxx")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_network_part_stays() {
        let mask = |text: &str| mask_ip(text.parse().expect("address"));
        assert_eq!(mask("196.249.12.34"), "196.249.xxx.xxx");
        assert_eq!(mask("::ffff:196.249.12.34"), "196.249.xxx.xxx");
        assert_eq!(mask("2a02:8109:9400:1:2:3:4:5"), "2a02:8109:9400:xxxx");
    }
}
