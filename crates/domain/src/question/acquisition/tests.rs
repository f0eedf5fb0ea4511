//! Figures worked by hand.

use super::*;
use crate::money::Currency;
use crate::question::PageRange;

fn money(amount: f64, code: &str) -> Money {
    Money::from_major(amount, Currency::parse(code).expect("a currency")).expect("an amount")
}

/// A bounce of five seconds.
fn session(value: Option<&str>, visitor: i64) -> AcquiredSession<'_> {
    AcquiredSession {
        is_current: true,
        value,
        visitor: Some(visitor),
        duration_micros: 5_000_000,
        page_views: 1,
        has_friction: false,
        conversions: 0,
        revenue: &[],
    }
}

fn answer(sessions: &[AcquiredSession<'_>], slice: PageRange) -> AcquisitionAnswer {
    let mut tally = AcquisitionTally::default();
    for session in sessions {
        tally.add(session).expect("few");
    }
    tally.finish(slice, 2)
}

/// Durations 5, 5 and 20.5 s: median 5. Of search: 5 and 20.5, median 12.75.
#[test]
fn sessions_are_counted_by_value_and_in_all() {
    let amounts = [money(500.0, "TZS"), money(10.5, "EUR"), money(0.25, "EUR")];
    let bought = AcquiredSession {
        duration_micros: 20_500_000,
        page_views: 3,
        has_friction: true,
        conversions: 3,
        revenue: &amounts,
        ..session(Some("search"), 1)
    };
    let before = AcquiredSession { is_current: false, ..session(Some("search"), 7) };
    let gone = AcquiredSession { is_current: false, ..session(Some("email"), 7) };
    let sessions = [session(Some("search"), 1), session(None, 2), bought, before, before, gone];
    let found = answer(&sessions, PageRange::new(0, 10));
    assert_eq!((found.total, found.unattributed_conversions), (2, 2));
    let search = &found.rows[0];
    assert_eq!((search.value.as_deref(), search.previous_sessions), (Some("search"), 2));
    let figures = AcquisitionFigures {
        sessions: 2,
        visitors: 1,
        page_views: 4,
        engaged_sessions: 1,
        friction_sessions: 1,
        conversions: 3,
        converting_sessions: 1,
        revenue: vec![money(10.75, "EUR"), money(500.0, "TZS")],
        median_seconds: Some(12.75),
    };
    assert_eq!(search.figures, figures);
    assert_eq!((found.rows[1].value.as_deref(), found.rows[1].figures.sessions), (None, 1));
    let totals = AcquisitionFigures {
        sessions: 3,
        visitors: 2,
        page_views: 5,
        median_seconds: Some(5.0),
        ..figures
    };
    assert_eq!(found.totals, totals);
    let previous = &found.previous_totals;
    assert_eq!((previous.sessions, previous.visitors, previous.page_views), (3, 1, 3));
    assert_eq!(answer(&[], PageRange::new(0, 10)).totals, AcquisitionFigures::default());
}

#[test]
fn a_session_is_engaged_after_ten_seconds_or_two_pages_or_a_conversion() {
    let one = session(None, 1);
    for (session, is_engaged) in [
        (one, false),
        (AcquiredSession { duration_micros: 9_999_999, ..one }, false),
        (AcquiredSession { duration_micros: 10_000_000, ..one }, true),
        (AcquiredSession { page_views: 2, ..one }, true),
        (AcquiredSession { conversions: 1, ..one }, true),
        (AcquiredSession { has_friction: true, page_views: 0, ..one }, false),
    ] {
        let found = answer(&[session], PageRange::new(0, 1));
        assert_eq!(found.totals.engaged_sessions, u64::from(is_engaged), "{session:?}");
    }
}

/// Most sessions first, ties by value, without a value last among equals; an empty value is none.
#[test]
fn rows_come_in_order_and_by_pages() {
    let values = [Some("b"), Some("a"), None, Some("c"), Some("c"), Some("")];
    let sessions: Vec<AcquiredSession<'_>> = values.map(|value| session(value, 1)).to_vec();
    let sessions = [sessions.as_slice(), &[session(Some("b"), 1)]].concat();
    let mut found = Vec::new();
    for offset in 0..5 {
        let page = answer(&sessions, PageRange::new(offset, 1));
        assert_eq!((page.total, page.totals.sessions), (4, 7));
        found.extend(page.rows.into_iter().map(|row| row.value));
    }
    let expected = [Some("b"), Some("c"), None, Some("a")];
    assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
}

#[test]
fn values_beyond_the_memory_are_refused() {
    let mut tally = AcquisitionTally::default();
    let long = "x".repeat(2_000);
    let mut added = 0_usize;
    while tally.add(&session(Some(&format!("{added}{long}")), 1)).is_ok() {
        added += 1;
    }
    assert!((20_000..40_000).contains(&added), "{added}");
}

#[test]
fn a_width_belongs_to_one_class() {
    for (width, class) in [
        (-1, "0-479"),
        (0, "0-479"),
        (479, "0-479"),
        (480, "480-767"),
        (767, "480-767"),
        (768, "768-1023"),
        (1_024, "1024-1439"),
        (1_439, "1024-1439"),
        (1_440, "1440+"),
        (9_999, "1440+"),
    ] {
        assert_eq!(width_class(width), class, "{width}");
    }
    for (least, name) in WIDTH_CLASSES.iter().zip(WIDTH_CLASS_NAMES) {
        assert!(name.starts_with(&least.to_string()), "{name}");
    }
}

#[test]
fn names_of_values_are_read_back() {
    for by in AcquisitionBy::ALL {
        assert_eq!(AcquisitionBy::parse(by.as_str()), Some(by));
    }
    assert_eq!(AcquisitionBy::parse("region"), None);
}
