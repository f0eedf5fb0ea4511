//! Which addresses are the public internet's: what somebody else writes down may be called there, and
//! nowhere else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of IPv4 that are not the public internet's, as first address and prefix length: the special
/// purpose registry of RFC 6890 and what was added to it.
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 17] = [
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Most clouds answer for their metadata at 169.254.169.254.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // One asks for it at an address that looks public.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, reserved, broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// Blocks within `2000::/3`, the only part of IPv6 that is given out, that are not the public internet's.
const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 5] = [
    // Teredo and other protocols' own.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4: leads to an IPv4 address of the writer's choice.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// The IPv4 address behind an IPv6 one, where a connection to the one is a connection to the other:
/// mapped (`::ffff:0:0/96`) or by NAT64 (`64:ff9b::/96`). Every other address stands for itself.
pub fn actual(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let [prefix @ .., high, low] = v6.segments();
    if matches!(prefix, [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0]) {
        let ([first, second], [third, fourth]) = (high.to_be_bytes(), low.to_be_bytes());
        return Ipv4Addr::new(first, second, third, fourth).into();
    }
    address
}

/// Whether an address belongs to the public internet: not to this machine, its network, a cloud's
/// metadata, or a range with a purpose of its own.
pub fn is_public(address: IpAddr) -> bool {
    match actual(address) {
        IpAddr::V4(v4) => !NOT_PUBLIC_V4
            .iter()
            .any(|(first, length)| (v4.to_bits() ^ first.to_bits()).leading_zeros() >= *length),
        IpAddr::V6(v6) => {
            let is_allocated = v6.segments()[0] >> 13 == 1;
            is_allocated
                && !NOT_PUBLIC_V6.iter().any(|(first, length)| {
                    (v6.to_bits() ^ first.to_bits()).leading_zeros() >= *length
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn the_public_internet_is_public() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "168.63.129.15",
            "168.63.129.17",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:200::1",
            "2a00:1450::1",
            "3ffe::1",
            "::ffff:1.1.1.1",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(public(text), "{text}");
        }
    }

    #[test]
    fn this_machine_its_network_and_metadata_are_not() {
        for text in [
            "0.0.0.0",
            "0.255.255.255",
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::1.1.1.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2001:10::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "2620:4f:8000::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!public(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_form_of_an_address_is_what_the_address_is(bits: u32) {
            let v4 = Ipv4Addr::from_bits(bits);
            let [_, _, _, _, _, _, high, low] = v4.to_ipv6_mapped().segments();
            let nat64 = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low);
            prop_assert_eq!(is_public(v4.into()), is_public(v4.to_ipv6_mapped().into()));
            prop_assert_eq!(is_public(v4.into()), is_public(nat64.into()));
            prop_assert!(!is_public(v4.to_ipv6_compatible().into()));
            prop_assert!(!is_public(Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1).into()));
        }

        #[test]
        fn what_the_standard_library_calls_special_is_not_public(bits: u32) {
            let v4 = Ipv4Addr::from_bits(bits);
            let is_special = v4.is_private() || v4.is_loopback() || v4.is_link_local()
                || v4.is_multicast() || v4.is_broadcast() || v4.is_documentation()
                || v4.is_unspecified();
            prop_assert!(!(is_special && is_public(v4.into())));
        }

        #[test]
        fn unallocated_ipv6_is_not_public(bits: u128) {
            let v6 = Ipv6Addr::from_bits(bits);
            let stays_ipv6 = actual(v6.into()) == IpAddr::V6(v6);
            prop_assert!(!(stays_ipv6 && bits >> 125 != 1 && is_public(v6.into())));
        }
    }
}
