//! A naive evaluator, which goes by dates, over random histories.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use domain::event::Event;
use domain::question::acquisition::AcquisitionBy;
use domain::question::visitor_retention::{
    CohortCalendar, GroupValue, MAX_GROUPS, RetentionUnit, VisitorAction, VisitorGrouping,
};
use domain::question::{Filters, Period};
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ports::lake::{LakeQuestions as _, LakeWriter as _};

use super::{CONVERSION, DAY, VISIT, booked, question, scope};
use crate::support::{Fixture, at, view};

/// The date by which an instant is counted.
fn label(zone: Zone, at: Timestamp, unit: RetentionUnit) -> String {
    let date = zone.civil(at).date();
    match unit {
        RetentionUnit::Day => date.to_string(),
        RetentionUnit::Week => {
            let week = date.iso_week_date();
            format!("{:04}-{:02}", week.year(), week.week())
        }
        RetentionUnit::Month => format!("{:04}-{:02}", date.year(), date.month()),
    }
}

/// Something that a visitor did.
struct Action {
    label: String,
    at: Timestamp,
    session: Option<String>,
}

type ByVisitor = BTreeMap<String, Vec<Action>>;

/// The visits of each visitor, and the bookings, each booking once.
fn actions(events: &[&Event], zone: Zone, unit: RetentionUnit) -> (ByVisitor, ByVisitor) {
    let (mut visits, mut bought) = (ByVisitor::new(), ByVisitor::new());
    let mut in_order = events.to_vec();
    in_order.sort_by_key(|it| (it.occurred_at, it.received_at, it.id.0));
    let act = |event: &Event, session: Option<&String>| Action {
        label: label(zone, event.occurred_at, unit),
        at: event.occurred_at,
        session: session.cloned(),
    };
    for event in &in_order {
        if let Some(visitor) = &event.visitor_id {
            let visit = act(event, event.session_id.as_ref());
            visits.entry(visitor.clone()).or_default().push(visit);
        }
    }
    let is_booking = |it: &&&Event| it.name == "booking.completed";
    let ids: BTreeSet<_> = in_order.iter().filter(is_booking).map(|it| &it.properties).collect();
    for id in ids {
        let reports = || in_order.iter().filter(is_booking).filter(|it| it.properties == *id);
        let session = || reports().find_map(|it| it.session_id.as_ref());
        // Of the session the last event that names a visitor.
        let of_session = || {
            let session = session()?;
            let named = in_order.iter().filter(|it| it.session_id.as_ref() == Some(session));
            named.filter_map(|it| it.visitor_id.clone()).next_back()
        };
        let visitor = reports().find_map(|it| it.visitor_id.clone()).or_else(of_session);
        if let (Some(visitor), Some(first)) = (visitor, reports().next()) {
            bought.entry(visitor).or_default().push(act(first, session()));
        }
    }
    (visits, bought)
}

/// Visitors of each cohort, and how many of them return in each unit.
type CohortSizes = Vec<(u64, Vec<u64>)>;

/// The cohorts by walking over all dates, and how many visitors of them came by each entry page.
fn naive(
    events: &[Event],
    period: Period,
    calendar: &CohortCalendar,
    unit: RetentionUnit,
    [first, returning]: [VisitorAction; 2],
) -> (CohortSizes, BTreeMap<Option<String>, u64>) {
    let zone = period.zone();
    let stored: Vec<&Event> =
        events.iter().filter(|it| it.occurred_at < calendar.to() && it.bot.is_none()).collect();
    let (visits, bought) = actions(&stored, zone, unit);
    let of = |action| if action == VISIT { &visits } else { &bought };
    let mut labels = BTreeSet::new();
    let mut instant = period.from();
    while instant < period.to() {
        labels.insert(label(zone, instant, unit));
        instant = instant.plus_seconds(1_800);
    }
    let labels: Vec<String> = labels.into_iter().collect();
    let mut pages = BTreeMap::new();
    let mut cohort = |cohort: usize| {
        let label = &labels[cohort];
        let is_new = |(_, acted): &(&String, &Vec<Action>)| {
            acted.iter().map(|act| &act.label).min() == Some(label)
        };
        let members: Vec<(&String, &Vec<Action>)> = of(first).iter().filter(is_new).collect();
        for (_, acted) in &members {
            let with_session = acted.iter().filter(|it| it.label == *label && it.session.is_some());
            let first = with_session.min_by_key(|it| it.at);
            let page = first.and_then(|it| entry_page(&stored, it.session.as_ref(), calendar));
            *pages.entry(page).or_default() += 1;
        }
        let back = labels[cohort..].iter().map(|unit| {
            let is_back = |it: &&(&String, &Vec<Action>)| {
                of(returning).get(it.0).is_some_and(|it| it.iter().any(|it| it.label == *unit))
            };
            members.iter().filter(is_back).count() as u64
        });
        (members.len() as u64, back.collect())
    };
    let cohorts = (0..labels.len()).map(&mut cohort).collect();
    (cohorts, pages)
}

