//! Steps that are stages of the CRM's pipeline.

use std::sync::Arc;

use domain::crm::{CUSTOMER, IN_PROGRESS, RuleSet};
use domain::event::Category;
use domain::question::funnel::{FunnelOrder, FunnelUnit, StepMatcher};

use super::{customer, funnel, page, units};
use crate::support::{Fixture, event, view};

const HOUR: u32 = 3_600;

fn stage(stage: &str, rules: &Arc<RuleSet>) -> StepMatcher {
    StepMatcher::Stage { stage: stage.to_owned(), rules: Arc::clone(rules) }
}

/// Two visitors begin a booking and one completes it; a third completes one and saw no page; of a fourth a page says so,
/// which is no customer event.
async fn bookings() -> Fixture {
    let from_page = event(8, 310, Category::Behavior, "booking.started");
    Fixture::holding(vec![
        view(1, 100, "v1", "s1", "/"),
        customer(2, 130, Some("s1"), "booking.started"),
        customer(3, 700, Some("s1"), "booking.completed"),
        view(4, 200, "v2", "s2", "/"),
        customer(5, 210, Some("s2"), "booking.started"),
        customer(6, 250, Some("s3"), "booking.completed"),
        view(7, 300, "v4", "s4", "/"),
        domain::event::Event {
            visitor_id: Some("v4".to_owned()),
            session_id: Some("s4".to_owned()),
            ..from_page
        },
    ])
    .await
}

#[tokio::test]
async fn a_stage_is_reached_by_the_customer_events_that_give_it() {
    let fixture = bookings().await;
    let rules = Arc::new(RuleSet::default());
    let steps = [page("/"), stage(IN_PROGRESS, &rules), stage(CUSTOMER, &rules)];
    for unit in [FunnelUnit::Visitor, FunnelUnit::Session] {
        let mut question = funnel(&steps, HOUR, FunnelOrder::Ordered);
        question.unit = unit;
        assert_eq!(units(&fixture, &question).await, [3, 2, 1], "{unit:?}");
    }
    let strict = funnel(&steps, HOUR, FunnelOrder::Strict);
    assert_eq!(units(&fixture, &strict).await, [3, 2, 1]);
    let soon = funnel(&steps, 599, FunnelOrder::Ordered);
    assert_eq!(units(&fixture, &soon).await, [3, 2, 0], "completed 600 s after the page");
}

/// The whole name before patterns, as everywhere.
#[tokio::test]
async fn stages_are_given_by_the_projects_rules() {
    let fixture = bookings().await;
    let rules = serde_json::json!({"abandon_after_minutes": 30, "rules": [
        {"event": "booking.*", "status": {"to": "Warm"}},
        {"event": "booking.completed", "status": {"to": "Won"}},
    ]});
    let rules: Arc<RuleSet> = Arc::new(serde_json::from_value(rules).expect("rules"));
    for (first, second, expected) in
        [("Warm", "Won", [2, 1]), ("Won", "Warm", [2, 0]), ("Warm", IN_PROGRESS, [2, 0])]
    {
        let steps = [stage(first, &rules), stage(second, &rules)];
        let question = funnel(&steps, HOUR, FunnelOrder::Ordered);
        assert_eq!(units(&fixture, &question).await, expected, "{first}, {second}");
    }
}
