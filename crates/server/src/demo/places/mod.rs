//! Where the demo's visitors live: cities, each with networks that are reserved for documentation (RFC 5737,
//! RFC 3849), and the database that names them.
//!
//! `FOOTFALL_GEN=1 cargo nextest run --workspace -E 'package(server) and test(places)'` writes the database.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::random::Random;
use crate::wiring::make_private;

/// The database, in the format of `GeoLite2` City.
const DATABASE: &[u8] = include_bytes!("places.mmdb");
/// Its name in the data folder.
const DATABASE_FILE: &str = "demo-places.mmdb";

/// A city.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// The country's English name.
    pub(super) country_name: &'static str,
    /// The first address of its IPv4 network, and the length of the prefix.
    v4: (Ipv4Addr, u8),
    /// The third group of its IPv6 network, a /48 of `2001:db8::/32`.
    v6: u16,
}

const fn city(
    (name, region, country, country_name): (&'static str, &'static str, &'static str, &'static str),
    v4: ([u8; 4], u8),
    v6: u16,
) -> City {
    let ([a, b, c, d], prefix) = v4;
    City { name, region, country, country_name, v4: (Ipv4Addr::new(a, b, c, d), prefix), v6 }
}

/// Cities of Tanzania, most visitors first.
pub(super) static TANZANIAN: [City; 5] = [
    city(("Dar es Salaam", "Dar es Salaam", "TZ", "Tanzania"), ([198, 51, 100, 0], 25), 0x255),
    city(("Arusha", "Arusha", "TZ", "Tanzania"), ([198, 51, 100, 128], 27), 0x256),
    city(("Zanzibar", "Zanzibar Urban/West", "TZ", "Tanzania"), ([198, 51, 100, 160], 27), 0x257),
    city(("Mwanza", "Mwanza", "TZ", "Tanzania"), ([198, 51, 100, 192], 27), 0x258),
    city(("Dodoma", "Dodoma", "TZ", "Tanzania"), ([198, 51, 100, 224], 27), 0x259),
];

/// Cities of Kenya, most visitors first.
pub(super) static KENYAN: [City; 2] = [
    city(("Nairobi", "Nairobi County", "KE", "Kenya"), ([203, 0, 113, 0], 25), 0x254),
    city(("Mombasa", "Mombasa County", "KE", "Kenya"), ([203, 0, 113, 128], 26), 0x253),
];

/// Cities of Uganda.
pub(super) static UGANDAN: [City; 1] =
    [city(("Kampala", "Central Region", "UG", "Uganda"), ([203, 0, 113, 192], 26), 0x250)];

/// Cities of Europe.
pub(super) static EUROPEAN: [City; 3] = [
    city(("London", "England", "GB", "United Kingdom"), ([192, 0, 2, 0], 27), 0x44),
    city(("Hamburg", "Hamburg", "DE", "Germany"), ([192, 0, 2, 32], 27), 0x49),
    city(("Amsterdam", "North Holland", "NL", "Netherlands"), ([192, 0, 2, 176], 28), 0x31),
];

/// Cities of South Africa.
pub(super) static SOUTH_AFRICAN: [City; 1] =
    [city(("Johannesburg", "Gauteng", "ZA", "South Africa"), ([192, 0, 2, 64], 27), 0x27)];

/// Cities on the other side of the Indian Ocean.
pub(super) static ACROSS_THE_OCEAN: [City; 2] = [
    city(("Mumbai", "Maharashtra", "IN", "India"), ([192, 0, 2, 128], 28), 0x91),
    city(("Dubai", "Dubai", "AE", "United Arab Emirates"), ([192, 0, 2, 144], 28), 0x971),
];

/// Cities of the United States.
pub(super) static AMERICAN: [City; 1] =
    [city(("New York", "New York", "US", "United States"), ([192, 0, 2, 96], 27), 0x1)];

/// Cities of China.
pub(super) static CHINESE: [City; 1] =
    [city(("Guangzhou", "Guangdong", "CN", "China"), ([192, 0, 2, 160], 28), 0x86)];

/// A computing centre, where crawlers live.
pub(super) static COMPUTING_CENTRE: City =
    city(("Ashburn", "Virginia", "US", "United States"), ([192, 0, 2, 192], 27), 0x2);

/// One computer of the site's own staff. No network that is listed contains it.
pub(super) const OFFICE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 250));

/// Visitors with an IPv6 address among a hundred.
const V6_PER_CENT: u64 = 30;

impl City {
    /// An address of somebody here; several share one of IPv4, as customers of a provider do.
    pub(super) fn address(&self, random: &mut Random) -> IpAddr {
        let draw = random.next();
        if draw % 100 < V6_PER_CENT {
            let [subnet, host] =
                [16, 32].map(|bits| u16::try_from(draw >> bits & 0xffff).unwrap_or(0));
            return IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, self.v6, subnet, 0, 0, 0, host));
        }
        let (first, prefix) = self.v4;
        let hosts = (1_u64 << (32 - prefix)) - 2;
        let host = u32::try_from(1 + (draw >> 16) % hosts).unwrap_or(1);
        IpAddr::V4(Ipv4Addr::from(u32::from(first) + host))
    }
}

/// Writes the database into the data folder, for a server that has no other.
pub(crate) fn write_database(dir: &Path) -> anyhow::Result<PathBuf> {
    make_private(dir)?;
    let path = dir.join(DATABASE_FILE);
    std::fs::write(&path, DATABASE)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests;
