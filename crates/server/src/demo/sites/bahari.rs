//! A car rental. A release broke its payment button on phones with one browser, and six days later another mended it.

use domain::friction::Kind;

use super::forms::BAHARI_FORMS;
use super::{BusinessModel, Intent, Item, Page, Site, SiteDefect, flaw};
use crate::demo::story::{Audience, Campaign, Moment, note, release};

/// The release that broke the payment button, and the one that mended it: early in the morning, so that a week shows
/// five broken days and then what mending them is worth.
const BROKEN: Moment = Moment::new(8, 7);
const MENDED: Moment = Moment::new(2, 7);
/// Phones on which the payment button is broken meanwhile.
const BROKEN_FOR: Audience = Audience::PhonesWith("Samsung Internet");
const OFFER_BEGINS: Moment = Moment::new(17, 0);
const OFFER_ENDS: Moment = Moment::new(12, 0);
/// Visitors with telephone numbers that the form refuses.
const FOREIGN_NUMBERS: Audience = Audience::Outside(&["TZ", "KE", "UG"]);

const WALLET_MESSAGE: &str = "TypeError: Cannot read properties of undefined (reading 'wallet')";
const WALLET_STACK: &str = "TypeError: Cannot read properties of undefined (reading 'wallet')\n    at pay (https://bahari-rentals.example/assets/payment.7c3e10aa.js:6:37)\n    at button.onclick (https://bahari-rentals.example/assets/payment.7c3e10aa.js:12:28)";

const PRICE_STACK: &str = "TypeError: Cannot read properties of undefined (reading 'price')\n    at total (https://bahari-rentals.example/assets/booking.4f21c9ab.js:1:8841)\n    at render (https://bahari-rentals.example/assets/booking.4f21c9ab.js:1:2210)";
const ROUTE_STACK: &str = "TypeError: Failed to fetch\n    at directions (https://bahari-rentals.example/assets/map.90be1f22.js:1:4410)";

/// The site.
pub(super) static BAHARI: Site = Site {
    name: "Bahari Rentals",
    origin: "https://bahari-rentals.example",
    daily_sessions: 200,
    // Cars are looked for before the week-end, and in the evening.
    weekdays: [85, 80, 90, 110, 130, 115, 90],
    hours: [
        5, 3, 2, 2, 4, 10, 25, 45, 58, 62, 60, 58, 56, 54, 52, 54, 58, 64, 72, 78, 74, 56, 32, 16,
    ],
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
    forms: BAHARI_FORMS,
    flaws: &[
        SiteDefect {
            selector: Some("#pay-now"),
            text: Some("Pay now"),
            message: Some(WALLET_MESSAGE),
            stack: Some(WALLET_STACK),
            audience: BROKEN_FOR,
            since: Some(BROKEN),
            until: Some(MENDED),
            goes_on_per_mille: Some(70),
            ..flaw("/booking/payment", Kind::ErrorClick, 960)
        },
        SiteDefect {
            message: Some(WALLET_MESSAGE),
            stack: Some(WALLET_STACK),
            audience: BROKEN_FOR,
            since: Some(BROKEN),
            until: Some(MENDED),
            goes_on_per_mille: Some(70),
            ..flaw("/booking/payment", Kind::JavascriptError, 900)
        },
        SiteDefect {
            selector: Some("#pay-now"),
            text: Some("Pay now"),
            audience: BROKEN_FOR,
            since: Some(BROKEN),
            until: Some(MENDED),
            goes_on_per_mille: Some(70),
            ..flaw("/booking/payment", Kind::DeadClick, 820)
        },
        SiteDefect {
            selector: Some("#pay-now"),
            text: Some("Pay now"),
            audience: BROKEN_FOR,
            since: Some(BROKEN),
            until: Some(MENDED),
            goes_on_per_mille: Some(70),
            ..flaw("/booking/payment", Kind::RageClick, 560)
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
            since: Some(BROKEN),
            ..flaw("/booking", Kind::JavascriptError, 35)
        },
        SiteDefect {
            selector: Some("#phone"),
            audience: FOREIGN_NUMBERS,
            goes_on_per_mille: Some(220),
            ..flaw("/booking/details", Kind::FormValidationError, 560)
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
    campaign: Campaign {
        path: "/offers/long-weekend",
        query: "?utm_source=instagram&utm_medium=paid_social&utm_campaign=long-weekend",
        referrer: "https://www.instagram.com/",
        since: OFFER_BEGINS,
        until: OFFER_ENDS,
        visits_per_cent: 55,
    },
    slow_page: None,
    speed_up: None,
    notes: &[
        note(OFFER_BEGINS, "Campaign “Long weekend” starts on Instagram"),
        note(OFFER_ENDS, "Campaign “Long weekend” ends"),
        release(BROKEN, "Release 8.4: new payment page"),
        release(MENDED, "Release 8.4.1: Pay now works in Samsung Internet again"),
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
