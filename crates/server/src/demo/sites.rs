//! The two sites: their pages, how visitors go through them, and what is wrong with them.

use domain::friction::Kind;

/// A site.
#[derive(Debug)]
pub(super) struct Site {
    /// The project's name.
    pub(super) name: &'static str,
    /// The beginning of its URLs.
    pub(super) origin: &'static str,
    /// Sessions on a usual day.
    pub(super) daily_sessions: u64,
    /// Pages where visits begin.
    pub(super) entries: &'static [Page],
    /// Pages visitors wander through.
    pub(super) inside: &'static [Page],
    /// The pages of the purchase, in order; each loses some visitors.
    pub(super) purchase: &'static [Page],
    /// What is wrong.
    pub(super) flaws: &'static [Flaw],
}

/// A page and what can be clicked there.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    /// Selector and text.
    pub(super) targets: &'static [(&'static str, &'static str)],
    /// Typical LCP in ms.
    pub(super) lcp: u64,
}

/// Something visitors of a page get stuck on.
#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) path: &'static str,
    pub(super) kind: Kind,
    pub(super) selector: Option<&'static str>,
    pub(super) text: Option<&'static str>,
    pub(super) message: Option<&'static str>,
    pub(super) stack: Option<&'static str>,
    /// Chance in a thousand, for each view of the page.
    pub(super) per_mille: u64,
    /// Only on phones.
    pub(super) mobile_only: bool,
    /// Began with a release this many days ago; 0: has always been.
    pub(super) since_days: i64,
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

const PRICE_STACK: &str = "TypeError: Cannot read properties of undefined (reading 'price')\n    at total (https://bahari-rentals.example/assets/booking.4f21c9ab.js:1:8841)\n    at render (https://bahari-rentals.example/assets/booking.4f21c9ab.js:1:2210)";
const STOCK_STACK: &str = "TypeError: stock.map is not a function\n    at list (https://duka-market.example/assets/catalogue.77ab01cd.js:2:1931)";

