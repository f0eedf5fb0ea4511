//! One visit: the pages somebody sees, what they do there as a customer, and where they get stuck.

mod bounce;
mod calls;
mod crawl;
mod customer;
mod form;
mod page;
mod purchase;
mod report;
mod source;

use domain::event::{Category, NewEvent};
use domain::id::WidgetId;
use domain::time::Timestamp;
use engine::sdk_reports::SdkReport;

use super::people::{Person, random_visitor};
use super::random::Random;
use super::sites::{Item, Page, Site};
use super::story::{Campaign, Moment};
use purchase::{Cart, GOES_ON_PER_MILLE};
use source::Source;

pub(super) use crawl::crawl;
pub(super) use customer::CURRENCY;
pub(super) use report::of_one_event;

/// Of a thousand visits that do not leave at once, those that come to a purchase.
const PURCHASES_PER_MILLE: u64 = 280;
/// The same of visits by a campaign: many only look.
const CAMPAIGN_PURCHASES_PER_MILLE: u64 = 95;
/// Of a thousand visits of a customer, those whose browser remembers the sign-in.
const REMEMBERED_PER_MILLE: u64 = 750;
/// Signals of pages that are lost in transit, among a thousand.
const LOST_PER_MILLE: u64 = 4;

/// Where visits take place.
#[derive(Debug, Clone, Copy)]
pub(super) struct VisitContext {
    pub(super) site: &'static Site,
    /// The call widget in the site's pages.
    pub(super) widget: WidgetId,
    /// The first instant of the day on which the demo starts, which its story counts from.
    pub(super) today: Timestamp,
    /// The end of the history.
    pub(super) now: Timestamp,
    /// Other numbers make another month of the same story.
    pub(super) seed: u64,
}

/// A visit with its events in order.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The visitor's number.
    pub(super) visitor: u64,
    pub(super) person: Person,
    /// Whether the visitor becomes a customer of the site.
    pub(super) registers: bool,
    pub(super) steps: Vec<Step>,
    /// The report of their browser on its own events.
    pub(super) report: SdkReport,
}

impl Session {
    /// How long after the visit's beginning the last of a customer's booking was heard, when the
    /// booking was not completed.
    pub(super) fn left_booking_ms(&self) -> Option<u64> {
        let is_booking = |step: &&Step| step.event.name.starts_with("booking.");
        let last = self.steps.iter().rev().find(is_booking)?;
        (last.event.name != "booking.completed").then_some(last.after_ms)
    }
}

/// An event and how long after the visit's beginning it happens.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) after_ms: u64,
    pub(super) event: NewEvent,
}

/// The number of the visitor whose visit `seed` stands for.
pub(super) fn visitor_of(seed: u64) -> u64 {
    random_visitor(&mut Random::new(seed))
}

/// Makes the visit that `seed` stands for, beginning at `start`, of somebody who has registered with
/// the site before, or not.
pub(super) fn make(
    context: VisitContext,
    seed: u64,
    start: Timestamp,
    is_registered: bool,
) -> Session {
    let mut random = Random::new(seed);
    let visitor = random_visitor(&mut random);
    let builder = SessionBuilder::new(context, start, Person::of(visitor), random);
    let source = source::of(seed, context.site, builder.is_between(&context.site.campaign));
    let mut builder = SessionBuilder { source, is_registered, ..builder };
    let entry = builder.entry();
    if builder.bounces(entry, visitor) {
        builder.glance(entry);
    } else {
        builder.wander(entry);
    }
    builder.sign_out();
    builder.finish(visitor)
}

#[expect(clippy::struct_excessive_bools, reason = "what is so far true of a visit")]
struct SessionBuilder {
    stage: VisitContext,
    start: Timestamp,
    source: Source,
    person: Person,
    session_id: String,
    random: Random,
    at_ms: u64,
    /// The number of the page's next signal.
    seq: u32,
    is_registered: bool,
    registers: bool,
    is_signed_in: bool,
    /// Whether the page they are on does not let them go on.
    is_stuck: bool,
    /// Of a thousand visitors in their place, those who go on to the next page of a purchase.
    goes_on_per_mille: u64,
    /// Whether a page took so long that they have left.
    has_abandoned: bool,
    has_called: bool,
    /// Whether the browser is gone without a word.
    has_vanished: bool,
    /// The items they looked at.
    seen: Vec<&'static Item>,
    deal: Option<Cart>,
    steps: Vec<Step>,
    /// Signals that were lost in transit.
    lost: u64,
}

