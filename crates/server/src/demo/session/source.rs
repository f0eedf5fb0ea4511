//! Where visits come from: search, other sites, a newsletter, and for some days a campaign.

use crate::demo::random::Random;
use crate::demo::sites::Site;

/// Sets the numbers that choose a source apart from those that make the visit.
const SALT: u64 = 0x50c1_a1ca_4d41_9e55;

/// The link that a visit begins with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Source {
    /// The page with the link; none where the address was typed, or a program opened it.
    pub(super) referrer: Option<&'static str>,
    /// The query of the link.
    pub(super) query: &'static str,
    /// Where a campaign's link leads.
    pub(super) path: Option<&'static str>,
    /// Of a thousand strangers whom it leads to a page of usual speed, those who leave at once.
    pub(super) bounces_per_mille: u64,
}

/// The same of a campaign: its links are followed while looking at something else.
const CAMPAIGN_BOUNCES_PER_MILLE: u64 = 530;

const fn link(referrer: &'static str, query: &'static str, bounces_per_mille: u64) -> Source {
    Source { referrer: Some(referrer), query, path: None, bounces_per_mille }
}

const fn unnamed(query: &'static str, bounces_per_mille: u64) -> Source {
    Source { referrer: None, query, path: None, bounces_per_mille }
}

/// Each source with its share of a hundred visits without a campaign.
const SOURCES: [(Source, u64); 6] = [
    (link("https://www.google.com/", "", 345), 44),
    (unnamed("", 275), 24),
    (
        link(
            "https://www.google.com/",
            "?utm_source=google&utm_medium=cpc&utm_campaign=brand",
            425,
        ),
        11,
    ),
    (unnamed("?utm_source=newsletter&utm_medium=email&utm_campaign=weekly", 250), 9),
    (link("https://www.instagram.com/", "", 505), 7),
    (link("https://travel-blog.example/", "", 375), 5),
];

/// The source of the visit that `seed` stands for, in the days of the site's campaign or not.
pub(super) fn of(seed: u64, site: &Site, is_campaign: bool) -> Source {
    let mut random = Random::new(seed ^ SALT);
    let campaign = &site.campaign;
    if is_campaign && random.below(100 + campaign.visits_per_cent) >= 100 {
        let link = link(campaign.referrer, campaign.query, CAMPAIGN_BOUNCES_PER_MILLE);
        return Source { path: Some(campaign.path), ..link };
    }
    SOURCES[random.by_share(&SOURCES.map(|(_, share)| share))].0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::sites::SITES;

    #[test]
    fn a_campaign_brings_its_share_of_visits_in_its_days_alone() {
        for site in SITES {
            let count = |is_campaign| {
                let came = |seed: &u64| of(*seed, site, is_campaign).path.is_some();
                (0..1_000).filter(came).count()
            };
            assert_eq!(count(false), 0);
            assert!((300..470).contains(&count(true)), "{}: {}", site.name, count(true));
        }
    }
}
