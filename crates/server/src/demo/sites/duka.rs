//! A shop. A release made its product pages fast, a sale brought many visitors, its phones come slowly to Kenya, its check-out
//! loses people at one field, and since two days its payment provider has been timing out.

use domain::friction::Kind;

use super::forms::DUKA_FORMS;
use super::{BusinessModel, Intent, Item, Page, Site, SiteDefect, flaw};
use crate::demo::story::{Audience, Campaign, Moment, SlowPage, SpeedUp, note, release};

const FASTER: Moment = Moment::new(6, 6);
const SALE_BEGINS: Moment = Moment::new(5, 0);
const SALE_ENDS: Moment = Moment::new(2, 0);
const TIMES_OUT: Moment = Moment::new(2, 15);

const STOCK_STACK: &str = "TypeError: stock.map is not a function\n    at list (https://duka-market.example/assets/catalogue.77ab01cd.js:2:1931)";

/// The site.
pub(super) static DUKA: Site = Site {
    name: "Duka Market",
    origin: "https://duka-market.example",
    daily_sessions: 230,
    // People shop at lunch and late in the evening, most on Saturdays, few on Sundays.
    weekdays: [105, 100, 100, 95, 105, 125, 70],
    hours: [
        12, 6, 3, 3, 4, 8, 18, 32, 42, 46, 50, 58, 76, 74, 52, 46, 46, 50, 60, 76, 88, 80, 46, 24,
    ],
    entries: &[
        Page {
            path: "/",
            title: "Duka Market",
            targets: &[
                ("#search", "Search"),
                (".deal a", "Deal of the day"),
                ("nav a.phones", "Phones"),
            ],
            lcp: 2_200,
        },
        Page {
            path: "/c/phones",
            title: "Phones",
            targets: &[(".product a", "Details"), ("#load-more", "Load more")],
            lcp: 2_900,
        },
        Page {
            path: "/p/solar-lamp",
            title: "Solar lamp",
            targets: &[("#add", "Add to cart")],
            lcp: 1_400,
        },
    ],
    inside: &[
        Page {
            path: "/c/phones",
            title: "Phones",
            targets: &[(".product a", "Details"), ("#load-more", "Load more")],
            lcp: 2_900,
        },
        Page {
            path: "/c/kitchen",
            title: "Kitchen",
            targets: &[(".product a", "Details"), ("#filter", "Filter")],
            lcp: 2_700,
        },
        Page {
            path: "/p/solar-lamp",
            title: "Solar lamp",
            targets: &[("#add", "Add to cart"), (".zoom", "Zoom")],
            lcp: 1_400,
        },
        Page {
            path: "/p/phone-a15",
            title: "Phone A15",
            targets: &[("#add", "Add to cart"), ("#colour-blue", "Blue")],
            lcp: 1_600,
        },
        Page {
            path: "/p/pressure-cooker",
            title: "Pressure cooker",
            targets: &[("#add", "Add to cart")],
            lcp: 1_500,
        },
        Page {
            path: "/search",
            title: "Search",
            targets: &[(".product a", "Details"), ("#sort", "Sort")],
            lcp: 3_300,
        },
        Page {
            path: "/help/delivery",
            title: "Delivery",
            targets: &[("summary", "How long does it take?")],
            lcp: 1_300,
        },
    ],
    purchase: &[
        Page {
            path: "/cart",
            title: "Cart",
            targets: &[("#voucher", "Apply"), ("#checkout", "Check out")],
            lcp: 1_700,
        },
        Page {
            path: "/checkout",
            title: "Check out",
            targets: &[("#place-order", "Place order")],
            lcp: 2_100,
        },
        Page {
            path: "/orders/thanks",
            title: "Thank you",
            targets: &[("a.track", "Track order")],
            lcp: 1_200,
        },
    ],
    forms: DUKA_FORMS,
    flaws: &[
        SiteDefect {
            selector: Some("#voucher"),
            text: Some("Apply"),
            ..flaw("/cart", Kind::RageClick, 18)
        },
        SiteDefect {
            selector: Some("#load-more"),
            text: Some("Load more"),
            audience: Audience::Phones,
            ..flaw("/c/phones", Kind::DeadClick, 22)
        },
        SiteDefect {
            message: Some("TypeError: stock.map is not a function"),
            stack: Some(STOCK_STACK),
            ..flaw("/search", Kind::JavascriptError, 45)
        },
        SiteDefect {
            message: Some("NetworkError: payment provider timed out after 8000 ms"),
            since: Some(TIMES_OUT),
            ..flaw("/checkout", Kind::UnhandledRejection, 360)
        },
        SiteDefect {
            selector: Some("#place-order"),
            text: Some("Place order"),
            message: Some("NetworkError: payment provider timed out after 8000 ms"),
            since: Some(TIMES_OUT),
            ..flaw("/checkout", Kind::ErrorClick, 430)
        },
        SiteDefect {
            selector: Some("#email"),
            ..flaw("/checkout", Kind::FormValidationError, 130)
        },
        SiteDefect {
            selector: Some(".zoom"),
            text: Some("Zoom"),
            ..flaw("/p/solar-lamp", Kind::SlowClick, 25)
        },
        SiteDefect {
            selector: Some("#colour-blue"),
            text: Some("Blue"),
            is_answered: true,
            ..flaw("/p/phone-a15", Kind::RageClick, 12)
        },
        SiteDefect { selector: Some("#sort"), ..flaw("/search", Kind::Thrashing, 120) },
    ],
    campaign: Campaign {
        path: "/",
        query: "?utm_source=facebook&utm_medium=paid_social&utm_campaign=payday-sale",
        referrer: "https://www.facebook.com/",
        since: SALE_BEGINS,
        until: SALE_ENDS,
        visits_per_cent: 70,
    },
    slow_page: Some(SlowPage {
        path: "/c/phones",
        country: "KE",
        per_cent: 200,
        leave_per_mille: 550,
    }),
    speed_up: Some(SpeedUp {
        paths: "/p/",
        at: FASTER,
        per_cent_before: 260,
        purchases_per_mille_before: 350,
    }),
    notes: &[
        release(FASTER, "Release 30: fast product pages"),
        note(SALE_BEGINS, "Campaign “Payday sale” starts on Facebook"),
        note(SALE_ENDS, "Campaign “Payday sale” ends"),
        release(TIMES_OUT, "Release 31: new payment provider"),
    ],
    trade: BusinessModel::Shop,
    items: &[
        Item { path: "/p/solar-lamp", id: "solar-lamp", name: "Solar lamp", price: 38_000 },
        Item {
            path: "/p/pressure-cooker",
            id: "pressure-cooker",
            name: "Pressure cooker",
            price: 92_000,
        },
        Item { path: "/p/phone-a15", id: "phone-a15", name: "Phone A15", price: 485_000 },
    ],
    places: &["Dar es Salaam", "Mwanza", "Dodoma", "Nairobi", "Arusha", "Mombasa", "Moshi"],
    searches: &["solar lamp", "phone under 500000", "pressure cooker 6 l", "kanga", "charger"],
    intents: &[("#search", Intent::Search)],
    line: "Order line",
    call_pages: &["/help/delivery", "/checkout"],
};
