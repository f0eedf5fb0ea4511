//! A visit by a crawler: some pages, one after the other, and nothing done there.

use domain::event::Category;
use domain::time::Timestamp;

use super::{Session, SessionBuilder, VisitContext};
use crate::demo::people::Person;
use crate::demo::random::Random;

/// Pages of a visit at most.
const MAX_PAGES: u64 = 4;
/// The number of the visitor: no person has it.
const NO_VISITOR: u64 = u64::MAX;

/// Makes the crawler's visit that `seed` stands for, beginning at `start`.
pub(in crate::demo) fn crawl(context: VisitContext, seed: u64, start: Timestamp) -> Session {
    let mut random = Random::new(seed);
    let person = Person::crawler(&mut random);
    let mut builder = SessionBuilder::new(context, start, person, random);
    builder.read_pages();
    builder.finish(NO_VISITOR)
}

impl SessionBuilder {
    fn read_pages(&mut self) {
        let site = self.stage.site;
        for _ in 0..=self.random.below(MAX_PAGES) {
            let pages = if self.steps.is_empty() { site.entries } else { site.inside };
            let page = self.random.one_of(pages);
            let mut view = self.signal(page, Category::Heatmap, "pageview");
            view.page_title = Some(page.title.to_owned());
            self.push(view);
            self.measure(page);
            self.pause(2_000);
        }
    }
}
