//! Random visits, and a naive evaluator that goes through all events again for each session.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::question::acquisition::{
    AcquisitionAnswer, AcquisitionBy, AcquisitionFigures, AcquisitionRow,
};
use domain::question::{FilterDimension, Filters, Period, Scope};
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ports::lake::LakeWriter as _;

use super::{answer, money, order};
use crate::engagement;
use crate::support::{Fixture, PROJECT, at, event, friction, view};

const DAY: u64 = 86_400;
const PATHS: [&str; 4] = ["/", "/rooms", "/about", "/pay"];
const HOSTS: [&str; 4] =
    ["https://google.com/", "https://shop.test/", "https://t.co/x", "https://other.example/"];
const WIDTHS: [i32; 5] = [390, 479, 480, 1_023, 1_440];

/// Amounts of the orders of one session, with their currencies.
type Bought = Vec<Option<(f64, String)>>;
/// A session's events in order, and its orders.
type Session<'a> = (&'a Vec<&'a Event>, &'a Bought);
type ByValue = BTreeMap<Option<String>, AcquisitionFigures>;

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[usize::try_from(self.below(values.len() as u64)).expect("small")]
    }

    fn is_one_of(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// Visits of two weeks and a little before and after; many events share an instant and a count.
fn visits(random: &mut Random) -> Vec<Event> {
    let mut events = Vec::new();
    for visit in 0..120_u64 {
        let session = format!("s{visit}");
        let mut second = i64::try_from(random.below(17 * DAY)).expect("small") - 8 * 86_400;
        let visitor = format!("v{}", random.below(40));
        for number in 0..random.below(7) {
            let id = u128::from(random.below(u64::MAX)) << 32 | u128::from(visit * 100 + number);
            events.push(one(random, id, second, &visitor, &session));
            second += i64::try_from(random.below(3) * random.below(9)).expect("small");
            second += if random.is_one_of(40) { 86_400 } else { 0 };
        }
    }
    events
}

fn one(random: &mut Random, id: u128, second: i64, visitor: &str, session: &str) -> Event {
    let path = random.of(&PATHS);
    let mut event = match random.below(8) {
        0 => friction(id, second, Kind::DeadClick, "#pay", session),
        1 => {
            let name = format!("A-{}", random.below(20));
            let amount = random.of(&[None, Some((10.25, "EUR")), Some((500.0, "TZS"))]);
            let session = (!random.is_one_of(4)).then_some(session);
            return order(
                id,
                second,
                session,
                if random.is_one_of(6) { "" } else { &name },
                amount,
            );
        }
        2 => Event {
            session_id: Some(session.to_owned()),
            ..event(id, second, Category::Heatmap, "click")
        },
        _ => view(id, second, visitor, session, path),
    };
    event.seq = random.of(&[None, Some(1), Some(2)]);
    event.visitor_id = (!random.is_one_of(5)).then(|| visitor.to_owned());
    event.page.referrer = random.is_one_of(2).then(|| random.of(&HOSTS).to_owned());
    let mut maybe = |text: &str| random.is_one_of(9).then(|| text.to_owned());
    event.page.utm.source = maybe("facebook");
    event.page.utm.medium = maybe("cpc");
    event.page.utm.campaign = maybe("spring");
    event.place.country = maybe("TZ");
    event.place.city = maybe("Arusha");
    event.device.browser = maybe("Chrome");
    event.device.os = maybe("Android");
    event.device.kind = maybe("mobile");
    event.bot = random.is_one_of(25).then(|| "rule".to_owned());
    event.element.viewport_width = random.is_one_of(2).then(|| random.of(&WIDTHS));
    event
}

fn is_view(event: &Event) -> bool {
    event.category == Category::Heatmap && event.name == "pageview"
}

fn host(url: Option<&String>) -> Option<String> {
    url.and_then(|url| url.split('/').nth(2)).map(str::to_owned)
}

/// Where an event stands in its session.
fn place(event: &Event) -> (Timestamp, u32) {
    (event.occurred_at, event.seq.unwrap_or(u32::MAX))
}

/// The value of a session's events.
fn value(events: &[&Event], by: AcquisitionBy) -> Option<String> {
    // Of one instant and count the value decides.
    let ordered = |of: &dyn Fn(&Event) -> Option<String>| -> Vec<(_, String)> {
        let with_one = events.iter().filter_map(|it| Some((place(it), of(it)?)));
        with_one.collect()
    };
    let first =
        |of: &dyn Fn(&Event) -> Option<String>| ordered(of).into_iter().min().map(|it| it.1);
    let views = events.iter().filter(|event| is_view(event));
    let links = views.map(|it| {
        let link = it.page.referrer.as_ref();
        (place(it), link.is_none(), link)
    });
    let referrer = links.min().and_then(|(_, _, link)| host(link));
    match by {
        AcquisitionBy::Referrer => referrer,
        AcquisitionBy::UtmSource => first(&|it| it.page.utm.source.clone()),
        AcquisitionBy::UtmMedium => first(&|it| it.page.utm.medium.clone()),
        AcquisitionBy::UtmCampaign => first(&|it| it.page.utm.campaign.clone()),
        AcquisitionBy::EntryPath => first(&|it| it.page.path.clone()),
        AcquisitionBy::ExitPath => {
            ordered(&|it| it.page.path.clone()).into_iter().max().map(|it| it.1)
        }
        AcquisitionBy::Country => first(&|it| it.place.country.clone()),
        AcquisitionBy::City => first(&|it| it.place.city.clone()),
        AcquisitionBy::Device => first(&|it| it.device.kind.clone()),
        AcquisitionBy::Browser => first(&|it| it.device.browser.clone()),
        AcquisitionBy::Os => first(&|it| it.device.os.clone()),
        AcquisitionBy::Viewport => {
            let width = first(&|it| {
                it.element.viewport_width.filter(|_| is_view(it)).map(|it| format!("{it:04}"))
            });
            width.map(|width| match &*width {
                "0390" | "0479" => "0-479".to_owned(),
                "0480" => "480-767".to_owned(),
                "1023" => "768-1023".to_owned(),
                _ => "1440+".to_owned(),
            })
        }
        AcquisitionBy::Channel => {
            let tags = [
                first(&|it| it.page.utm.medium.clone()),
                first(&|it| it.page.utm.source.clone()),
                first(&|it| it.page.utm.campaign.clone()),
            ];
            let channel = match tags {
                [Some(_), _, _] => "paid",
                [None, Some(_), _] => "social",
                [None, None, Some(_)] => "campaign",
                [None, None, None] => match referrer.as_deref() {
                    None | Some("shop.test") => "direct",
                    Some("google.com") => "search",
                    Some("t.co") => "social",
                    Some(_) => "referral",
                },
            };
            Some(channel.to_owned())
        }
    }
}

/// The id of an order, as [`order`] writes it.
fn order_id(event: &Event) -> String {
    let text = event.properties.clone().unwrap_or_default();
    let id = text.split('"').nth(5).unwrap_or_default().to_owned();
    if id.is_empty() { event.id.to_string() } else { id }
}

/// The conversions of each session, and how many have none.
fn purchases(events: &[&Event]) -> (BTreeMap<String, Bought>, u64) {
    let mut orders: Vec<&Event> =
        events.iter().copied().filter(|it| it.name == "order.placed").collect();
    orders.sort_by_key(|it| (it.occurred_at, it.received_at, it.id.0));
    let ids: BTreeSet<String> = orders.iter().map(|it| order_id(it)).collect();
    let (mut found, mut unattributed) = (BTreeMap::new(), 0);
    for id in ids {
        let reports = || orders.iter().filter(|it| order_id(it) == id);
        let amount = reports().find_map(|it| Some((it.value?, it.currency.clone()?)));
        match reports().find_map(|it| it.session_id.clone()) {
            Some(session) => found.entry(session).or_insert_with(Vec::new).push(amount),
            None => unattributed += 1,
        }
    }
    (found, unattributed)
}

/// The figures of sessions; each with its events in order and its conversions.
fn figures(sessions: &[Session<'_>]) -> AcquisitionFigures {
    let count = |is: &dyn Fn(&Vec<&Event>, usize) -> bool| {
        sessions.iter().filter(|(events, bought)| is(events, bought.len())).count() as u64
    };
    let micros = |events: &Vec<&Event>| {
        events[events.len() - 1].occurred_at.micros_since(events[0].occurred_at)
    };
    let views = |events: &Vec<&Event>| events.iter().filter(|it| is_view(it)).count();
    let visitors: BTreeSet<&String> = sessions
        .iter()
        .filter_map(|(events, _)| events.iter().find_map(|it| it.visitor_id.as_ref()))
        .collect();
    let mut seconds: Vec<i64> =
        sessions.iter().map(|(events, _)| micros(events) / 1_000_000).collect();
    seconds.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "small")]
    let median = |seconds: &[i64]| {
        let last = seconds.len().checked_sub(1)?;
        Some((seconds[last / 2] + seconds[last.div_ceil(2)]) as f64 / 2.0)
    };
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for (amount, currency) in sessions.iter().flat_map(|(_, bought)| bought.iter().flatten()) {
        *sums.entry(currency).or_default() += amount;
    }
    AcquisitionFigures {
        sessions: sessions.len() as u64,
        visitors: visitors.len() as u64,
        page_views: sessions.iter().map(|(events, _)| views(events) as u64).sum(),
        engaged_sessions: count(&|events, bought| {
            bought > 0 || views(events) > 1 || micros(events) >= 10_000_000
        }),
        friction_sessions: count(&|events, _| {
            events.iter().any(|it| it.category == Category::Friction)
        }),
        conversions: sessions.iter().map(|(_, bought)| bought.len() as u64).sum(),
        converting_sessions: count(&|_, bought| bought > 0),
        revenue: sums.into_iter().map(|(currency, sum)| money(sum, currency)).collect(),
        median_seconds: median(&seconds),
    }
}

