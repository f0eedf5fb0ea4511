//! A shop whose payment provider has been timing out for two days.

use domain::friction::Kind;

use super::{BusinessModel, Intent, Item, Page, Site, SiteDefect, flaw};

const STOCK_STACK: &str = "TypeError: stock.map is not a function\n    at list (https://duka-market.example/assets/catalogue.77ab01cd.js:2:1931)";

/// The site.
pub(super) static DUKA: Site = Site {
    name: "Duka Market",
    origin: "https://duka-market.example",
    daily_sessions: 180,
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
            lcp: 2_400,
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
            lcp: 2_400,
        },
        Page {
            path: "/p/phone-a15",
            title: "Phone A15",
            targets: &[("#add", "Add to cart"), ("#colour-blue", "Blue")],
            lcp: 2_800,
        },
        Page {
            path: "/p/pressure-cooker",
            title: "Pressure cooker",
            targets: &[("#add", "Add to cart")],
            lcp: 2_600,
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
    flaws: &[
        SiteDefect {
            selector: Some("#voucher"),
            text: Some("Apply"),
            ..flaw("/cart", Kind::RageClick, 18)
        },
        SiteDefect {
            selector: Some("#load-more"),
            text: Some("Load more"),
            mobile_only: true,
            ..flaw("/c/phones", Kind::DeadClick, 22)
        },
        SiteDefect {
            message: Some("TypeError: stock.map is not a function"),
            stack: Some(STOCK_STACK),
            ..flaw("/search", Kind::JavascriptError, 45)
        },
        SiteDefect {
            message: Some("NetworkError: payment provider timed out after 8000 ms"),
            since_days: 2,
            ..flaw("/checkout", Kind::UnhandledRejection, 380)
        },
        SiteDefect {
            selector: Some("#place-order"),
            text: Some("Place order"),
            message: Some("NetworkError: payment provider timed out after 8000 ms"),
            since_days: 2,
            ..flaw("/checkout", Kind::ErrorClick, 450)
        },
        SiteDefect {
            selector: Some("#email"),
            ..flaw("/checkout", Kind::FormValidationError, 100)
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
        SiteDefect { selector: Some("#sort"), ..flaw("/search", Kind::Thrashing, 15) },
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
