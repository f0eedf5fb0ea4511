//! Visits that leave the page they begin with at once: how many, by their source, the visitor and the time the page takes.

use super::SessionBuilder;
use crate::demo::people::is_regular;
use crate::demo::sites::Page;

/// A page that takes so long loses as many visitors as their source says.
const USUAL_WAIT_MS: u64 = 2_500;
/// Visitors on phones who leave, in percent of those with a screen and a mouse: a phone is looked at in passing.
const PHONES_PER_CENT: u64 = 112;
/// Regular visitors who leave, in percent of the others: they know where they are.
const REGULARS_PER_CENT: u64 = 60;
/// Of a thousand visitors, those who leave the worst of pages.
const MAX_PER_MILLE: u64 = 920;
/// A visitor who leaves at once stays so long at least.
const SHORTEST_STAY_MS: u64 = 1_500;
/// And less than so much longer: an engaged visit takes ten seconds.
const MORE_STAY_MS: u64 = 7_500;
/// Of a thousand who leave at once, those who have scrolled.
const SCROLLS_PER_MILLE: u64 = 320;
/// Thousandths of the page below the window that they have seen then, at most.
const SEEN_PER_MILLE: u64 = 450;

impl SessionBuilder {
    /// Whether the visitor leaves the first page at once.
    pub(super) fn bounces(&mut self, entry: &Page, visitor: u64) -> bool {
        // Most who leave dislike what they see; the others are as many as the wait is long.
        let wait_per_cent = 60 + 40 * self.wait_ms(entry) / USUAL_WAIT_MS;
        let device_per_cent = if self.person.browser.is_mobile() { PHONES_PER_CENT } else { 100 };
        let regular_per_cent = if is_regular(visitor) { REGULARS_PER_CENT } else { 100 };
        let per_cents = wait_per_cent * device_per_cent * regular_per_cent;
        let per_mille = self.source.bounces_per_mille * per_cents / 1_000_000;
        self.random.with_probability(per_mille.min(MAX_PER_MILLE))
    }

    /// Sees the first page for some seconds, and does nothing there.
    pub(super) fn glance(&mut self, page: &'static Page) {
        self.open(page, true);
        self.load_widget(page);
        let more_ms = self.random.below(MORE_STAY_MS).min(self.random.below(MORE_STAY_MS));
        self.at_ms = self.at_ms.max(SHORTEST_STAY_MS + more_ms);
        let has_scrolled = self.random.with_probability(SCROLLS_PER_MILLE);
        let seen_per_mille = if has_scrolled { self.random.below(SEEN_PER_MILLE) } else { 0 };
        self.scroll_to(page, seen_per_mille);
    }
}