/// By value: the figures of the sessions that the filter lets through; and in all, and how many orders have no session.
fn naive(
    events: &[Event],
    period: Period,
    city: Option<&str>,
    by: AcquisitionBy,
) -> (ByValue, AcquisitionFigures, u64) {
    let is_in = |it: &&Event| {
        it.bot.is_none() && it.occurred_at >= period.from() && it.occurred_at < period.to()
    };
    let within: Vec<&Event> = events.iter().filter(is_in).collect();
    let (bought, unattributed) = purchases(&within);
    let nothing = Vec::new();
    let mut sessions: BTreeMap<&String, Vec<&Event>> = BTreeMap::new();
    for event in &within {
        if let Some(session) = &event.session_id {
            sessions.entry(session).or_default().push(event);
        }
    }
    sessions.retain(|_, events| {
        let is_there = |it: &&Event| it.place.city.as_deref() == city;
        city.is_none() || events.iter().any(is_there)
    });
    for events in sessions.values_mut() {
        events.sort_by_key(|it| place(it));
    }
    let rows: Vec<(Option<String>, Session<'_>)> = sessions
        .iter()
        .map(|(id, events)| (value(events, by), (events, bought.get(*id).unwrap_or(&nothing))))
        .collect();
    let values: BTreeSet<&Option<String>> = rows.iter().map(|(value, _)| value).collect();
    let of = |value: &Option<String>| {
        let with_it: Vec<_> =
            rows.iter().filter(|(it, _)| it == value).map(|(_, session)| *session).collect();
        (value.clone(), figures(&with_it))
    };
    let all: Vec<_> = rows.iter().map(|(_, session)| *session).collect();
    (values.into_iter().map(of).collect(), figures(&all), unattributed)
}

fn expected(
    events: &[Event],
    period: Period,
    city: Option<&str>,
    by: AcquisitionBy,
) -> AcquisitionAnswer {
    let (current, totals, unattributed_conversions) = naive(events, period, city, by);
    let (previous, previous_totals, _) = naive(events, period.previous(), city, by);
    let mut rows: Vec<AcquisitionRow> = current
        .into_iter()
        .map(|(value, figures)| AcquisitionRow {
            previous_sessions: previous.get(&value).map_or(0, |it| it.sessions),
            value,
            figures,
        })
        .collect();
    rows.sort_by_key(|row| {
        (std::cmp::Reverse(row.figures.sessions), row.value.is_none(), row.value.clone())
    });
    let total = rows.len() as u64;
    AcquisitionAnswer { totals, previous_totals, unattributed_conversions, rows, total }
}

#[tokio::test]
async fn random_visits_are_counted_as_by_a_naive_evaluator() {
    let mut converted = 0;
    for seed in 0..4 {
        let mut random = Random(seed);
        let events = visits(&mut random);
        let fixture = Fixture::new().await;
        for part in events.chunks(100) {
            fixture.write(part.to_vec()).await;
        }
        if seed % 2 == 0 {
            fixture.lake.maintain(at(40 * 86_400)).await.expect("maintained");
        }
        let days = i64::try_from(1 + random.below(8)).expect("small");
        let from = i64::try_from(random.below(3 * DAY)).expect("small");
        let zone = Zone::parse("Asia/Kolkata").expect("a zone");
        let period =
            Period::new(at(from), at(from + days * 86_400)).expect("a period").in_zone(zone);
        for city in [None, Some("Arusha")] {
            let filters = city.map(|city| Filters::of(FilterDimension::City, city));
            let filters = filters.unwrap_or_default();
            let scope = Scope { project_id: PROJECT, period, filters };
            engagement::is_acquisitions(&fixture, &scope).await;
            for by in AcquisitionBy::ALL {
                let found = answer(&fixture, &scope, by).await;
                assert_eq!(
                    found,
                    expected(&events, period, city, by),
                    "seed {seed}, {by:?}, {city:?}"
                );
                converted += found.totals.converting_sessions;
            }
        }
    }
    assert!(converted > 100, "{converted}");
}
