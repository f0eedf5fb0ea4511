//! Known answers: how much of the traffic is bots, and who they are.

use domain::event::{Category, Event};
use domain::question::{Bot, BotShare, FilterDimension, Filters, MAX_BOTS, Scope};
use engine::ports::lake::LakeQuestions;

use crate::support::{Fixture, at, day, event, view};

fn of(rule: &str, name: &str, event: Event) -> Event {
    let mut event = Event { bot: Some(rule.to_owned()), ..event };
    event.device.browser = (!name.is_empty()).then(|| name.to_owned());
    event
}

/// Of seven events of the day two are people's, three Googlebot's in two sessions, one bingbot's, and one of a program
/// without a name; one of Googlebot is of the day after.
fn traffic() -> Vec<Event> {
    vec![
        view(1, 0, "v1", "s1", "/"),
        view(2, 7_200, "v1", "s1", "/cart"),
        of("ua:bot", "Googlebot", view(3, 60, "g", "g1", "/")),
        of("ua:bot", "Googlebot", view(4, 3_600, "g", "g2", "/cart")),
        of("ua:bot", "Googlebot", event(5, 3_601, Category::Behavior, "search")),
        of("ua:bot", "bingbot", view(6, 3_700, "b", "b1", "/")),
        of("ua:curl", "", event(7, 86_399, Category::Behavior, "search")),
        of("ua:bot", "Googlebot", view(8, 86_400, "g", "g3", "/")),
    ]
}

async fn ask(fixture: &Fixture, filters: Filters) -> BotShare {
    fixture.lake.bots(&Scope { filters, ..day() }).await.expect("answer")
}

#[tokio::test]
async fn bots_are_counted_by_rule_and_by_name_whether_or_not_other_answers_count_them() {
    let fixture = Fixture::holding(traffic()).await;
    for include_bots in [false, true] {
        let share = ask(&fixture, Filters { include_bots, ..Filters::default() }).await;
        assert_eq!((share.events, share.bot_events), (7, 5));
        let rules: Vec<_> = share.rules.iter().map(|it| (&*it.rule, it.events)).collect();
        assert_eq!(rules, [("ua:bot", 4), ("ua:curl", 1)]);
        let names: Vec<_> =
            share.bots.iter().map(|bot| (bot.name.as_deref(), bot.events)).collect();
        assert_eq!(names, [(Some("Googlebot"), 3), (Some("bingbot"), 1), (None, 1)]);
    }
}

#[tokio::test]
async fn a_bot_has_its_page_views_its_sessions_and_its_last_event() {
    let mut events = traffic();
    events[4].session_id = Some("g2".into());
    let fixture = Fixture::holding(events).await;
    let share = ask(&fixture, Filters::default()).await;
    let expected = Bot {
        name: Some("Googlebot".to_owned()),
        rule: "ua:bot".to_owned(),
        events: 3,
        page_views: 2,
        sessions: 2,
        last_seen: at(3_601),
    };
    assert_eq!(share.bots[0], expected);
}

#[tokio::test]
async fn the_series_has_every_hour_of_the_day() {
    let fixture = Fixture::holding(traffic()).await;
    let share = ask(&fixture, Filters::default()).await;
    let busy: Vec<_> = share.series.iter().filter(|bucket| bucket.events > 0).collect();
    let busy: Vec<_> = busy.iter().map(|it| (it.at, it.events, it.bot_events)).collect();
    assert_eq!(share.series.len(), 24);
    assert_eq!(busy, [(at(0), 2, 1), (at(3_600), 3, 3), (at(7_200), 1, 0), (at(82_800), 1, 1)]);
}

#[tokio::test]
async fn filters_narrow_all_of_it() {
    let fixture = Fixture::holding(traffic()).await;
    let path = Filters::of(FilterDimension::Path, "/cart");
    let share = ask(&fixture, path).await;
    assert_eq!((share.events, share.bot_events, share.bots.len()), (2, 1, 1));
    let none = Filters::of(FilterDimension::Browser, "Firefox");
    let share = ask(&fixture, none).await;
    assert_eq!((share.events, share.rules.len(), share.bots.len()), (0, 0, 0));
    assert!(share.series.iter().all(|bucket| bucket.events == 0));
}

#[tokio::test]
async fn many_names_are_cut_off_and_still_counted() {
    let many = u128::try_from(MAX_BOTS).expect("small") + 20;
    let events =
        (1..=many).map(|id| of("ua:bot", &format!("Bot{id}"), view(id, 60, "b", "b", "/")));
    let fixture = Fixture::holding(events.collect()).await;
    let share = ask(&fixture, Filters::default()).await;
    assert_eq!((share.bots.len(), share.bot_events), (MAX_BOTS, 120));
}
