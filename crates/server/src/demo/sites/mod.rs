//! The two sites: their pages, how visitors go through them, what is wrong with them, and what happened to them.

mod bahari;
mod browsers;
mod duka;
mod forms;

use domain::friction::Kind;

pub(in crate::demo) use forms::{Form, FormField};

use super::story::{Audience, Campaign, Moment, Note, SlowPage, SpeedUp};

/// A site.
#[derive(Debug)]
pub(in crate::demo) struct Site {
    /// The project's name.
    pub(in crate::demo) name: &'static str,
    /// The beginning of its URLs.
    pub(in crate::demo) origin: &'static str,
    /// Sessions on a usual day.
    pub(in crate::demo) daily_sessions: u64,
    /// How busy each day of the week is, Monday first, in percent of a usual day.
    pub(in crate::demo) weekdays: [u64; 7],
    /// How busy each hour of the day is by the project's clock; the sum is 1,000.
    pub(in crate::demo) hours: [u64; 24],
    /// Pages where visits begin.
    pub(in crate::demo) entries: &'static [Page],
    /// Pages visitors wander through.
    pub(in crate::demo) inside: &'static [Page],
    /// The pages of the purchase, in order; each loses some visitors.
    pub(in crate::demo) purchase: &'static [Page],
    /// The forms of those pages.
    pub(in crate::demo) forms: &'static [Form],
    /// What is wrong.
    pub(in crate::demo) flaws: &'static [SiteDefect],
    /// Some days with many more visits.
    pub(in crate::demo) campaign: Campaign,
    /// A page that comes slowly to one country.
    pub(in crate::demo) slow_page: Option<SlowPage>,
    /// A release that made pages faster.
    pub(in crate::demo) speed_up: Option<SpeedUp>,
    /// Notes of the staff on the time line.
    pub(in crate::demo) notes: &'static [Note],
    /// What is bought here.
    pub(in crate::demo) trade: BusinessModel,
    /// The goods, each with its page.
    pub(in crate::demo) items: &'static [Item],
    /// Where cars are picked up and parcels are brought.
    pub(in crate::demo) places: &'static [&'static str],
    /// What visitors search for.
    pub(in crate::demo) searches: &'static [&'static str],
    /// What a click on a selector means.
    pub(in crate::demo) intents: &'static [(&'static str, Intent)],
    /// The call widget.
    pub(in crate::demo) line: &'static str,
    /// The pages that embed it.
    pub(in crate::demo) call_pages: &'static [&'static str],
}

impl Site {
    /// The item whose page this is.
    pub(in crate::demo) fn item(&self, page: &Page) -> Option<&'static Item> {
        self.items.iter().find(|item| item.path == page.path)
    }
}

/// How a site earns its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::demo) enum BusinessModel {
    /// Bookings of one item, by the day.
    Rental,
    /// Orders of some items, by the piece.
    Shop,
}

/// Something that is let or sold.
#[derive(Debug)]
pub(in crate::demo) struct Item {
    pub(in crate::demo) path: &'static str,
    pub(in crate::demo) id: &'static str,
    pub(in crate::demo) name: &'static str,
    /// In TZS, for a day or a piece.
    pub(in crate::demo) price: u64,
}

/// What a click means.
#[derive(Debug, Clone, Copy)]
pub(in crate::demo) enum Intent {
    /// A search.
    Search,
    /// A filter, as JSON.
    Filter(&'static str),
    /// A click on a way to get in touch: `phone` or `whatsapp`.
    Contact(&'static str),
    /// A message sent by the form, with the sender's name and address.
    Message,
}

/// A page and what can be clicked there.
#[derive(Debug)]
pub(in crate::demo) struct Page {
    pub(in crate::demo) path: &'static str,
    pub(in crate::demo) title: &'static str,
    /// Selector and text.
    pub(in crate::demo) targets: &'static [(&'static str, &'static str)],
    /// Typical LCP in ms.
    pub(in crate::demo) lcp: u64,
}

/// Something visitors of a page get stuck on.
#[derive(Debug)]
pub(in crate::demo) struct SiteDefect {
    pub(in crate::demo) path: &'static str,
    pub(in crate::demo) kind: Kind,
    pub(in crate::demo) selector: Option<&'static str>,
    pub(in crate::demo) text: Option<&'static str>,
    pub(in crate::demo) message: Option<&'static str>,
    pub(in crate::demo) stack: Option<&'static str>,
    /// Chance in a thousand, for each view of the page.
    pub(in crate::demo) per_mille: u64,
    /// The visitors it affects.
    pub(in crate::demo) audience: Audience,
    /// When a release brought it; none: it has always been there.
    pub(in crate::demo) since: Option<Moment>,
    /// When a release mended it; none: it is still there.
    pub(in crate::demo) until: Option<Moment>,
    /// Of a thousand visitors it hits while they buy, those who go on; none: as its severity has it.
    pub(in crate::demo) goes_on_per_mille: Option<u64>,
    /// Each of the quick clicks was answered: a rage click that hurt nobody.
    pub(in crate::demo) is_answered: bool,
}

const fn flaw(path: &'static str, kind: Kind, per_mille: u64) -> SiteDefect {
    SiteDefect {
        path,
        kind,
        selector: None,
        text: None,
        message: None,
        stack: None,
        per_mille,
        audience: Audience::Everybody,
        since: None,
        until: None,
        goes_on_per_mille: None,
        is_answered: false,
    }
}

pub(super) use browsers::{BROWSERS, Browser, CRAWLERS, SHARES};

/// The sites of the demo.
pub(super) static SITES: [&Site; 2] = [&bahari::BAHARI, &duka::DUKA];
