//! Known answers: are widgets seen, opened and called?

use domain::event::{Category, Event};
use domain::id::{ProjectId, WidgetId};
use domain::question::{Period, WidgetActivity};
use engine::ports::lake::LakeQuestions as _;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, at, event};

const FLOATING: Uuid = Uuid::from_u128(0x51);
const INLINE: Uuid = Uuid::from_u128(0x52);

fn of(widget: Uuid, number: u128, second: i64, session: &str, name: &str) -> Event {
    Event {
        session_id: Some(session.to_owned()),
        properties: Some(format!(r#"{{"widget_id":"{widget}"}}"#)),
        ..event(number, second, Category::Widget, name)
    }
}

/// Four sessions load the floating widget, one of them twice; two open it, one three times; one calls twice.
#[tokio::test]
async fn loads_opens_and_calls_are_counted_by_widget_and_rates_by_session() {
    let of_floating = |number, second, session, name| of(FLOATING, number, second, session, name);
    let mut bot = of_floating(20, 50, "robot", "widget_load");
    bot.bot = Some("ua:googlebot".into());
    let fixture = Fixture::holding(vec![
        of_floating(1, 1, "a", "widget_load"),
        of_floating(2, 2, "a", "widget_load"),
        of_floating(3, 3, "b", "widget_load"),
        of_floating(4, 4, "c", "widget_load"),
        of_floating(5, 5, "d", "widget_load"),
        of_floating(6, 6, "a", "widget_open"),
        of_floating(7, 7, "a", "widget_open"),
        of_floating(8, 8, "a", "widget_open"),
        of_floating(9, 9, "b", "widget_open"),
        of_floating(10, 10, "a", "call_start"),
        of_floating(11, 11, "a", "call_end"),
        of_floating(12, 12, "a", "call_start"),
        // Loaded before the period: its call is counted, and no share of the sessions that loaded it.
        of_floating(13, 13, "earlier", "call_start"),
        of_floating(14, -1, "earlier", "widget_load"),
        of_floating(15, 3_600, "later", "widget_load"),
        of(INLINE, 16, 20, "a", "widget_load"),
        bot,
    ])
    .await;
    let hour = Period::new(at(0), at(3_600)).expect("a period");
    let found = fixture.lake.widget_activity(PROJECT, hour).await.expect("an answer");
    let floating = WidgetActivity {
        widget_id: WidgetId(FLOATING),
        loads: 5,
        opens: 4,
        calls: 3,
        loaded_sessions: 4,
        opened_sessions: 2,
        called_sessions: 1,
    };
    let inline =
        WidgetActivity { loads: 1, loaded_sessions: 1, ..WidgetActivity::none(WidgetId(INLINE)) };
    assert_eq!(found, [floating, inline]);
    assert_eq!((floating.open_rate(), floating.call_rate()), (Some(0.5), Some(0.25)));
    assert_eq!(WidgetActivity::none(WidgetId(INLINE)).open_rate(), None);
    let foreign = ProjectId(Uuid::from_u128(9));
    assert!(fixture.lake.widget_activity(foreign, hour).await.expect("an answer").is_empty());
}
