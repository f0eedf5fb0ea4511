//! Events of a simulated page: performance, clicks and friction.

use domain::event::{Category, Element, Friction, Vitals};
use domain::friction::{Kind, Severity};
use serde_json::{Value, json};

use super::purchase::{GOES_ON_PER_MILLE, STUCK_GOES_ON_PER_MILLE};
use super::{SessionBuilder, real};
use crate::demo::random::Random;
use crate::demo::sites::{Page, SiteDefect};
use crate::demo::story::SlowPage;

impl SessionBuilder {
    pub(super) fn measure(&mut self, page: &'static Page) {
        self.pause(1_200);
        let browser = self.person.browser;
        let slowness = browser.slowness;
        let detour = self.detour(page);
        let mut event = self.signal(page, Category::Performance, "page_performance");
        let lcp = real(self.random.around(self.wait_ms(page)));
        event.vitals = Some(Vitals {
            load_time: Some((lcp * 1.3).round()),
            first_contentful_paint: Some((lcp * 0.6).round()),
            // A browser that names no long tasks cannot say.
            time_to_interactive: browser
                .names_long_tasks()
                .then(|| lcp * 0.9 + real(self.random.around(browser.slowness * 9))),
            largest_contentful_paint: Some(lcp),
            interaction_to_next_paint: Some(real(self.random.around(130 * slowness / 100))),
            cumulative_layout_shift: Some(real(self.random.around(60)) / 1_000.0),
            // A page that comes from far away makes wait for its first byte.
            time_to_first_byte: Some((lcp * if detour.is_some() { 0.45 } else { 0.2 }).round()),
        });
        self.push(event);
        self.has_abandoned =
            detour.is_some_and(|slow| self.random.with_probability(slow.leave_per_mille));
    }

    /// How long the visitor waits for the page, typically.
    pub(super) fn wait_ms(&self, page: &Page) -> u64 {
        let slowness = self.person.browser.slowness;
        let typical_ms = page.lcp * slowness * self.slow_down_per_cent(page) / 10_000;
        typical_ms * self.detour(page).map_or(100, |slow| slow.per_cent) / 100
    }

