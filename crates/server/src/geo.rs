//! Places from a `MaxMind` database file (`GeoLite2` City or a file of the same shape).

use std::net::IpAddr;
use std::path::Path;

use anyhow::Context;
use domain::event::Place;
use engine::ports::geo::Geo;
use maxminddb::{Reader, geoip2};

/// A database in memory.
pub(crate) struct MaxMind {
    reader: Reader<Vec<u8>>,
}

impl MaxMind {
    /// Reads the file at `path`.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let reader = Reader::open_readfile(path)
            .with_context(|| format!("geo.mmdb: {} cannot be read", path.display()))?;
        Ok(Self { reader })
    }
}

impl Geo for MaxMind {
    fn look_up(&self, address: IpAddr) -> Place {
        let found =
            self.reader.lookup(address).and_then(|entry| entry.decode::<geoip2::City<'_>>());
        let Ok(Some(city)) = found else { return Place::default() };
        Place {
            country: city.country.iso_code.map(str::to_owned),
            region: city
                .subdivisions
                .first()
                .and_then(|region| region.names.english)
                .map(str::to_owned),
            city: city.city.names.english.map(str::to_owned),
            masked_ip: None,
        }
    }
}
