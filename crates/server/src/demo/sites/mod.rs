//! The two sites: their pages, how visitors go through them, and what is wrong with them.

mod bahari;
mod browsers;
mod duka;

use domain::friction::Kind;

/// A site.
#[derive(Debug)]
pub(in crate::demo) struct Site {
    /// The project's name.
    pub(in crate::demo) name: &'static str,
    /// The beginning of its URLs.
    pub(in crate::demo) origin: &'static str,
    /// Sessions on a usual day.
    pub(in crate::demo) daily_sessions: u64,
    /// Pages where visits begin.
    pub(in crate::demo) entries: &'static [Page],
    /// Pages visitors wander through.
    pub(in crate::demo) inside: &'static [Page],
    /// The pages of the purchase, in order; each loses some visitors.
    pub(in crate::demo) purchase: &'static [Page],
    /// What is wrong.
    pub(in crate::demo) flaws: &'static [Flaw],
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
pub(in crate::demo) struct Flaw {
    pub(in crate::demo) path: &'static str,
    pub(in crate::demo) kind: Kind,
    pub(in crate::demo) selector: Option<&'static str>,
    pub(in crate::demo) text: Option<&'static str>,
    pub(in crate::demo) message: Option<&'static str>,
    pub(in crate::demo) stack: Option<&'static str>,
    /// Chance in a thousand, for each view of the page.
    pub(in crate::demo) per_mille: u64,
    /// Only on phones.
    pub(in crate::demo) mobile_only: bool,
    /// Began with a release this many days ago; 0: has always been.
    pub(in crate::demo) since_days: i64,
}

const fn flaw(path: &'static str, kind: Kind, per_mille: u64) -> Flaw {
    Flaw {
        path,
        kind,
        selector: None,
        text: None,
        message: None,
        stack: None,
        per_mille,
        mobile_only: false,
        since_days: 0,
    }
}

pub(super) use browsers::{BROWSERS, Browser};

/// The sites of the demo.
pub(super) static SITES: [&Site; 2] = [&bahari::BAHARI, &duka::DUKA];
