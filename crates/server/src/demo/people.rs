//! Simulated visitors: names, places, and a fixed browser each.

use std::net::{IpAddr, Ipv4Addr};

use super::random::Random;
use super::sites::{BROWSERS, Browser};

/// Different visitors of a site; many come again.
const VISITORS: u64 = 4_000;
/// The first of them are regulars.
const REGULARS: u64 = 150;
/// Of a thousand visits, those by regulars.
const REGULARS_PER_MILLE: u64 = 250;
/// Of a thousand visitors, those who never tell who they are.
const GUESTS_PER_MILLE: u64 = 150;
/// Of a thousand visitors, those who live in Kenya; the others live in Tanzania.
const KENYANS_PER_MILLE: u64 = 250;

/// Names of a country, its towns, and the beginning of phone numbers that nobody has.
struct Country {
    phone: &'static str,
    first_names: &'static [&'static str],
    last_names: &'static [&'static str],
}

const TANZANIA: Country = Country {
    phone: "+255 700",
    first_names: &[
        "Asha",
        "Baraka",
        "Neema",
        "Juma",
        "Zawadi",
        "Hamisi",
        "Rehema",
        "Daudi",
        "Amina",
        "Salim",
        "Fatma",
        "Elia",
        "Upendo",
        "Moses",
        "Grace",
        "Said",
        "Halima",
        "Emmanuel",
        "Mwajuma",
        "Joseph",
        "Happiness",
        "Abdallah",
        "Rose",
        "Godfrey",
    ],
    last_names: &[
        "Mushi", "Kimaro", "Massawe", "Mwakyusa", "Mrisho", "Ngowi", "Shirima", "Lyimo", "Mollel",
        "Komba", "Magesa", "Mtui", "Nyerembe", "Chande", "Swai", "Makame", "Temba", "Kileo",
        "Mbwana", "Haule", "Sanga", "Mwinyi",
    ],
};

const KENYA: Country = Country {
    phone: "+254 760",
    first_names: &[
        "Wanjiru", "Otieno", "Achieng", "Kiprop", "Njeri", "Mwangi", "Akinyi", "Brian", "Faith",
        "Kevin", "Mercy", "Dennis", "Purity", "Collins", "Wambui", "Ali",
    ],
    last_names: &[
        "Kamau",
        "Odhiambo",
        "Koech",
        "Mutua",
        "Njoroge",
        "Wafula",
        "Cheruiyot",
        "Omondi",
        "Karanja",
        "Musyoka",
        "Barasa",
        "Ndung'u",
        "Rotich",
        "Kariuki",
        "Hassan",
    ],
};

/// A visitor of the sites.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub(super) browser: &'static Browser,
    pub(super) visitor_id: String,
    pub(super) address: IpAddr,
    /// Who they say they are; none: they stay a guest.
    pub(super) customer: Option<Customer>,
}

/// What a person tells a site about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
}

/// The number of one who comes.
pub(super) fn random_visitor(random: &mut Random) -> u64 {
    if random.with_probability(REGULARS_PER_MILLE) {
        return random.below(REGULARS);
    }
    random.below(VISITORS).min(random.below(VISITORS))
}

impl Person {
    /// The visitor of this number: the same person every time.
    pub(super) fn of(number: u64) -> Self {
        let mut random = Random::new(number.wrapping_mul(0x1000_0001));
        let browser = random.pick_weighted(&BROWSERS);
        let visitor_id = random.uuid().to_string();
        let is_guest = random.with_probability(GUESTS_PER_MILLE);
        let octet = |value: u64| u8::try_from(value % 254 + 1).unwrap_or(1);
        Self {
            browser,
            visitor_id,
            address: IpAddr::V4(Ipv4Addr::new(196, 249, octet(number / 254), octet(number))),
            customer: (!is_guest).then(|| Customer::of(number, &mut random)),
        }
    }
}

impl Customer {
    fn of(number: u64, random: &mut Random) -> Self {
        let country = if random.with_probability(KENYANS_PER_MILLE) { &KENYA } else { &TANZANIA };
        let (first, last) = (random.one_of(country.first_names), random.one_of(country.last_names));
        let mailbox = format!("{first}.{last}{number}").to_lowercase().replace('\'', "");
        Self {
            id: format!("customer-{:05}", 10_000 + number),
            name: format!("{first} {last}"),
            email: format!("{mailbox}@barua.example"),
            phone: format!("{} {:03} {:03}", country.phone, number / 1_000, number % 1_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_visitor_is_the_same_person_every_time_and_nobody_else() {
        let customers: Vec<_> =
            (0..VISITORS).filter_map(|number| Person::of(number).customer).collect();
        let emails: BTreeSet<_> = customers.iter().map(|customer| &customer.email).collect();
        assert_eq!(emails.len(), customers.len());
        assert!(emails.iter().all(|email| email.is_ascii() && email.ends_with(".example")));
        assert!(customers.len() > 3_200, "{}", customers.len());
        assert_eq!(Person::of(7), Person::of(7));
    }
}
