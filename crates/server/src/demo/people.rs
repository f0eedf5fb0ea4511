//! Simulated visitors: names, places, and a fixed browser each.

mod populations;

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::places::COMPUTING_CENTRE;
use super::random::Random;
use super::sites::{BROWSERS, Browser, CRAWLERS, SHARES};
use populations::{POPULATIONS, Population};

/// Different visitors of a site; many come again.
const VISITORS: u64 = 5_600;
/// The first of them are regulars.
const REGULARS: u64 = 210;
/// Of a thousand visits, those by regulars.
const REGULARS_PER_MILLE: u64 = 250;
/// Of a thousand visitors, those who never tell who they are.
const GUESTS_PER_MILLE: u64 = 150;

/// A visitor of the sites.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub(super) browser: &'static Browser,
    pub(super) visitor_id: String,
    pub(super) address: IpAddr,
    /// Where they are: ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// Who they say they are; none: they stay a guest.
    pub(super) customer: Option<Customer>,
}

/// What a person tells a site about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    /// Some give none.
    pub(super) phone: Option<String>,
}

/// The number of one who comes.
pub(super) fn random_visitor(random: &mut Random) -> u64 {
    if random.with_probability(REGULARS_PER_MILLE) {
        return random.below(REGULARS);
    }
    random.below(VISITORS).min(random.below(VISITORS))
}

/// Whether the visitor of this number comes often.
pub(super) fn is_regular(visitor: u64) -> bool {
    visitor < REGULARS
}

impl Person {
    /// The visitor of this number: the same person every time.
    pub(super) fn of(number: u64) -> Self {
        let mut random = Random::new(number.wrapping_mul(0x1000_0001));
        let browser = &BROWSERS[random.by_share(&SHARES)];
        let visitor_id = random.uuid().to_string();
        let is_guest = random.with_probability(GUESTS_PER_MILLE);
        let shares = POPULATIONS.each_ref().map(|population| population.per_mille);
        let population = &POPULATIONS[random.by_share(&shares)];
        let city = random.pick_weighted(population.cities);
        let address = city.address(&mut random);
        let customer = (!is_guest).then(|| Customer::of(number, population, &mut random));
        Self { browser, visitor_id, address, country: city.country, customer }
    }

    /// A regular visitor with this browser who is a customer and none of the `taken`.
    pub(super) fn regular_with(user_agent: &str, taken: &mut BTreeSet<u64>) -> Option<Self> {
        let mut regulars = (0..REGULARS)
            .filter(|number| !taken.contains(number))
            .map(|number| (number, Self::of(number)));
        let (number, person) = regulars.find(|(_, person)| {
            person.browser.user_agent == user_agent && person.customer.is_some()
        })?;
        taken.insert(number);
        Some(person)
    }

    /// A crawler: another browser without memory at each visit.
    pub(super) fn crawler(random: &mut Random) -> Self {
        Self {
            browser: random.pick_weighted(&CRAWLERS),
            visitor_id: random.uuid().to_string(),
            address: COMPUTING_CENTRE.address(random),
            country: COMPUTING_CENTRE.country,
            customer: None,
        }
    }
}

impl Customer {
    fn of(number: u64, population: &Population, random: &mut Random) -> Self {
        let first = random.one_of(population.first_names);
        let last = random.one_of(population.last_names);
        let mailbox: String = format!("{first}.{last}{number}").to_lowercase();
        let phone = population.phone;
        Self {
            id: format!("customer-{:05}", 10_000 + number),
            name: format!("{first} {last}"),
            email: format!("{}@barua.example", mailbox.replace(['\'', ' '], "")),
            phone: (!phone.is_empty())
                .then(|| format!("{phone} {:03} {:03}", number / 1_000, number % 1_000)),
        }
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn the_shares_of_populations_and_browsers_add_up() {
        let sum: u64 = POPULATIONS.iter().map(|population| population.per_mille).sum();
        assert_eq!(sum, 1_000);
        assert_eq!(SHARES.iter().sum::<u64>(), 1_000);
    }
}