impl SessionBuilder {
    fn new(stage: VisitContext, start: Timestamp, person: Person, mut random: Random) -> Self {
        Self {
            stage,
            start,
            source: Source::default(),
            person,
            session_id: random.uuid().to_string(),
            random,
            at_ms: 0,
            seq: 0,
            is_registered: false,
            registers: false,
            is_signed_in: false,
            is_stuck: false,
            goes_on_per_mille: GOES_ON_PER_MILLE,
            has_abandoned: false,
            has_called: false,
            has_vanished: false,
            seen: Vec::new(),
            deal: None,
            steps: Vec::new(),
            lost: 0,
        }
    }

    fn finish(mut self, visitor: u64) -> Session {
        let report = self.report();
        let Self { person, registers, steps, .. } = self;
        Session { visitor, person, registers, steps, report }
    }

    /// The page that the visit begins with: where a campaign leads, or any.
    fn entry(&mut self) -> &'static Page {
        let entries = self.stage.site.entries;
        let linked =
            self.source.path.and_then(|path| entries.iter().find(|page| page.path == path));
        linked.unwrap_or_else(|| self.random.pick_weighted(entries))
    }

    /// Looks around, and buys or not.
    fn wander(&mut self, entry: &'static Page) {
        self.visit(entry, true);
        for _ in 0..self.random.below(5) {
            let page = self.random.pick_weighted(self.stage.site.inside);
            self.visit(page, false);
        }
        let is_campaign = self.source.path.is_some();
        let buys = if is_campaign { CAMPAIGN_PURCHASES_PER_MILLE } else { PURCHASES_PER_MILLE };
        if self.random.with_probability(buys) && self.has_patience() {
            self.buy();
        }
    }

    /// Whether a visitor who would buy begins with it: slow pages lose some of them.
    fn has_patience(&mut self) -> bool {
        let Some(speed_up) = &self.stage.site.speed_up else { return true };
        self.is_after(speed_up.at)
            || self.random.with_probability(speed_up.purchases_per_mille_before)
    }

    /// Whether the visit begins at a moment of the story or later.
    fn is_after(&self, moment: Moment) -> bool {
        self.start >= moment.instant(self.stage.today)
    }

    /// Whether the visit begins in the days of a campaign.
    fn is_between(&self, campaign: &Campaign) -> bool {
        self.is_after(campaign.since) && !self.is_after(campaign.until)
    }

    fn visit(&mut self, page: &'static Page, is_entry: bool) {
        if self.has_vanished || self.has_abandoned {
            return;
        }
        let arrived_ms = self.at_ms;
        self.open(page, is_entry);
        if self.has_abandoned {
            return;
        }
        for _ in 0..self.random.below(4) {
            self.pause(3_000);
            self.click(page);
        }
        self.hit_defects(page);
        self.call(page);
        if self.has_vanished {
            return;
        }
        self.pause(9_000);
        self.scroll(page);
        self.leave(page, arrived_ms);
    }

    /// Opens a page: who is remembered is signed in there, and the page is measured.
    fn open(&mut self, page: &'static Page, is_entry: bool) {
        (self.is_stuck, self.goes_on_per_mille) = (false, GOES_ON_PER_MILLE);
        let mut view = self.signal(page, Category::Heatmap, "pageview");
        view.page_title = Some(page.title.to_owned());
        view.element = self.page_size();
        if is_entry {
            view.referrer = self.source.referrer.map(str::to_owned);
            view.page_url = view.page_url.map(|url| url + self.source.query);
        }
        self.push(view);
        if is_entry && self.is_registered && self.random.with_probability(REMEMBERED_PER_MILLE) {
            self.sign_in(page);
        }
        self.arrive(page);
        self.measure(page);
    }

    /// A signal of the page itself, as the browser's SDK sends it.
    fn signal(&mut self, page: &Page, category: Category, name: &str) -> NewEvent {
        let seq = self.seq;
        self.seq += 1;
        NewEvent {
            seq: Some(seq),
            visitor_id: Some(self.person.visitor_id.clone()),
            user_id: self.user_id(),
            ..self.event(page, category, name)
        }
    }

    fn event(&mut self, page: &Page, category: Category, name: &str) -> NewEvent {
        let at = self.start.plus_micros(i64::try_from(self.at_ms * 1_000).unwrap_or(0));
        NewEvent {
            id: Some(self.random.uuid().to_string()),
            at: Some(at),
            session_id: Some(self.session_id.clone()),
            page_url: Some(format!("{}{}", self.stage.site.origin, page.path)),
            ..NewEvent::new(category, name)
        }
    }

    fn push(&mut self, event: NewEvent) {
        let is_later_signal = event.seq.is_some_and(|seq| seq > 0);
        if is_later_signal && self.random.with_probability(LOST_PER_MILLE) {
            self.lost += 1;
            return;
        }
        self.steps.push(Step { after_ms: self.at_ms, event });
    }

    fn pause(&mut self, typical_ms: u64) {
        self.at_ms += self.random.around(typical_ms);
    }
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn real(number: u64) -> f64 {
    number as f64
}
