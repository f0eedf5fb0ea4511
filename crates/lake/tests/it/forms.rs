//! Known answers: where do visitors give up in forms?

use domain::event::{Category, Event, Page};
use domain::form_progress::FORM_PROGRESS;
use domain::question::Scope;
use domain::question::forms::{FormChoice, FormReport};
use engine::ports::lake::FormQuestions as _;
use serde_json::{Value, json};

use crate::support::{Fixture, day, event, filters, scope};

fn report(number: u128, seconds: i64, session: &str, path: &str, metadata: &Value) -> Event {
    let event = event(number, seconds, Category::Form, FORM_PROGRESS);
    let page = Page { path: Some(path.into()), ..Page::default() };
    Event {
        session_id: Some(session.into()),
        properties: Some(metadata.to_string()),
        page,
        ..event
    }
}

fn state(id: &str, revision: u32, outcome: &str, fields: &[(&str, u32, u32)]) -> Value {
    let field = |(position, (field, ms, errors)): (usize, &(&str, u32, u32))| {
        json!({"field": field, "kind": "text", "position": position, "time_ms": ms,
               "corrections": 0, "errors": errors, "filled": true})
    };
    json!({
        "form_id": id, "revision": revision, "form": "booking", "outcome": outcome,
        "duration_ms": fields.iter().map(|field| field.1).sum::<u32>(),
        "last_field": fields.last().map(|field| field.0),
        "fields": fields.iter().enumerate().map(field).collect::<Vec<_>>(),
    })
}

/// a submits at the second report; b gives up at the phone and c at the name; a week before, d submits. A bot's form,
/// one on another page, and one whose metadata are no state count elsewhere or nowhere.
fn events() -> Vec<Event> {
    let (name, phone) = (("name", 2_000, 0), ("phone", 4_000, 2));
    let mut robot = report(7, 700, "r", "/booking", &state("r", 1, "abandoned", &[name]));
    robot.bot = Some("ua:googlebot".into());
    vec![
        report(1, 100, "a", "/booking", &state("a", 1, "abandoned", &[name])),
        report(2, 100, "a", "/booking", &state("a", 2, "submitted", &[name, ("phone", 6_000, 0)])),
        report(3, 200, "b", "/booking", &state("b", 1, "abandoned", &[name, phone])),
        report(4, 300, "c", "/booking", &state("c", 1, "abandoned", &[name])),
        report(5, -604_300, "d", "/booking", &state("d", 1, "submitted", &[name])),
        report(6, 400, "e", "/contact", &state("e", 1, "abandoned", &[name])),
        robot,
        report(8, 800, "f", "/booking", &json!({"form": 7})),
    ]
}

async fn ask(fixture: &Fixture, scope: &Scope) -> FormReport {
    fixture.lake.forms(scope, 9).await.expect("an answer")
}

#[tokio::test]
async fn forms_are_counted_by_start_and_field() {
    let fixture = Fixture::holding(events()).await;
    let found = ask(&fixture, &scope(0, 86_400)).await;
    let forms: Vec<_> =
        found.forms.iter().map(|it| (&*it.path, it.starts, it.submissions)).collect();
    assert_eq!(forms, [("/booking", 3, 1), ("/contact", 1, 0)]);
    let booking = &found.forms[0];
    assert_eq!(booking.median_seconds, Some(8.0));
    let fields: Vec<_> = booking
        .fields
        .iter()
        .map(|it| (&*it.field, it.reached, it.abandoned, it.refused, it.median_seconds))
        .collect();
    assert_eq!(fields, [("name", 3, 1, 0, Some(2.0)), ("phone", 2, 1, 1, Some(5.0))]);
    let filtered = Scope { filters: filters("path=/contact"), ..day() };
    let filtered = ask(&fixture, &filtered).await;
    assert_eq!(filtered.forms.len(), 1);
}

#[tokio::test]
async fn a_start_is_of_the_period_it_began_in() {
    let fixture = Fixture::holding(events()).await;
    // The period before a day is a week earlier.
    let found = ask(&fixture, &day()).await;
    let before = (found.forms[0].previous_starts, found.forms[0].previous_submissions);
    assert_eq!(before, (1, 1));
    let found = ask(&fixture, &scope(250, 350)).await;
    assert_eq!((found.forms[0].starts, found.total), (1, 1));
}

#[tokio::test]
async fn the_visits_that_gave_up_at_a_field_are_listed() {
    let fixture = Fixture::holding(events()).await;
    let choice = |field: Option<&str>| FormChoice {
        path: "/booking".to_owned(),
        form: "booking".to_owned(),
        field: field.map(str::to_owned),
    };
    let found =
        fixture.lake.form_abandonments(&day(), &choice(Some("phone")), 9).await.expect("it");
    assert_eq!((found.total, found.abandonments[0].session_id.as_deref()), (1, Some("b")));
    assert_eq!(found.abandonments[0].duration_ms, 6_000);
    let any = fixture.lake.form_abandonments(&day(), &choice(None), 1).await.expect("it");
    assert_eq!((any.total, any.abandonments[0].session_id.as_deref()), (2, Some("c")));
}
