//! The generated history has the same shape whenever the demo starts.

use std::collections::BTreeMap;

use domain::event::NewEvent;
use domain::friction::{self, Kind};
use domain::id::WidgetId;
use domain::sender_kind::SenderKind;
use engine::sdk_reports::SdkReport;

use super::super::people::is_regular;
use super::super::sites::{SITES, Site};
use super::super::story::start_of_day;
use super::*;

const FIRST_START: Timestamp = Timestamp::from_seconds(1_763_726_400);
pub(super) const SEEDS: [u64; 6] = [0, 1, 2, 3, 4, 5];

/// A site whose demo starts at another day and hour with each seed.
pub(super) fn stage(site: &'static Site, seed: u64) -> VisitContext {
    let now = FIRST_START.plus_seconds(i64::try_from(seed).expect("small") * 1_000_000);
    let (widget, today) = (WidgetId(uuid::Uuid::from_u128(7)), start_of_day(now));
    VisitContext { site, widget, today, now, seed }
}

/// What a demo says of the elements and errors of a site in the last `days`:
/// names with their scores, the worst first.
fn scores(context: VisitContext, days: i64) -> Vec<(String, f64)> {
    let first = context.now.plus_seconds(-days * 86_400);
    let mut weights: BTreeMap<String, u64> = BTreeMap::new();
    let mut count = 0;
    for session in sessions(context).filter(|session| session.steps[0].event.at >= Some(first)) {
        count += 1;
        for step in session.steps {
            // A rage click that the page answered counts nowhere.
            let severity = step.event.friction.as_ref().and_then(|it| it.severity.as_deref());
            let is_answered = step.event.name == "rage_click" && severity == Some("low");
            if let Some(kind) = Kind::parse(&step.event.name).filter(|_| !is_answered) {
                *weights.entry(name(step.event)).or_default() += u64::from(kind.weight());
            }
        }
    }
    let mut scores: Vec<_> =
        weights.into_iter().map(|(name, weight)| (name, friction::score(weight, count))).collect();
    scores.sort_by(|one, other| other.1.total_cmp(&one.1));
    scores
}

fn name(event: NewEvent) -> String {
    let message = event.friction.and_then(|friction| friction.error_message);
    event.element.selector.or(message).expect("friction is of an element or an error")
}