    /// Why the page comes slowly to this visitor.
    fn detour(&self, page: &Page) -> Option<&'static SlowPage> {
        let slow = self.stage.site.slow_page.as_ref();
        slow.filter(|slow| slow.path == page.path && slow.country == self.person.country)
    }

    /// The page's time in percent of the time since a release made it faster.
    fn slow_down_per_cent(&self, page: &Page) -> u64 {
        let speed_up = self.stage.site.speed_up.as_ref();
        let before = speed_up.filter(|it| page.path.starts_with(it.paths) && !self.is_after(it.at));
        before.map_or(100, |it| it.per_cent_before)
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
            let exists = flaw.since.is_none_or(|since| self.is_after(since))
                && !flaw.until.is_some_and(|until| self.is_after(until));
            // Fingers do not shake over a page.
            let has_pointer = flaw.kind != Kind::Thrashing || !self.person.browser.is_mobile();
            let concerns = flaw.audience.includes(&self.person) && has_pointer;
            if !exists || !concerns || !self.random.with_probability(flaw.per_mille) {
                continue;
            }
            self.pause(2_000);
            let is_stuck = severity(flaw) != Severity::Low;
            self.is_stuck |= is_stuck;
            let of_severity = if is_stuck { STUCK_GOES_ON_PER_MILLE } else { GOES_ON_PER_MILLE };
            let goes_on = flaw.goes_on_per_mille.unwrap_or(of_severity);
            self.goes_on_per_mille = self.goes_on_per_mille.min(goes_on);
            let mut event = self.signal(page, Category::Friction, flaw.kind.as_str());
            // Friction names an element, and no place in it.
            event.element = Element {
                selector: flaw.selector.map(str::to_owned),
                text: flaw.text.map(str::to_owned),
                ..Element::default()
            };
            event.friction = Some(Friction {
                error_message: flaw.message.map(str::to_owned),
                stack: flaw.stack.map(str::to_owned),
                severity: Some(severity(flaw).as_str().to_owned()),
                ..Friction::default()
            });
            event.properties = Some(self.details(flaw).to_string());
            self.push(event);
        }
    }

    /// The metadata the SDK sends with a kind.
    fn details(&mut self, flaw: &SiteDefect) -> Value {
        let error_type = flaw.message.and_then(|message| message.split(':').next());
        match flaw.kind {
            Kind::RageClick => {
                let clicks = 3 + self.random.below(5);
                let (lasted, answered) = (clicks * 210, flaw.is_answered);
                json!({"click_count": clicks, "duration_ms": lasted, "responded": answered, "answered": answered})
            }
            Kind::DeadClick => json!({"click_id": self.random.uuid()}),
            Kind::SlowClick => {
                let response_ms = 3_000 + self.random.below(3_900);
                json!({"click_id": self.random.uuid(), "response_ms": response_ms})
            }
            Kind::ErrorClick => json!({"click_id": self.random.uuid(), "error_type": error_type}),
            Kind::JavascriptError | Kind::UnhandledRejection => json!({"error_type": error_type}),
            Kind::FormValidationError => {
                let field = flaw.selector.map(|selector| selector.trim_start_matches('#'));
                let mismatch =
                    if field == Some("email") { "typeMismatch" } else { "patternMismatch" };
                let rule = *self.random.pick_weighted(&[mismatch, "valueMissing"]);
                json!({"field": field, "rule": rule})
            }
            Kind::Thrashing => json!({"turns": 5 + self.random.below(6)}),
        }
    }

    /// How far down the page was seen, as the SDK says when it is left: not far, mostly.
    pub(super) fn scroll(&mut self, page: &'static Page) {
        let part = self.random.below(1_000).min(self.random.below(1_000));
        self.scroll_to(page, part);
    }

    /// The same, of a page whose part below the window was seen to so many thousandths.
    pub(super) fn scroll_to(&mut self, page: &'static Page, part: u64) {
        let size = self.page_size();
        let (Some(seen), Some(height)) = (size.viewport_height, size.document_height) else {
            return;
        };
        let mut event = self.signal(page, Category::Heatmap, "scroll");
        let below = f64::from(height - seen) * real(part) / 1_000.0;
        let lowest = f64::from(seen) + below;
        #[expect(clippy::cast_possible_truncation, reason = "less than the document's height")]
        let y = Some(lowest as i32);
        event.element = Element { x: Some(0), y, ..size };
        event.properties = Some(json!({"depth": lowest / f64::from(height)}).to_string());
        self.push(event);
    }

    /// The sizes of the window and of the page in it.
    pub(super) fn page_size(&self) -> Element {
        let (width, height) = self.person.browser.window;
        Element {
            viewport_width: Some(width),
            viewport_height: Some(height),
            document_width: Some(width),
            document_height: Some(height * 3),
            ..Element::default()
        }
    }

    fn place(&mut self, selector: Option<&str>, text: Option<&str>) -> Element {
        let (width, height) = self.person.browser.window;
        let within = |random: &mut Random, size: i32| {
            i32::try_from(random.below(u64::from(size.unsigned_abs()))).unwrap_or(0)
        };
        // The middle of a thing is hit most.
        let part = |random: &mut Random| {
            let even = real(random.below(1_000)) / 1_000.0;
            let nearest = (even.min(1.0 - even) / 2.0).sqrt();
            if even < 0.5 { nearest } else { 1.0 - nearest }
        };
        Element {
            selector: selector.map(str::to_owned),
            text: text.map(str::to_owned),
            x: Some(within(&mut self.random, width)),
            y: Some(within(&mut self.random, height * 2)),
            element_x: Some(part(&mut self.random)),
            element_y: Some(part(&mut self.random)),
            ..self.page_size()
        }
    }
}

/// The severity the SDK names.
fn severity(flaw: &SiteDefect) -> Severity {
    match flaw.kind {
        Kind::RageClick if flaw.is_answered => Severity::Low,
        Kind::SlowClick | Kind::FormValidationError | Kind::Thrashing => Severity::Low,
        Kind::DeadClick => Severity::Medium,
        Kind::RageClick | Kind::ErrorClick | Kind::JavascriptError | Kind::UnhandledRejection => {
            Severity::High
        }
    }
}
