//! Where visits come from: search, other sites, a newsletter, and a campaign of the last days.

use crate::demo::random::Random;

/// The days that the campaign has been running.
const CAMPAIGN_DAYS: i64 = 9;
/// Sets the numbers that choose a source apart from those that make the visit.
const SALT: u64 = 0x50c1_a1ca_4d41_9e55;

/// The link that a visit begins with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Source {
    /// The page with the link; none where the address was typed, or a program opened it.
    pub(super) referrer: Option<&'static str>,
    /// The query of the link.
    pub(super) query: &'static str,
}

const SEARCH: Source = Source { referrer: Some("https://www.google.com/"), query: "" };
const DIRECT: Source = Source { referrer: None, query: "" };
const ADVERT: Source = Source {
    referrer: Some("https://www.google.com/"),
    query: "?utm_source=search-ads&utm_medium=cpc&utm_campaign=brand",
};
const NEWSLETTER: Source =
    Source { referrer: None, query: "?utm_source=newsletter&utm_medium=email&utm_campaign=weekly" };
const CAMPAIGN: Source = Source {
    referrer: Some("https://www.instagram.com/"),
    query: "?utm_source=social&utm_medium=paid_social&utm_campaign=december-deals",
};
const FRIENDS: Source = Source { referrer: Some("https://www.instagram.com/"), query: "" };
const BLOG: Source = Source { referrer: Some("https://travel-blog.example/"), query: "" };

/// Each source with its share of a hundred visits before the campaign, and during it.
const SOURCES: [(Source, u64, u64); 7] = [
    (SEARCH, 44, 36),
    (DIRECT, 24, 20),
    (ADVERT, 11, 9),
    (NEWSLETTER, 9, 8),
    (CAMPAIGN, 0, 17),
    (FRIENDS, 7, 6),
    (BLOG, 5, 4),
];

/// The source of the visit that `seed` stands for, which is this many days ago.
pub(super) fn of(seed: u64, age_days: i64) -> Source {
    let is_campaign = age_days < CAMPAIGN_DAYS;
    let shares = SOURCES.map(|(_, before, during)| if is_campaign { during } else { before });
    SOURCES[Random::new(seed ^ SALT).by_share(&shares)].0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_campaign_is_there_in_its_days_alone() {
        let count = |age_days| {
            let campaigns = |seed: &u64| of(*seed, age_days).query.contains("december-deals");
            (0..1_000).filter(campaigns).count()
        };
        assert_eq!(count(CAMPAIGN_DAYS), 0);
        assert!((120..220).contains(&count(CAMPAIGN_DAYS - 1)), "{}", count(0));
    }
}
