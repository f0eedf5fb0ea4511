//! A cache of scrubbed pages: a site sends few addresses again and again, and scrubbing one takes longer than
//! the rest of an event.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use domain::event::Page;
use domain::page;
use domain::privacy::QueryParameters;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// The size of the cache, in bytes.
const CAPACITY_BYTES: u64 = 4 * 1_024 * 1_024;
/// An entry's size without its texts, about, in bytes.
const ENTRY_BYTES: usize = 400;
/// Entries that fit, about.
const ENTRIES: usize = 8_000;

/// Pages by keyed digests of their addresses and of what is kept of queries: nobody can choose two addresses
/// that meet.
pub(super) struct PageCache {
    digests: RandomState,
    pages: Cache<u64, Arc<Page>, PageWeight>,
}

#[derive(Clone)]
struct PageWeight;

impl Weighter<u64, Arc<Page>> for PageWeight {
    fn weight(&self, _: &u64, page: &Arc<Page>) -> u64 {
        let utm = &page.utm;
        let texts = [
            &page.url,
            &page.path,
            &utm.source,
            &utm.medium,
            &utm.campaign,
            &utm.term,
            &utm.content,
        ];
        let bytes: usize = texts.into_iter().flatten().map(String::len).sum();
        (ENTRY_BYTES + bytes) as u64
    }
}

impl Default for PageCache {
    fn default() -> Self {
        let pages = Cache::with_weighter(ENTRIES, CAPACITY_BYTES, PageWeight);
        Self { digests: RandomState::new(), pages }
    }
}

impl PageCache {
    /// The scrubbed page whose URL is `raw`, without title and referrer.
    pub(super) fn page(&self, raw: &str, parameters: &QueryParameters) -> Arc<Page> {
        let key = self.digests.hash_one((parameters, raw));
        if let Some(page) = self.pages.get(&key) {
            return page;
        }
        let page = Arc::new(page::from_url(raw, parameters));
        self.pages.insert(key, Arc::clone(&page));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_what_its_address_and_the_projects_parameters_say() {
        let cache = PageCache::default();
        let raw = "https://shop.test/cart?utm_source=mail&item=7";
        let lists = ["", "item"].map(|names| QueryParameters::parse(names).expect("names"));
        for _ in 0..2 {
            for list in &lists {
                assert_eq!(*cache.page(raw, list), page::from_url(raw, list));
            }
        }
        assert_eq!(cache.pages.len(), 2);
    }

    #[test]
    fn addresses_that_never_come_again_are_forgotten() {
        let cache = PageCache::default();
        let none = QueryParameters::default();
        let path = "p".repeat(1_000);
        for number in 0..20_000 {
            let raw = format!("https://shop.test/{path}/{number}");
            assert_eq!(*cache.page(&raw, &none), page::from_url(&raw, &none));
        }
        assert!(cache.pages.weight() <= CAPACITY_BYTES, "{}", cache.pages.weight());
    }
}
