//! A car rental whose payment button has been broken on phones since a release six days ago.

use domain::friction::Kind;

use super::{BusinessModel, Intent, Item, Page, Site, SiteDefect, flaw};

const PRICE_STACK: &str = "TypeError: Cannot read properties of undefined (reading 'price')\n    at total (https://bahari-rentals.example/assets/booking.4f21c9ab.js:1:8841)\n    at render (https://bahari-rentals.example/assets/booking.4f21c9ab.js:1:2210)";
const ROUTE_STACK: &str = "TypeError: Failed to fetch\n    at directions (https://bahari-rentals.example/assets/map.90be1f22.js:1:4410)";

/// The site.
pub(super) static BAHARI: Site = Site {
    name: "Bahari Rentals",
    origin: "https://bahari-rentals.example",
    daily_sessions: 120,
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
            targets: &[("#send", "Send message"), ("a.whatsapp", "WhatsApp")],
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
            targets: &[("#phone", ""), ("#continue", "Continue"), ("#voucher-apply", "Apply")],
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
        SiteDefect {
            selector: Some("#pay-now"),
            text: Some("Pay now"),
            mobile_only: true,
            since_days: 6,
            ..flaw("/booking/payment", Kind::RageClick, 560)
        },
        SiteDefect {
            selector: Some("#pay-now"),
            text: Some("Pay now"),
            mobile_only: true,
            since_days: 6,
            ..flaw("/booking/payment", Kind::DeadClick, 820)
        },
        SiteDefect {
            selector: Some(".gallery img"),
            text: None,
            ..flaw("/vehicles/toyota-noah", Kind::DeadClick, 12)
        },
        SiteDefect {
            selector: Some("#map"),
            text: Some("Map"),
            ..flaw("/locations/dar-es-salaam", Kind::SlowClick, 90)
        },
        SiteDefect {
            message: Some("TypeError: Cannot read properties of undefined (reading 'price')"),
            stack: Some(PRICE_STACK),
            since_days: 6,
            ..flaw("/booking", Kind::JavascriptError, 90)
        },
        SiteDefect {
            selector: Some("#phone"),
            ..flaw("/booking/details", Kind::FormValidationError, 90)
        },
        SiteDefect {
            selector: Some("#filter-seats"),
            text: Some("7 seats"),
            ..flaw("/vehicles", Kind::RageClick, 7)
        },
        SiteDefect {
            selector: Some("#compare"),
            text: Some("Compare"),
            is_answered: true,
            ..flaw("/vehicles/nissan-patrol", Kind::RageClick, 12)
        },
        SiteDefect {
            message: Some("TypeError: Failed to fetch"),
            stack: Some(ROUTE_STACK),
            ..flaw("/locations/dar-es-salaam", Kind::UnhandledRejection, 35)
        },
        SiteDefect {
            selector: Some("#voucher-apply"),
            text: Some("Apply"),
            message: Some("ReferenceError: voucher is not defined"),
            ..flaw("/booking/details", Kind::ErrorClick, 30)
        },
        SiteDefect { selector: Some(".cards"), ..flaw("/vehicles", Kind::Thrashing, 18) },
    ],
    trade: BusinessModel::Rental,
    items: &[
        Item {
            path: "/vehicles/toyota-noah",
            id: "toyota-noah",
            name: "Toyota Noah",
            price: 160_000,
        },
        Item {
            path: "/vehicles/nissan-patrol",
            id: "nissan-patrol",
            name: "Nissan Patrol",
            price: 320_000,
        },
        Item {
            path: "/vehicles/suzuki-jimny",
            id: "suzuki-jimny",
            name: "Suzuki Jimny",
            price: 140_000,
        },
    ],
    places: &[
        "Dar es Salaam Airport",
        "Zanzibar Stone Town",
        "Mombasa",
        "Arusha",
        "Kariakoo, Dar es Salaam",
        "Diani Beach",
        "Tanga",
    ],
    searches: &["7 seats", "4x4 for the Usambaras", "small car, one week", "airport pick-up"],
    intents: &[
        ("#search", Intent::Search),
        ("#filter-seats", Intent::Filter(r#"{"seats":7}"#)),
        ("#sort", Intent::Filter(r#"{"sort":"price"}"#)),
        ("a.call", Intent::Contact("phone")),
        ("a.whatsapp", Intent::Contact("whatsapp")),
        ("#send", Intent::Message),
    ],
    line: "Reservations line",
    call_pages: &[
        "/offers/long-weekend",
        "/locations/dar-es-salaam",
        "/contact",
        "/booking/payment",
    ],
};
