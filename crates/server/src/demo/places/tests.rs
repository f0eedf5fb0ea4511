//! The committed database is the one the table gives, and readers find each city in it.

use domain::event::Place;
use engine::ports::geo::Geo;
use testkit::mmdb::{Database, Value};

use super::*;
use crate::geo::MaxMind;

/// The day the table was made; it stands in the file.
const BUILT_AT: u64 = 1_795_392_000;

fn cities() -> impl Iterator<Item = &'static City> {
    [&TANZANIAN[..], &KENYAN, &UGANDAN, &EUROPEAN, &SOUTH_AFRICAN, &ACROSS_THE_OCEAN, &AMERICAN]
        .into_iter()
        .flatten()
        .chain(&CHINESE)
        .chain([&COMPUTING_CENTRE])
}

fn database() -> Vec<u8> {
    let named = |name: &str| Value::Map(vec![("en", Value::text(name))]);
    let mut database = Database::default();
    for city in cities() {
        let value = Value::Map(vec![
            ("city", Value::Map(vec![("names", named(city.name))])),
            (
                "country",
                Value::Map(vec![
                    ("iso_code", Value::text(city.country)),
                    ("names", named(city.country_name)),
                ]),
            ),
            ("subdivisions", Value::List(vec![Value::Map(vec![("names", named(city.region))])])),
        ]);
        let (first, prefix) = city.v4;
        database.add(first.into(), prefix, &value);
        database.add(Ipv6Addr::new(0x2001, 0xdb8, city.v6, 0, 0, 0, 0, 0).into(), 48, &value);
    }
    let description = "Networks reserved for documentation, mapped to cities for Footfall's demo";
    database.to_bytes("Footfall-Demo-City", description, BUILT_AT)
}

#[test]
fn the_database_of_places_is_the_one_the_table_gives() {
    if std::env::var_os("FOOTFALL_GEN").is_some() {
        std::fs::write("src/demo/places/places.mmdb", database()).expect("writes");
        return;
    }
    let hint = "renew it with FOOTFALL_GEN=1, as the module says";
    assert!(database() == DATABASE, "places.mmdb differs from the table: {hint}");
}

#[test]
fn every_address_of_a_city_is_found_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_database(folder.path()).expect("writes");
    maxminddb::Reader::open_readfile(&path).expect("opens").verify().expect("a valid database");
    let reader = MaxMind::open(&path).expect("opens");
    let text = |text: &str| Some(text.to_owned());
    let mut random = Random::new(1);
    for city in cities() {
        let expected = Place {
            country: text(city.country),
            region: text(city.region),
            city: text(city.name),
            masked_ip: None,
        };
        let addresses: Vec<IpAddr> = (0..40).map(|_| city.address(&mut random)).collect();
        assert!(addresses.iter().any(IpAddr::is_ipv4) && addresses.iter().any(IpAddr::is_ipv6));
        for address in addresses {
            assert_eq!(reader.look_up(address), expected, "{address}");
        }
    }
    for unknown in [OFFICE, Ipv4Addr::new(198, 51, 101, 0).into(), Ipv4Addr::LOCALHOST.into()] {
        assert_eq!(reader.look_up(unknown), Place::default(), "{unknown}");
    }
}
