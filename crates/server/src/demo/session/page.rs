//! Events of a simulated page: performance, clicks and friction.

use domain::event::{Category, Element, Friction, Vitals};
use domain::friction::Kind;

use super::{SessionBuilder, real};
use crate::demo::random::Random;
use crate::demo::sites::Page;

impl SessionBuilder {
    pub(super) fn measure(&mut self, page: &'static Page) {
        self.pause(1_200);
        let slowness = self.person.browser.slowness;
        let mut event = self.signal(page, Category::Performance, "page_performance");
        let lcp = real(self.random.around(page.lcp * slowness / 100));
        event.vitals = Some(Vitals {
            load_time: Some((lcp * 1.3).round()),
            first_contentful_paint: Some((lcp * 0.6).round()),
            time_to_interactive: None,
            largest_contentful_paint: Some(lcp),
            interaction_to_next_paint: Some(real(self.random.around(130 * slowness / 100))),
            cumulative_layout_shift: Some(real(self.random.around(60)) / 1_000.0),
            time_to_first_byte: Some((lcp * 0.2).round()),
        });
        self.push(event);
    }

    pub(super) fn click(&mut self, page: &'static Page) {
        let (selector, text) = *self.random.pick_weighted(page.targets);
        let mut event = self.signal(page, Category::Heatmap, "click");
        event.element = self.place(Some(selector), Some(text).filter(|text| !text.is_empty()));
        self.push(event);
        self.act_on(page, selector);
    }

    /// What is wrong with the page may hit the visitor.
    pub(super) fn hit_defects(&mut self, page: &'static Page) {
        for flaw in self.stage.site.flaws.iter().filter(|flaw| flaw.path == page.path) {
            let exists = flaw.since_days == 0 || self.age_days < flaw.since_days;
            let concerns = !flaw.mobile_only || self.person.browser.is_mobile();
            if !exists || !concerns || !self.random.with_probability(flaw.per_mille) {
                continue;
            }
            self.pause(2_000);
            self.is_stuck |= !matches!(flaw.kind, Kind::FormValidationError | Kind::SlowClick);
            let mut event = self.signal(page, Category::Friction, flaw.kind.as_str());
            event.element = match flaw.selector {
                Some(selector) => self.place(Some(selector), flaw.text),
                None => Element::default(),
            };
            event.friction = Some(Friction {
                error_message: flaw.message.map(str::to_owned),
                stack: flaw.stack.map(str::to_owned),
                ..Friction::default()
            });
            if flaw.kind == Kind::RageClick {
                let clicks = 3 + self.random.below(5);
                let lasted = clicks * 210;
                event.properties = Some(format!(
                    r#"{{"click_count":{clicks},"duration_ms":{lasted},"responded":false}}"#
                ));
            }
            self.push(event);
        }
    }

    fn place(&mut self, selector: Option<&str>, text: Option<&str>) -> Element {
        let (width, height) = self.person.browser.window;
        let within = |random: &mut Random, size: i32| {
            i32::try_from(random.below(u64::from(size.unsigned_abs()))).unwrap_or(0)
        };
        let part = |random: &mut Random| real(random.below(1_000)) / 1_000.0;
        Element {
            selector: selector.map(str::to_owned),
            text: text.map(str::to_owned),
            x: Some(within(&mut self.random, width)),
            y: Some(within(&mut self.random, height * 2)),
            element_x: Some(part(&mut self.random)),
            element_y: Some(part(&mut self.random)),
            viewport_width: Some(width),
            viewport_height: Some(height),
            document_width: Some(width),
            document_height: Some(height * 3),
        }
    }
}