/// The path of a session's first page, of no more than a day before the first unit.
fn entry_page(
    stored: &[&Event],
    session: Option<&String>,
    calendar: &CohortCalendar,
) -> Option<String> {
    let earliest = calendar.from().plus_seconds(-DAY);
    let of_session = stored.iter().filter(|it| {
        it.session_id.as_ref() == session && it.occurred_at >= earliest && it.page.path.is_some()
    });
    of_session.min_by_key(|it| (it.occurred_at, it.id.0))?.page.path.clone()
}

/// The largest of these, as an answer has them.
fn largest(mut pages: BTreeMap<Option<String>, u64>) -> Vec<(GroupValue, u64)> {
    let without = pages.remove(&None);
    let mut named: Vec<(String, u64)> =
        pages.into_iter().filter_map(|(page, count)| Some((page?, count))).collect();
    named.sort_by_key(|(page, count)| (Reverse(*count), page.clone()));
    let others: u64 = named.iter().skip(MAX_GROUPS).map(|(_, count)| count).sum();
    let named = named.into_iter().take(MAX_GROUPS);
    let mut groups: Vec<_> = named.map(|(page, count)| (GroupValue::Value(page), count)).collect();
    groups.extend(without.map(|count| (GroupValue::Without, count)));
    groups.extend((others > 0).then_some((GroupValue::Others, others)));
    groups
}

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % limit).expect("small")
    }
}

/// Events of fifty visitors over four months around the days on which clocks are changed, of which each comes a day after the
/// one before at the earliest.
fn histories(random: &mut Random) -> Vec<Event> {
    let mut events = Vec::new();
    for number in 0..500_u128 {
        let (visitor, from) = (random.below(50), random.below(86_400));
        let day = visitor - 90 + random.below(120 - visitor.unsigned_abs());
        let second = day * DAY + from;
        let (visitor, session) = (format!("v{visitor}"), format!("s{}", number / 3));
        let mut event = if random.below(4) == 0 {
            let session = (random.below(3) > 0).then_some(&*session);
            let visitor = (random.below(3) == 0).then_some(&*visitor);
            booked(
                1_000 + number * 1_000 + u128::from(random.below(60).unsigned_abs()),
                second,
                session,
                visitor,
            )
        } else {
            view(number, second, &visitor, &session, &format!("/{}", random.below(16)))
        };
        event.bot = (random.below(20) == 0).then(|| "rule".to_owned());
        events.push(event);
    }
    events
}

#[tokio::test]
async fn random_histories_are_counted_as_by_a_naive_evaluator() {
    let zones = ["America/New_York", "Africa/Dar_es_Salaam", "Africa/Cairo"];
    let (mut returned, mut grouped) = (0, 0);
    for (seed, zone) in (1..).zip(zones) {
        let mut random = Random(seed);
        let events = histories(&mut random);
        let fixture = Fixture::new().await;
        for part in events.chunks(200) {
            fixture.write(part.to_vec()).await;
        }
        fixture.lake.maintain(at(40 * DAY)).await.expect("maintained");
        let from = (random.below(40) - 60) * DAY + random.below(86_400);
        let to = from + (10 + random.below(50)) * DAY + random.below(86_400);
        let mut scope = scope(from, to, Filters::default());
        scope.period = scope.period.in_zone(Zone::parse(zone).expect("a zone"));
        for unit in [RetentionUnit::Day, RetentionUnit::Week, RetentionUnit::Month] {
            for actions in
                [[VISIT, VISIT], [VISIT, CONVERSION], [CONVERSION, VISIT], [CONVERSION; 2]]
            {
                let mut question = question(&scope, unit, actions[0], actions[1]);
                let by = AcquisitionBy::EntryPath;
                question.grouping = Some(VisitorGrouping { by, only: None });
                let found = fixture.lake.visitor_retention(&scope, &question, at(100 * DAY)).await;
                let found = found.expect("an answer");
                let (expected, pages) =
                    naive(&events, scope.period, &question.calendar, unit, actions);
                let cohorts: CohortSizes =
                    found.cohorts.iter().map(|it| (it.visitors, it.returned.clone())).collect();
                assert_eq!(cohorts, expected, "{zone}, {unit:?}, {actions:?}");
                let groups: Vec<_> =
                    found.groups.iter().map(|it| (it.value.clone(), it.visitors)).collect();
                assert_eq!(groups, largest(pages), "{zone}, {unit:?}, {actions:?}");
                returned += cohorts.iter().flat_map(|it| it.1.iter().skip(1)).sum::<u64>();
                grouped += groups.len();
            }
        }
    }
    assert!(returned > 100 && grouped > 100, "{returned}, {grouped}");
}