/// The sites of the demo.
pub(super) static SITES: [Site; 2] = [
    Site {
        name: "Bahari Rentals",
        origin: "https://bahari-rentals.example",
        daily_sessions: 70,
        entries: &[
            Page {
                path: "/",
                title: "Rent a car on the coast",
                targets: &[
                    ("#search", "Search"),
                    ("a.hero", "See all cars"),
                    ("nav a.offers", "Offers"),
                ],
                lcp: 1_900,
            },
            Page {
                path: "/vehicles/toyota-noah",
                title: "Toyota Noah",
                targets: &[("#book-now", "Book now"), (".gallery img", "")],
                lcp: 2_600,
            },
            Page {
                path: "/offers/long-weekend",
                title: "Long weekend",
                targets: &[("a.cta", "Choose a car")],
                lcp: 2_100,
            },
        ],
        inside: &[
            Page {
                path: "/vehicles",
                title: "All cars",
                targets: &[
                    ("#filter-seats", "7 seats"),
                    (".card a", "Details"),
                    ("#sort", "Cheapest first"),
                ],
                lcp: 2_300,
            },
            Page {
                path: "/vehicles/toyota-noah",
                title: "Toyota Noah",
                targets: &[("#book-now", "Book now"), (".gallery img", "")],
                lcp: 2_600,
            },
            Page {
                path: "/vehicles/nissan-patrol",
                title: "Nissan Patrol",
                targets: &[("#book-now", "Book now"), ("#compare", "Compare")],
                lcp: 2_700,
            },
            Page {
                path: "/vehicles/suzuki-jimny",
                title: "Suzuki Jimny",
                targets: &[("#book-now", "Book now")],
                lcp: 2_500,
            },
            Page {
                path: "/locations/dar-es-salaam",
                title: "Dar es Salaam",
                targets: &[("#map", "Map"), ("a.call", "Call us")],
                lcp: 3_100,
            },
            Page {
                path: "/contact",
                title: "Contact",
                targets: &[("#send", "Send message")],
                lcp: 1_500,
            },
        ],
        purchase: &[
            Page {
                path: "/booking",
                title: "Your booking",
                targets: &[("#dates", "Dates"), ("#continue", "Continue")],
                lcp: 1_800,
            },
            Page {
                path: "/booking/details",
                title: "Your details",
                targets: &[("#phone", ""), ("#continue", "Continue")],
                lcp: 1_600,
            },
            Page {
                path: "/booking/payment",
                title: "Payment",
                targets: &[("#pay-now", "Pay now")],
                lcp: 2_000,
            },
            Page {
                path: "/booking/confirmed",
                title: "See you soon",
                targets: &[("a.calendar", "Add to calendar")],
                lcp: 1_200,
            },
        ],
        flaws: &[
            Flaw {
                selector: Some("#pay-now"),
                text: Some("Pay now"),
                mobile_only: true,
                since_days: 6,
                ..flaw("/booking/payment", Kind::RageClick, 240)
            },
            Flaw {
                selector: Some("#pay-now"),
                text: Some("Pay now"),
                mobile_only: true,
                since_days: 6,
                ..flaw("/booking/payment", Kind::DeadClick, 320)
            },
            Flaw {
                selector: Some(".gallery img"),
                text: None,
                ..flaw("/vehicles/toyota-noah", Kind::DeadClick, 70)
            },
            Flaw {
                selector: Some("#map"),
                text: Some("Map"),
                ..flaw("/locations/dar-es-salaam", Kind::SlowClick, 130)
            },
            Flaw {
                message: Some(
                    "Uncaught TypeError: Cannot read properties of undefined (reading 'price')",
                ),
                stack: Some(PRICE_STACK),
                since_days: 6,
                ..flaw("/booking", Kind::JavascriptError, 160)
            },
            Flaw {
                selector: Some("#phone"),
                ..flaw("/booking/details", Kind::FormValidationError, 280)
            },
            Flaw {
                selector: Some("#filter-seats"),
                text: Some("7 seats"),
                ..flaw("/vehicles", Kind::RageClick, 25)
            },
        ],
    },
    Site {
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
            Flaw {
                selector: Some("#voucher"),
                text: Some("Apply"),
                ..flaw("/cart", Kind::RageClick, 110)
            },
            Flaw {
                selector: Some("#load-more"),
                text: Some("Load more"),
                mobile_only: true,
                ..flaw("/c/phones", Kind::DeadClick, 60)
            },
            Flaw {
                message: Some("Uncaught TypeError: stock.map is not a function"),
                stack: Some(STOCK_STACK),
                ..flaw("/search", Kind::JavascriptError, 90)
            },
            Flaw {
                message: Some("NetworkError: payment provider timed out after 8000 ms"),
                since_days: 2,
                ..flaw("/checkout", Kind::UnhandledRejection, 140)
            },
            Flaw {
                selector: Some("#place-order"),
                text: Some("Place order"),
                message: Some("NetworkError: payment provider timed out after 8000 ms"),
                since_days: 2,
                ..flaw("/checkout", Kind::ErrorClick, 120)
            },
            Flaw { selector: Some("#email"), ..flaw("/checkout", Kind::FormValidationError, 190) },
            Flaw {
                selector: Some(".zoom"),
                text: Some("Zoom"),
                ..flaw("/p/solar-lamp", Kind::SlowClick, 50)
            },
        ],
    },
];

/// A browser: its user agent, its window, whether it is a phone, and how slow it is in percent.
pub(super) struct Browser {
    pub(super) user_agent: &'static str,
    pub(super) window: (i32, i32),
    pub(super) is_mobile: bool,
    pub(super) slowness: u64,
}

/// What visitors use, most frequent first.
pub(super) const BROWSERS: [Browser; 7] = [
    Browser {
        user_agent: "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
        window: (384, 725),
        is_mobile: true,
        slowness: 150,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        window: (1_536, 730),
        is_mobile: false,
        slowness: 100,
    },
    Browser {
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        window: (390, 664),
        is_mobile: true,
        slowness: 90,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        window: (1_440, 789),
        is_mobile: false,
        slowness: 80,
    },
    Browser {
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        window: (1_280, 880),
        is_mobile: false,
        slowness: 95,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Linux; Android 13; Tablet SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        window: (800, 1_208),
        is_mobile: false,
        slowness: 140,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        window: (1_920, 947),
        is_mobile: false,
        slowness: 100,
    },
];
