//! Known answers: what do people search for, and with which filters?

use domain::event::{Category, Event};
use domain::question::search_patterns::SearchPatterns;
use domain::question::{Filters, Scope};
use engine::ports::lake::LakeQuestions as _;

use crate::support::{Fixture, day, event, scope};

fn did(number: u128, seconds: i64, user: &str, name: &str, properties: &str) -> Event {
    let category = if name.contains('.') { Category::Customer } else { Category::Behavior };
    let event = event(number, seconds, category, name);
    Event { user_id: Some(user.into()), properties: Some(properties.into()), ..event }
}

/// u searches twice and filters once, v searches once; the rest is not of the day, a bot's, or no search.
fn events() -> Vec<Event> {
    let prado = r#"{"event_data": {"query": "Prado"}}"#;
    let mut robot = did(6, 500, "r", "search.performed", prado);
    robot.bot = Some("ua:googlebot".into());
    vec![
        did(1, 100, "u", "search.performed", prado),
        did(
            2,
            200,
            "u",
            "search.performed",
            r#"{"event_data": {"query": "prado", "location": "Moshi"}}"#,
        ),
        did(3, 300, "v", "search.performed", r#"{"event_data": {"query": "Hiace"}}"#),
        did(4, 310, "v", "search", r#"{"search_query": "Hiace"}"#),
        did(5, 400, "u", "filter_applied", r#"{"filters": {"seats": 7, "gears": "automatic"}}"#),
        robot,
        did(7, 90_000, "u", "search.performed", prado),
        did(8, 600, "u", "vehicle.viewed", prado),
    ]
}

async fn ask(fixture: &Fixture, scope: &Scope, limit: usize) -> SearchPatterns {
    fixture.lake.search_patterns(scope, limit).await.expect("an answer")
}

#[tokio::test]
async fn terms_and_combinations_are_counted_once_in_the_period() {
    let fixture = Fixture::holding(events()).await;
    let found = ask(&fixture, &day(), 9).await;
    assert_eq!((found.searches, found.people), (3, 2));
    let terms: Vec<_> = found.terms.iter().map(|it| (&*it.term, it.searches, it.people)).collect();
    assert_eq!(terms, [("prado", 2, 1), ("hiace", 1, 1)]);
    let filters: Vec<_> = found.filters.iter().map(|it| (it.filters.len(), it.uses)).collect();
    assert_eq!(filters, [(2, 1), (1, 1)], "gears and seats; location");
    assert_eq!(ask(&fixture, &day(), 1).await.terms.len(), 1);
    let bots = Scope { filters: Filters { include_bots: true, ..Filters::default() }, ..day() };
    assert_eq!(ask(&fixture, &bots, 9).await.searches, 4);
    // Where customers report no searches, behavior does.
    let only_behavior = ask(&fixture, &scope(305, 320), 9).await;
    assert_eq!((only_behavior.searches, &*only_behavior.terms[0].term), (1, "hiace"));
    assert_eq!(ask(&fixture, &scope(700, 800), 9).await, SearchPatterns::default());
}