/// How many visits have an event of each name.
fn visits_with(sessions: &[Session]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for session in sessions {
        let names: BTreeSet<&str> =
            session.steps.iter().map(|step| step.event.name.as_str()).collect();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts
}

#[test]
fn the_payment_button_is_the_worst_of_the_car_rental() {
    for seed in SEEDS {
        let week = scores(stage(SITES[0], seed), 7);
        assert_eq!(week[0].0, "#pay-now");
        assert!(week[0].1 > 1.5 * week[1].1, "{week:?}");
        assert_eq!(scores(stage(SITES[0], seed), 30)[0].0, "#pay-now");
    }
}

#[test]
fn placing_an_order_is_the_worst_of_the_shops_week() {
    for seed in SEEDS {
        let week = scores(stage(SITES[1], seed), 7);
        assert_eq!(week[0].0, "#place-order", "{week:?}");
    }
}

#[test]
fn customers_of_the_car_rental_book_leave_and_call() {
    for seed in SEEDS {
        let all: Vec<_> = sessions(stage(SITES[0], seed)).collect();
        let count = visits_with(&all);
        let left = all.iter().filter(|session| session.left_booking_ms().is_some()).count();
        assert!(count["booking.completed"] > 150, "{count:?}");
        assert!(left > count["booking.completed"], "{left}, {count:?}");
        assert_eq!(count["booking.started"], left + count["booking.completed"]);
        assert!(count["payment.failed"] > 10, "{count:?}");
        assert!(count["property_view"] > 500 && count["contact_click"] > 40, "{count:?}");
        let over = count["call_end"] + count["call_error"];
        let endless = count["call_start"] - over;
        assert!(count["call_error"] > 5, "{count:?}");
        assert!(endless > over / 20 && endless < over / 7, "{endless} of {over}");
    }
}

#[test]
fn customers_of_the_shop_order_more_than_once() {
    for seed in SEEDS {
        let all: Vec<_> = sessions(stage(SITES[1], seed)).collect();
        let count = visits_with(&all);
        assert!(count["order.placed"] > 220 && count["review.posted"] > 10, "{count:?}");
        assert!(!count.contains_key("booking.started") && !count.contains_key("property_view"));
        let mut orders: BTreeMap<u64, usize> = BTreeMap::new();
        for session in &all {
            let placed = session.steps.iter().filter(|step| step.event.name == "order.placed");
            *orders.entry(session.visitor).or_default() += placed.count();
        }
        let again = orders.values().filter(|count| **count > 1).count();
        assert!(again > 12, "{again} ordered again");
    }
}

#[test]
fn every_kind_of_friction_happens_on_both_sites_and_some_rage_clicks_were_answered() {
    for (site, seed) in SITES.into_iter().zip(SEEDS) {
        let week = stage(site, seed).now.plus_seconds(-7 * 86_400);
        let frictions: Vec<NewEvent> = sessions(stage(site, seed))
            .flat_map(|session| session.steps)
            .map(|step| step.event)
            .filter(|event| event.friction.is_some() && event.at >= Some(week))
            .collect();
        for kind in Kind::ALL {
            let count = frictions.iter().filter(|event| event.name == kind.as_str()).count();
            assert!(count > 0 && count < 400, "{}: {count} of {kind:?}", site.name);
        }
        let is_low = |event: &&NewEvent| {
            event.friction.as_ref().is_some_and(|it| it.severity.as_deref() == Some("low"))
        };
        let answered: Vec<&NewEvent> =
            frictions.iter().filter(|event| event.name == "rage_click").filter(is_low).collect();
        assert!(!answered.is_empty());
        for event in answered {
            let properties = event.properties.as_deref().expect("metadata");
            assert!(properties.contains(r#""answered":true"#), "{properties}");
        }
    }
}

/// The share of those visits which last ten seconds, see two pages or bring something, in percent.
fn engaged_per_cent(sessions: &[Session], is_meant: impl Fn(&Session) -> bool) -> usize {
    let is_engaged = |session: &&Session| {
        let count = |names: &[&str]| {
            let names_event = |step: &&Step| names.contains(&step.event.name.as_str());
            session.steps.iter().filter(names_event).count()
        };
        session.steps.iter().any(|step| step.after_ms >= 10_000)
            || count(&["pageview"]) > 1
            || count(&["booking.completed", "order.placed"]) > 0
    };
    let meant: Vec<_> = sessions.iter().filter(|session| is_meant(session)).collect();
    100 * meant.iter().copied().filter(is_engaged).count() / meant.len()
}

/// Of real sites' visits, half to two thirds are engaged: fewer on phones, and fewer of those that an advert leads there
/// than of those by a newsletter's readers or by people who come often.
#[test]
fn as_many_visits_leave_at_once_as_on_real_sites() {
    for (site, seed) in SEEDS.into_iter().flat_map(|seed| SITES.map(|site| (site, seed))) {
        let all: Vec<_> = sessions(stage(site, seed)).collect();
        let on = |device| engaged_per_cent(&all, |it| it.person.browser.device == device);
        let by = |medium| {
            let is_meant = |url: &String| url.contains(medium);
            engaged_per_cent(&all, |it| it.steps[0].event.page_url.as_ref().is_some_and(is_meant))
        };
        let everybody = engaged_per_cent(&all, |_| true);
        let regulars = engaged_per_cent(&all, |it| is_regular(it.visitor));
        assert!((55..=68).contains(&everybody), "{}: {everybody} %", site.name);
        assert!(on("mobile") < on("desktop"), "{}", site.name);
        assert!(by("=paid_social") < everybody && by("=cpc") < by("=email"), "{}", site.name);
        assert!(everybody < regulars, "{}: {everybody} % and {regulars} %", site.name);
    }
}

#[test]
fn crawlers_are_a_modest_share_and_a_few_signals_are_lost() {
    for (site, seed) in SITES.into_iter().zip(SEEDS) {
        let events = |sessions: &[Session]| -> usize {
            sessions.iter().map(|session| session.steps.len()).sum()
        };
        let crawls: Vec<Session> = crawls(stage(site, seed)).collect();
        let visits: Vec<Session> = sessions(stage(site, seed)).collect();
        let percent = 100 * events(&crawls) / events(&visits);
        assert!((1..10).contains(&percent), "{percent}");
        let is_bot = |session: &Session| {
            let kind = SenderKind::of(session.person.browser.user_agent);
            matches!(kind, SenderKind::Bot(_))
        };
        assert!(crawls.iter().all(is_bot) && !visits.iter().any(is_bot));
        let sum = |count: fn(&SdkReport) -> u64| -> u64 {
            visits.iter().map(|session| count(&session.report)).sum()
        };
        let (created, acknowledged) = (sum(|it| it.created), sum(|it| it.acknowledged));
        let dropped = sum(|it| it.dropped.iter().map(|(_, count)| count).sum());
        assert!(dropped > 0 && dropped < created / 100, "{dropped} of {created}");
        assert!(acknowledged < created && acknowledged > created * 7 / 10, "{acknowledged}");
    }
}

#[test]
fn a_customer_registers_once_and_before_everything_else() {
    for (site, seed) in SITES.into_iter().zip(SEEDS) {
        let mut known = BTreeSet::new();
        for step in sessions(stage(site, seed)).flat_map(|session| session.steps) {
            let Some(user) = step.event.user_id else { continue };
            match step.event.name.as_str() {
                "session.started" => {}
                "customer.created" => assert!(known.insert(user), "registered twice"),
                name => assert!(known.contains(&user), "{name} of an unknown customer"),
            }
        }
        assert!(known.len() > 300, "{}", known.len());
    }
}

#[test]
fn most_sessions_of_customers_end_with_a_word() {
    let all: Vec<_> = sessions(stage(SITES[0], 0)).collect();
    let count = visits_with(&all);
    let silent = count["session.started"] - count["session.ended"];
    assert!(silent > 20 && silent < count["session.started"] / 5, "{count:?}");
}

#[test]
fn some_bookings_are_found_abandoned_within_minutes_of_the_start() {
    let due = |session: &Session| {
        let started = session.steps[0].event.at.expect("a time");
        let left = i64::try_from(session.left_booking_ms().expect("a booking")).expect("small");
        started.plus_micros(left * 1_000).plus_seconds(ABANDONED_AFTER_SECONDS)
    };
    for seed in SEEDS {
        let all: Vec<_> = sessions(stage(SITES[0], seed)).collect();
        let last = all.iter().rev().take(usize::try_from(IDLE_BOOKINGS).expect("small"));
        let due: Vec<_> = last
            .map(|session| due(session).micros_since(stage(SITES[0], seed).now) / 1_000_000)
            .collect();
        assert_eq!(due, [600, 450, 300, 150]);
    }
}

#[test]
fn the_same_start_gives_the_same_events() {
    let events = || {
        let all = sessions(stage(SITES[0], 0)).take(500);
        all.flat_map(|session| session.steps).map(|step| step.event).collect::<Vec<_>>()
    };
    assert_eq!(events(), events());
    let ids: BTreeSet<_> = events().into_iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), events().len());
}
